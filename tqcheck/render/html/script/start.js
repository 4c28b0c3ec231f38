// What happens when something is clicked, chosen or opened; and the beginning.

const DEEDS = {
  theme: nextTheme,
  help: () => byId("help").showModal(),
  previous: () => step(-1),
  next: () => step(1),
  clear: clearFilters,
  export: exportDecisions,
  import: () => byId("file").click(),
  text: exportText,
  forget: () => {
    if (window.confirm("Forget all decisions of this report in this browser?")) forgetDecisions();
  },
};
const CARD_DEEDS = {
  accept,
  dismiss,
  copy: copySuggestion,
  edit: (index) => openForm(index, "edit"),
  comment: (index) => openForm(index, "comment"),
  cancel: (index) => {
    closeForm(cards[index]);
    cards[index].focus({ preventScroll: true });
  },
};

function onClick(event) {
  const button = event.target.closest("button");
  const link = event.target.closest("a[href^='#finding-']");
  if (link) {
    event.preventDefault();
    openFinding(link.hash);
  } else if (button?.dataset.filter) {
    toggleFilter(button);
  } else if (button?.dataset.do) {
    const card = button.closest(".card");
    if (!card) DEEDS[button.dataset.do]();
    else CARD_DEEDS[button.dataset.do](card.dataset.n - 1);
    if (button.closest(".sheet")) byId("menu").open = false;
  } else if (!event.target.closest("#menu")) {
    byId("menu").open = false;
  }
}

/** Goes to the finding that an address names, out of a filter that hides it. */
function openFinding(hash) {
  const index = Number(hash.slice("#finding-".length)) - 1;
  if (!cards[index]) return;
  if (cards[index].hidden) clearFilters();
  select(index);
}

function listen() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", (event) => event.target.matches(".why") && explain(event.target), true);
  byId("search").addEventListener("input", searchSoon);
  byId("only").addEventListener("change", (event) => {
    filters.only = event.target.checked;
    applyFilters();
  });
  byId("decided").addEventListener("change", (event) => {
    filters.decided = event.target.value;
    applyFilters();
  });
  byId("heat")?.addEventListener("change", (event) => showHeat(event.target.checked));
  byId("single-keys").addEventListener("change", (event) => remember("tqcheck/keys", event.target.checked ? "on" : "off"));
  byId("file").addEventListener("change", (event) => {
    importDecisions(event.target.files[0]);
    event.target.value = "";
  });
  window.addEventListener("hashchange", () => openFinding(location.hash));
  window.addEventListener("beforeprint", () => foldForPrint(true));
  window.addEventListener("afterprint", () => foldForPrint(false));
  listenToWords(byId("texts"));
}

/** On paper nothing can be folded out: the evidence of the findings is printed, machine translations where open. */
function foldForPrint(out) {
  for (const details of document.querySelectorAll(".why:has(ul)")) {
    if (out && !details.open) details.dataset.closed = "";
    if (out || "closed" in details.dataset) details.open = out;
    if (!out) delete details.dataset.closed;
  }
}

setTheme(remembered("tqcheck/theme") ?? "auto");
byId("single-keys").checked = remembered("tqcheck/keys") !== "off";
loadDecisions();
[...decisions.keys()].forEach((fingerprint) => (byFingerprint.get(fingerprint) ?? []).forEach(showDecision));
showProgress();
if (server) joinServer();
listen();
if (location.hash.startsWith("#finding-")) openFinding(location.hash);
