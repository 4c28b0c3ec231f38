// The index of a batch: sorted by a click on a heading, narrowed down by words and verdict. Nothing here is needed to read it.
const body = document.querySelector("tbody");
const rows = Array.from(body.rows);
const form = document.querySelector("form");
const buttons = Array.from(document.querySelectorAll("thead button"));

function value(row, column) {
  const text = row.cells[column].dataset.sort;
  return column === 0 ? text.toLocaleLowerCase() : Number(text);
}

function sort(column, down) {
  const order = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]);
  const keyed = rows.map((row, place) => [value(row, column), place, row]).sort(order);
  if (down) keyed.reverse();
  body.append(...keyed.map((entry) => entry[2]));
}

buttons.forEach((button, column) => {
  button.disabled = false;
  button.addEventListener("click", () => {
    const heading = button.parentElement;
    const down = heading.getAttribute("aria-sort") === "ascending";
    buttons.forEach((other) => other.parentElement.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    sort(column, down);
  });
});

function narrow() {
  const words = form.elements.words.value.toLocaleLowerCase();
  const state = form.elements.state.value;
  let shown = 0;
  for (const row of rows) {
    const fits = (!state || row.dataset.state === state) && row.cells[0].textContent.toLocaleLowerCase().includes(words);
    row.hidden = !fits;
    shown += fits;
  }
  form.elements.shown.value = shown === rows.length ? "" : `${shown} shown`;
}

form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
narrow();
