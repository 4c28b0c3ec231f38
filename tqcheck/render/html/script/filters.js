// Filters and the search: which findings and passages are shown.

const filters = { severity: new Set(), category: new Set(), decided: "", only: false, query: "" };
const pairs = [...document.querySelectorAll(".pair")];
const stretches = [...document.querySelectorAll(".stretch")];
const cardsOf = new Map(pairs.map((pair) => [pair, []]));
cards.forEach((card, index) => cardsOf.get(card.closest(".pair")).push(index));

function fits(index) {
  const finding = findings[index];
  return (
    (!filters.severity.size || filters.severity.has(finding.severity)) &&
    (!filters.category.size || filters.category.has(finding.category)) &&
    (!filters.decided || decisionOf(index).status === filters.decided)
  );
}

/** Hides what does not fit, and says how much is left. */
function applyFilters() {
  const chosen = filters.severity.size > 0 || filters.category.size > 0 || filters.decided !== "";
  const hits = foundBy(filters.query);
  let passages = 0;
  for (const pair of pairs) {
    const found = !hits || hits.has(pair);
    let any = false;
    for (const index of cardsOf.get(pair)) {
      const shown = found && fits(index);
      cards[index].hidden = !shown;
      any ||= shown;
    }
    pair.hidden = !found || ((chosen || filters.only || pair.classList.contains("whole")) && !any);
    passages += pair.hidden ? 0 : 1;
  }
  stretches.forEach(measureStretch);
  for (const marks of marksOf) for (const mark of marks) dim(mark);
  byId("clear").hidden = !chosen && !filters.only && !filters.query;
  byId("nothing").hidden = passages > 0;
  highlight(hits);
  showPosition();
  announce(`${shownCount()} of ${findings.length} findings, ${passages} passages shown`);
}

/** How long a stretch is while it is out of sight, by what it still shows. */
function measureStretch(stretch) {
  const shown = stretch.querySelectorAll(".pair:not([hidden])").length;
  stretch.hidden = shown === 0;
  stretch.style.containIntrinsicSize = shown === stretch.querySelectorAll(".pair").length ? "" : `${11 * shown}rem`;
}

function dim(mark) {
  mark.classList.toggle("off", mark.dataset.f.split(" ").every((f) => cards[f - 1].hidden));
}

function shownCount() {
  return cards.filter((card) => !card.hidden).length;
}

function showPosition() {
  const shown = shownCount();
  const place = current < 0 || cards[current].hidden ? 0 : cards.slice(0, current + 1).filter((card) => !card.hidden).length;
  byId("position").textContent = place ? `${place} of ${shown}` : `${shown} ${shown === 1 ? "finding" : "findings"}`;
}

function toggleFilter(button) {
  const chosen = filters[button.dataset.filter];
  const on = !chosen.has(button.dataset.value);
  if (on) chosen.add(button.dataset.value);
  else chosen.delete(button.dataset.value);
  button.setAttribute("aria-pressed", String(on));
  applyFilters();
}

function clearFilters() {
  filters.severity.clear();
  filters.category.clear();
  Object.assign(filters, { decided: "", only: false, query: "" });
  for (const button of document.querySelectorAll("[data-filter]")) button.setAttribute("aria-pressed", "false");
  byId("search").value = byId("decided").value = "";
  byId("only").checked = false;
  applyFilters();
}
