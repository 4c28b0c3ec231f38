// Under `tqcheck review` decisions are kept by the server, so that several editors do not lose each other's.

const server = document.documentElement.dataset.review ?? null; // the address of this report's decisions
const EVERY = 3000; // milliseconds between two looks at what others decided
let seen = 0; // the number of the last decision that was read

/** Sends a decision; where another editor was quicker, theirs is shown and nothing of it is lost. */
async function sendDecision(fingerprint, decision, known) {
  const index = findings.findIndex((finding) => finding.fingerprint === fingerprint);
  const { rule, source, target } = findings[index] ?? {};
  const body = JSON.stringify({ ...decision, fingerprint, known, rule, source, target });
  try {
    const answer = await fetch(server, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (answer.status === 409) {
      const { decision: theirs } = await answer.json();
      decisions.set(fingerprint, cleaned(theirs));
      showDecisions(fingerprint);
      say(`Another editor decided on finding ${index + 1} in the meantime. Theirs is shown; decide again to replace it.`);
    } else if (!answer.ok) {
      say(`The decision was not kept: the server answered ${answer.status}.`);
    }
  } catch {
    say("The decision was not kept: the server does not answer. Export your decisions before you close the page.");
  }
}

/** Reads what was decided since the last look. */
async function readShared() {
  try {
    const answer = await fetch(`${server}?since=${seen}`);
    if (!answer.ok) return;
    const { number, decisions: rows } = await answer.json();
    seen = number;
    for (const row of rows) if (takeIn(row.fingerprint, row)) showDecisions(row.fingerprint);
  } catch {
    // It is away for now; what is decided meanwhile says so itself.
  }
}

function joinServer() {
  const home = document.createElement("a");
  home.href = server.split("/decisions/")[0] + "/";
  home.textContent = "All reports";
  home.className = "home";
  document.querySelector(".corner").prepend(home);
  document.querySelector('[data-do="forget"]').remove(); // others' decisions are not ours to forget
  readShared();
  setInterval(() => document.hidden || readShared(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || readShared());
}
