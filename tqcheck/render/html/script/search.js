// The search: accents and letter case do not matter. Hits are painted without touching the texts.

const MOST_HITS = 1000; // painted ones
const canPaint = typeof Highlight === "function" && CSS.highlights !== undefined;
let foldedPairs = null; // pair -> its texts and messages, folded
let painted = new Map(); // pair -> ranges
let searchTimer = 0;

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("’", "'");
}

/** The passages with the words of `query` in a row in them, null without a query. */
function foundBy(query) {
  const wanted = folded(query.trim());
  if (!wanted) return null;
  foldedPairs ??= new Map(pairs.map((pair) => [pair, foldedText(pair)]));
  return new Set(pairs.filter((pair) => foldedPairs.get(pair).includes(wanted)));
}

function foldedText(pair) {
  const sides = [...pair.querySelectorAll("[data-side]")].map((side) => textNodes(side).map((node) => node.data).join(""));
  const said = [...pair.querySelectorAll(".message, .words dd:not(:has(button)), .proposed")].map((part) => part.textContent);
  return folded([...sides, ...said].join("\n"));
}

function highlight(hits) {
  painted = new Map();
  if (!canPaint) return;
  let count = 0;
  for (const pair of hits ?? []) {
    const ranges = rangesIn(pair);
    painted.set(pair, ranges);
    count += ranges.length;
    if (count > MOST_HITS) break;
  }
  paint();
}

/** After the words of a passage became elements, its ranges have to be found again. */
function highlightAgain(pair) {
  if (!painted.has(pair)) return;
  painted.set(pair, rangesIn(pair));
  paint();
}

function paint() {
  CSS.highlights.set("search", new Highlight(...[...painted.values()].flat()));
}

/** The places of the query in the texts and messages of a passage. */
function rangesIn(pair) {
  const wanted = folded(filters.query.trim());
  const ranges = [];
  for (const part of pair.querySelectorAll("[data-side], .message")) {
    const map = foldedMap(textNodes(part));
    for (let at = map.text.indexOf(wanted); wanted && at >= 0; at = map.text.indexOf(wanted, at + wanted.length)) {
      const [first, last] = [map.at[at], map.at[at + wanted.length - 1]];
      const range = document.createRange();
      range.setStart(first[0], first[1]);
      range.setEnd(last[0], last[2]);
      ranges.push(range);
    }
  }
  return ranges;
}

/** The folded text of some nodes, and for each of its characters the node and place that it comes from. */
function foldedMap(nodes) {
  let text = "";
  const at = [];
  for (const node of nodes) {
    let place = 0;
    for (const character of node.data) {
      const plain = foldedCharacter(character);
      for (let i = 0; i < plain.length; i += 1) at.push([node, place, place + character.length]);
      text += plain;
      place += character.length;
    }
  }
  return { text, at };
}

const characters = new Map();
function foldedCharacter(character) {
  let plain = characters.get(character);
  if (plain === undefined) characters.set(character, (plain = folded(character)));
  return plain;
}

function searchSoon() {
  clearTimeout(searchTimer);
  searchTimer = setTimeout(() => {
    filters.query = byId("search").value;
    applyFilters();
  }, 150);
}
