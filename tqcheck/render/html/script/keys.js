// The keyboard, and whether the page is light or dark.

const THEMES = { auto: "Light or dark: as the system", light: "Light", dark: "Dark" };
const KEYS = {
  n: () => step(1),
  j: () => step(1),
  p: () => step(-1),
  k: () => step(-1),
  a: () => onCurrent(accept),
  d: () => onCurrent(dismiss),
  e: () => onCurrent((index) => openForm(index, "edit")),
  c: () => onCurrent((index) => openForm(index, "comment")),
  w: () => enterWords(pairInSight()),
  f: () => document.querySelector("[data-filter]")?.focus(),
  t: nextTheme,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

/** On the finding whose card has the focus, else on the current one, else on the next. */
function onCurrent(act) {
  const focused = document.activeElement?.closest?.(".card");
  if (focused && focused.dataset.n - 1 !== current) select(focused.dataset.n - 1, false);
  if (current < 0 || cards[current].hidden) step(1);
  if (current >= 0 && !cards[current].hidden) act(current);
}

function pairInSight() {
  if (current >= 0 && !cards[current].hidden) return cards[current].closest(".pair");
  return pairs.find((pair) => !pair.hidden && pair.id && pair.getBoundingClientRect().bottom > 120);
}

function isTyping(element) {
  return element.matches?.("input:not([type=checkbox]), textarea, select") ?? false;
}

function onKey(event) {
  if (event.key === "Escape") return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  if (isTyping(event.target) || stepWords(event)) return;
  if (!byId("single-keys").checked && event.key !== "?") return;
  const run = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!run || !Object.hasOwn(KEYS, event.key.toLowerCase())) return;
  event.preventDefault();
  run();
}

function escape(event) {
  if (stepWords(event)) return;
  const card = event.target.closest?.(".card");
  if (card && !card.querySelector(".form").hidden) {
    closeForm(card);
    card.focus({ preventScroll: true });
  } else if (byId("menu").open) {
    byId("menu").open = false;
    byId("menu").querySelector("summary").focus();
  } else if (event.target.id === "search") {
    event.target.value = "";
    searchSoon();
  }
}

function nextTheme() {
  const names = Object.keys(THEMES);
  const now = names.indexOf(document.documentElement.dataset.theme);
  setTheme(names[(now + 1) % names.length]);
  announce(byId("theme-name").textContent);
}

function setTheme(name) {
  const known = Object.hasOwn(THEMES, name) ? name : "auto";
  document.documentElement.dataset.theme = known;
  byId("theme-name").textContent = THEMES[known];
  remember("tqcheck/theme", known);
}
