// Words and their links. A passage's words become elements when somebody comes near it, not before.

const observer = "IntersectionObserver" in window ? new IntersectionObserver(warm, { rootMargin: "200px" }) : null;
let lit = [];

/** Makes elements of the words of a passage that have a link or some heat. */
function openWords(pair) {
  if (!pair || pair.dataset.words) return;
  pair.dataset.words = "open";
  const words = island.words[pair.id.slice("pair-".length) - 1];
  if (!words) return;
  wrapWords(pair.querySelector('[data-side="source"]'), words[0], words[3]);
  wrapWords(pair.querySelector('[data-side="target"]'), words[1], words[4]);
  highlightAgain(pair);
}

/** `places`: start and end of every word in the text as shown. A word over the end of a mark gets two elements. */
function wrapWords(side, places, heat) {
  if (!side) return;
  let start = 0;
  let word = 0;
  for (const node of textNodes(side)) {
    const end = start + node.data.length;
    const row = document.createDocumentFragment();
    let done = start;
    let next = word;
    while (2 * next < places.length && places[2 * next] < end) {
      const from = Math.max(places[2 * next], start);
      const to = Math.min(places[2 * next + 1], end);
      row.append(node.data.slice(done - start, from - start), wordElement(node.data.slice(from - start, to - start), next, heat));
      done = to;
      if (places[2 * next + 1] > end) break; // its rest is in the next node
      next += 1;
    }
    if (done > start) {
      row.append(node.data.slice(done - start));
      node.replaceWith(row);
    }
    word = next;
    start = end;
  }
}

function wordElement(text, number, heat) {
  const element = document.createElement("span");
  element.className = heat[number] ? "word heat-" + heat[number] : "word";
  element.dataset.w = number;
  element.tabIndex = -1;
  element.textContent = text;
  return element;
}

/** The text nodes of a passage's text, without the numbers and signs that the page added. */
function textNodes(side, found = []) {
  for (const node of side.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) found.push(node);
    else if (!node.hasAttribute("data-skip")) textNodes(node, found);
  }
  return found;
}

/** The elements of the words on the other side that a word is linked to. */
function linkedWords(word) {
  const pair = word.closest(".pair");
  const side = word.closest("[data-side]").dataset.side;
  const [here, there] = side === "source" ? [0, 1] : [1, 0];
  const links = island.words[pair.id.slice("pair-".length) - 1][2];
  const other = pair.querySelector(`[data-side="${side === "source" ? "target" : "source"}"]`);
  const found = [];
  for (let i = 0; i < links.length; i += 2) {
    if (links[i + here] === Number(word.dataset.w) && other) {
      found.push(...other.querySelectorAll(`.word[data-w="${links[i + there]}"]`));
    }
  }
  return found;
}

function light(word) {
  for (const element of lit) element.classList.remove("lit", "from");
  lit = [];
  if (!word) return;
  const linked = linkedWords(word);
  for (const element of linked) element.classList.add("lit");
  word.classList.add("from");
  lit = [word, ...linked];
}

function listenToWords(main) {
  main.addEventListener("pointerover", (event) => {
    openWords(event.target.closest(".pair"));
    const under = document.elementFromPoint(event.clientX, event.clientY);
    light(under?.closest(".word") ?? null);
  });
  main.addEventListener("pointerleave", () => light(null));
  main.addEventListener("focusin", (event) => {
    const word = event.target.closest(".word");
    if (!word) return;
    light(word);
    const linked = linkedWords(word).map((element) => element.textContent);
    announce(word.textContent + (linked.length ? ": linked to " + linked.join(" ") : ": no counterpart"));
  });
}

/** From word to word with the arrows: left and right on a side, up and down to the linked word on the other. */
function stepWords(event) {
  const word = event.target.closest?.(".word");
  if (!word) return false;
  const row = [...word.closest("[data-side]").querySelectorAll(".word")];
  const place = row.indexOf(word);
  const steps = { ArrowRight: row[place + 1], ArrowLeft: row[place - 1], Home: row[0], End: row[row.length - 1] };
  const other = event.key === "ArrowUp" || event.key === "ArrowDown" ? linkedWords(word)[0] : undefined;
  const next = steps[event.key] ?? other;
  if (event.key === "Escape") leaveWords(word);
  else if (!next && !(event.key in steps)) return false;
  else next?.focus();
  event.preventDefault();
  return true;
}

function enterWords(pair) {
  openWords(pair);
  pair?.querySelector(".mark .word, .word")?.focus();
}

function leaveWords(word) {
  light(null);
  const card = word.closest(".pair").querySelector(".card:not([hidden])");
  if (card) card.focus();
  else word.blur();
}

/** Heat needs the words of what is in sight. */
function showHeat(shown) {
  byId("texts").classList.toggle("show-heat", shown);
  for (const pair of document.querySelectorAll(".pair[id]")) {
    if (shown && observer) observer.observe(pair);
    else if (shown) openWords(pair);
    else observer?.unobserve(pair);
  }
}

function warm(entries) {
  for (const entry of entries) if (entry.isIntersecting) openWords(entry.target);
}
