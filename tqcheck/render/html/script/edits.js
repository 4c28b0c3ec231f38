// Accepted suggestions: in the passage that shows them, and in the text that leaves the page.

/** The wording that an accepted finding puts in the place of its words: the editor's own, or the rule's, or null. */
function wordingOf(index) {
  return decisionOf(index).suggestion ?? findings[index].suggestion;
}

/** Shows in the English passage what an accepted finding changes there, and takes it away again. */
function showEdit(index) {
  const number = String(index + 1);
  document.querySelector(`.applied[data-for="${number}"]`)?.remove();
  const accepted = decisionOf(index).status === "accepted";
  const wording = wordingOf(index);
  const marks = marksOf[index].filter((mark) => mark.closest('[data-side="target"]'));
  for (const mark of marks) {
    const replaced = mark.dataset.f.split(" ").some((f) => isApplied(f - 1));
    mark.classList.toggle("replaced", replaced);
  }
  if (!accepted || wording === null || !marks.length) return;
  const insertion = document.createElement("ins");
  insertion.className = "applied";
  insertion.dataset.for = number;
  insertion.dataset.skip = "";
  insertion.textContent = wording;
  marks[marks.length - 1].after(insertion);
}

function isApplied(index) {
  return decisionOf(index).status === "accepted" && wordingOf(index) !== null && findings[index].edit !== null;
}

/** The English with the accepted suggestions in it, and what could not be put in: words that overlap, no wording. */
function editedText() {
  const accepted = findings.map((_, index) => index).filter((index) => decisionOf(index).status === "accepted");
  const edits = accepted.filter(isApplied).map((index) => ({ index, span: findings[index].edit, wording: wordingOf(index) }));
  edits.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  const text = island.target.text;
  let edited = "";
  let place = 0;
  const overlapping = [];
  let applied = 0;
  for (const { index, span, wording } of edits) {
    if (span[0] < place) {
      overlapping.push(index + 1);
      continue;
    }
    edited += text.slice(place, span[0]) + (span[0] === span[1] ? spaced(text, span[0], wording) : wording);
    place = span[1];
    applied += 1;
  }
  return { text: edited + text.slice(place), applied, overlapping, without: accepted.length - edits.length };
}

/** Words put in where there were none get blanks where they would touch others. */
function spaced(text, place, wording) {
  const before = place > 0 && !/\s/.test(text[place - 1]) && /^[\p{L}\p{N}]/u.test(wording) ? " " : "";
  const after = place < text.length && /[\p{L}\p{N}]/u.test(text[place]) && !/\s$/.test(wording) ? " " : "";
  return before + wording + after;
}

function exportText() {
  const { text, applied, overlapping, without } = editedText();
  download(fileName(".edited.txt"), text, "text/plain;charset=utf-8");
  const parts = [`${applied} ${applied === 1 ? "suggestion" : "suggestions"} in the text.`];
  if (overlapping.length) parts.push(`Left out, since they overlap another: finding ${overlapping.join(", ")}.`);
  if (without) parts.push(`${without} accepted without a wording for the English.`);
  say(parts.join(" "));
}
