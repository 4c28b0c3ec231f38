// What the editor decided: kept in memory, and in the browser's store where there is one.

const island = JSON.parse(document.getElementById("island").textContent);
const findings = island.findings;
const decisions = new Map(); // fingerprint -> {status, reason, comment, suggestion, decided}
const UNDECIDED = Object.freeze({ status: "open", reason: "", comment: "", suggestion: null, decided: "" });
const STATUSES = ["open", "accepted", "dismissed"];
const PREFIX = "tqcheck/1:" + island.report + ":";
const browserStore = openStore();

function byId(id) {
  return document.getElementById(id);
}

/** The browser's store, or null where it is switched off: asking for it may throw, and so may the first write. */
function openStore() {
  try {
    const store = window.localStorage;
    store.setItem("tqcheck/1", "1");
    return store;
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    browserStore?.setItem(key, value);
    return browserStore !== null;
  } catch {
    return false; // full
  }
}

function remembered(key) {
  try {
    return browserStore?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** A decision of the known form out of anything, or null. */
function cleaned(value) {
  if (typeof value !== "object" || value === null || !STATUSES.includes(value.status ?? "open")) return null;
  const text = (field) => (typeof value[field] === "string" ? value[field] : "");
  return {
    status: value.status ?? "open",
    reason: text("reason"),
    comment: text("comment"),
    suggestion: typeof value.suggestion === "string" ? value.suggestion : null,
    decided: text("decided"),
  };
}

function decisionOf(index) {
  return decisions.get(findings[index].fingerprint) ?? UNDECIDED;
}

/** Changes some fields of a decision; what is taken back stays, as open, so that it outlives an older file. */
function decide(index, change) {
  const fingerprint = findings[index].fingerprint;
  const decision = { ...decisionOf(index), ...change, decided: new Date().toISOString() };
  const known = decisions.get(fingerprint)?.decided ?? "";
  decisions.set(fingerprint, decision);
  keep(fingerprint, decision, known);
  showDecisions(fingerprint);
}

/** Where the page comes from a server, there; else in the browser. `known`: the decision that this one replaces. */
function keep(fingerprint, decision, known) {
  if (server) sendDecision(fingerprint, decision, known);
  else if (!remember(PREFIX + fingerprint, JSON.stringify(decision))) warnOnce();
}

let warned = false;
function warnOnce() {
  if (!warned) say("This browser keeps nothing here: export your decisions before you close the page.");
  warned = true;
}

/** Takes a decision in unless a newer one is known; says whether it did. */
function takeIn(fingerprint, value) {
  const decision = cleaned(value);
  const known = decisions.get(fingerprint);
  if (decision === null || (known && known.decided > decision.decided)) return false;
  decisions.set(fingerprint, decision);
  return true;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The decisions that the report was made with, then those of this browser. */
function loadDecisions() {
  for (const decision of island.decisions) takeIn(decision.fingerprint, decision);
  if (server) return;
  for (const { fingerprint } of findings) takeIn(fingerprint, parsed(remembered(PREFIX + fingerprint)));
}

/** Another window of the same report decided something. */
window.addEventListener("storage", (event) => {
  if (!event.key?.startsWith(PREFIX)) return;
  const fingerprint = event.key.slice(PREFIX.length);
  if (event.newValue === null) decisions.delete(fingerprint);
  else takeIn(fingerprint, parsed(event.newValue));
  showDecisions(fingerprint);
});

function forgetDecisions() {
  const forgotten = [...decisions.keys()];
  decisions.clear();
  for (const fingerprint of forgotten) {
    try {
      browserStore?.removeItem(PREFIX + fingerprint);
    } catch {
      warnOnce();
    }
  }
  forgotten.forEach(showDecisions);
}

let toastTimer = 0;
/** Says something to everybody: on the screen for a while, and to screen readers. */
function say(text) {
  announce(text);
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (byId("toast").hidden = true), 6000);
}

function announce(text) {
  byId("status").textContent = text;
}
