// The findings' cards and marks: what is current, what is decided, and the small forms on a card.

const cards = [...document.querySelectorAll(".card")].sort((a, b) => a.dataset.n - b.dataset.n);
const marksOf = findings.map(() => []);
for (const mark of document.querySelectorAll(".mark")) {
  for (const number of mark.dataset.f.split(" ")) marksOf[number - 1].push(mark);
}
const byFingerprint = new Map();
findings.forEach((finding, index) => {
  finding.fingerprint ||= "finding-" + (index + 1);
  byFingerprint.set(finding.fingerprint, [...(byFingerprint.get(finding.fingerprint) ?? []), index]);
});
let current = -1;
const ABOVE = 80; // pixels below the window's upper edge that the tools may cover

/** Brings what a decision changed up to date. */
function showDecisions(fingerprint) {
  for (const index of byFingerprint.get(fingerprint) ?? []) showDecision(index);
  showProgress();
}

function showDecision(index) {
  const card = cards[index];
  const decision = decisionOf(index);
  const { status } = decision;
  card.classList.toggle("accepted", status === "accepted");
  card.classList.toggle("dismissed", status === "dismissed");
  card.classList.toggle("suppressed", "kind" in card.dataset && (card.dataset.kind !== "dismissed" || status === "dismissed"));
  act(card, "accept").setAttribute("aria-pressed", status === "accepted");
  act(card, "dismiss").setAttribute("aria-pressed", status === "dismissed");
  const state = card.querySelector(".state");
  state.textContent = stateText(card, decision);
  state.hidden = !state.textContent;
  showWording(card, index);
  for (const mark of marksOf[index]) {
    mark.classList.toggle("settled", mark.dataset.f.split(" ").every((f) => isSettled(f - 1)));
  }
  showEdit(index);
}

function isSettled(index) {
  return decisionOf(index).status === "dismissed" || cards[index].classList.contains("suppressed");
}

function stateText(card, { status, reason, comment }) {
  const lines = [];
  const baked = card.dataset.state && card.dataset.kind !== "dismissed" ? card.dataset.state : "";
  if (status === "accepted") lines.push("Accepted");
  else if (status === "dismissed") lines.push(reason ? "Dismissed: " + reason : "Dismissed");
  if (baked) lines.push(baked);
  if (comment) lines.push("Comment: " + comment);
  return lines.join("\n");
}

/** The editor's own wording stands in the place of the rule's. */
function showWording(card, index) {
  const own = decisionOf(index).suggestion;
  let place = card.querySelector(".proposed");
  if (!place && own === null) return;
  place ??= addWording(card);
  place.closest("div").hidden = (own ?? findings[index].suggestion) === null;
  if (own !== null || place.dataset.own) {
    place.textContent = own ?? findings[index].suggestion ?? "";
    place.dataset.own = own === null ? "" : "yes";
    place.closest("div").querySelector("dt").textContent = own === null ? "Suggestion" : "Your wording";
  }
}

function addWording(card) {
  const row = byId("wording").content.cloneNode(true);
  let list = card.querySelector(".words");
  if (!list) {
    list = document.createElement("dl");
    list.className = "words";
    card.querySelector(".message").after(list);
  }
  list.append(row);
  return list.querySelector(".proposed");
}

function act(card, name) {
  return card.querySelector(`.acts [data-do="${name}"]`);
}

function showProgress() {
  const settled = findings.filter((_, index) => decisionOf(index).status !== "open").length;
  byId("progress").textContent = `${settled} of ${findings.length}`;
}

/** Makes a finding the current one and brings it into sight, with its words where both fit. */
function select(index, focus = true) {
  if (current >= 0) mark(current, false);
  current = index;
  mark(index, true);
  showPosition();
  const card = cards[index];
  if (focus) card.focus({ preventScroll: true });
  bringIntoSight(card);
  // Passages around it may only now have been laid out, and moved it.
  requestAnimationFrame(() => bringIntoSight(card));
}

function bringIntoSight(card) {
  card.scrollIntoView({ block: "center" });
  const marked = marksOf[card.dataset.n - 1][0];
  if (!marked) return;
  const top = Math.min(marked.getBoundingClientRect().top, card.getBoundingClientRect().top);
  const bottom = card.getBoundingClientRect().bottom;
  const room = window.innerHeight - ABOVE;
  // Both in sight where they fit, else the card from its first line on.
  if (bottom - top < room) window.scrollBy(0, top - ABOVE - (room - (bottom - top)) / 2);
  else if (card.offsetHeight > room) card.scrollIntoView({ block: "start" });
}

function mark(index, on) {
  cards[index].classList.toggle("current", on);
  for (const element of marksOf[index]) element.classList.toggle("current", on);
}

function step(by) {
  const shown = cards.map((_, index) => index).filter((index) => !cards[index].hidden);
  if (!shown.length) return;
  const place = current < 0 ? -1 : shown.indexOf(current);
  if (current < 0) select(firstInSight(shown));
  else if (place >= 0) select(shown[(place + by + shown.length) % shown.length]);
  else select(shown.find((index) => index > current) ?? shown[0]);
}

/** The first finding that is not above the window, so that "next" begins where the reader is. */
function firstInSight(shown) {
  if (window.scrollY < byId("texts").offsetTop - window.innerHeight) return shown[0];
  return shown.find((index) => cards[index].closest(".pair").getBoundingClientRect().bottom > 120) ?? shown[0];
}

function accept(index) {
  decide(index, { status: decisionOf(index).status === "accepted" ? "open" : "accepted", reason: "" });
  closeForm(cards[index]);
  announce(`Finding ${index + 1}: ${decisionOf(index).status}`);
}

function dismiss(index) {
  if (decisionOf(index).status === "dismissed") {
    decide(index, { status: "open", reason: "" });
    announce(`Finding ${index + 1}: open`);
  } else {
    openForm(index, "dismiss");
  }
}

/** Opens one of the forms of `dialogs.html.jinja` on a card, or closes it where it is open. */
function openForm(index, name) {
  const card = cards[index];
  const place = card.querySelector(".form");
  if (place.dataset.name === name && !place.hidden) return closeForm(card);
  closeForm(card);
  const form = byId("form-" + name).content.firstElementChild.cloneNode(true);
  place.replaceChildren(form);
  place.dataset.name = name;
  place.hidden = false;
  act(card, name).setAttribute("aria-expanded", "true");
  const field = form.querySelector("input, textarea");
  const decision = decisionOf(index);
  if (name === "comment") field.value = decision.comment;
  if (name === "edit") field.value = wordingOf(index) ?? findings[index].target ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saveForm(index, name, field.value.trim());
  });
  field.focus();
  if (name !== "comment") field.select();
}

function saveForm(index, name, value) {
  if (name === "dismiss") decide(index, { status: "dismissed", reason: value });
  else if (name === "comment") decide(index, { comment: value });
  else decide(index, { status: "accepted", reason: "", suggestion: value === findings[index].suggestion ? null : value });
  closeForm(cards[index]);
  cards[index].focus({ preventScroll: true });
  announce(`Finding ${index + 1}: ${name === "comment" ? "comment kept" : decisionOf(index).status}`);
}

function closeForm(card) {
  const place = card.querySelector(".form");
  const name = place.dataset.name;
  place.replaceChildren();
  place.hidden = true;
  delete place.dataset.name;
  if (name) act(card, name).setAttribute("aria-expanded", "false");
}

/** The text of a rule is fetched from the foot of the page when somebody asks why. */
function explain(details) {
  const place = details.querySelector(".rule-text");
  if (place.childElementCount) return;
  for (const part of document.querySelectorAll(`#rule-${CSS.escape(details.dataset.rule)} [data-why]`)) {
    place.append(...part.cloneNode(true).childNodes);
  }
}

async function copySuggestion(index) {
  const text = wordingOf(index);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyTheOldWay(text);
  }
  say(`Copied: ${text}`);
}

function copyTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
