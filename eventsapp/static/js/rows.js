// Adds and removes the rows of a repeated sub-form, and of a repeated sub-form inside a row. The
// server takes whatever numbers arrive, so a new row only needs one that no other row has.

const NAMES = ["id", "name", "for", "aria-describedby", "data-rows"];

const rowsOf = (group) => [...group.querySelectorAll(":scope > .row")];
const addButton = (group) => group.querySelector(":scope > .buttons > [data-add]");
const removeButton = (row) => row.querySelector(":scope > [data-remove]");

function renumber(group) {
  const rows = rowsOf(group);
  rows.forEach((row, index) => {
    const own = ":scope > legend [data-number], :scope > [data-remove] [data-number]";
    for (const number of row.querySelectorAll(own)) number.textContent = index + 1;
    removeButton(row).hidden = rows.length === 1;
  });
  addButton(group).hidden = false;
}

function numberOf(row, prefix) {
  const named = row.querySelector(`[name^="${prefix}-"]`);
  return named ? Number.parseInt(named.name.slice(prefix.length + 1), 10) : 0;
}

function rename(row, prefix, from, to) {
  const before = `${prefix}-${from}`;
  for (const element of row.querySelectorAll("*")) {
    for (const name of NAMES) {
      const value = element.getAttribute(name);
      if (!value) continue;
      const words = value.split(" ").map((word) =>
        word === before || word.startsWith(`${before}-`) ? `${prefix}-${to}${word.slice(before.length)}` : word,
      );
      element.setAttribute(name, words.join(" "));
    }
  }
}

function empty(row) {
  for (const control of row.querySelectorAll("input, textarea")) {
    if (["checkbox", "radio"].includes(control.type)) control.checked = control.defaultChecked = false;
    else control.value = "";
    control.removeAttribute("aria-invalid");
  }
  for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
  for (const error of row.querySelectorAll(".error")) error.remove();
  for (const wrong of row.querySelectorAll(".field--wrong")) wrong.classList.remove("field--wrong");
  for (const inner of row.querySelectorAll("[data-rows]")) {
    for (const extra of rowsOf(inner).slice(1)) extra.remove();
    renumber(inner);
  }
}

function addRow(group) {
  const prefix = group.dataset.rows;
  const rows = rowsOf(group);
  const last = rows.at(-1);
  const row = last.cloneNode(true);
  const next = Math.max(...rows.map((each) => numberOf(each, prefix))) + 1;
  rename(row, prefix, numberOf(last, prefix), next);
  empty(row);
  last.after(row);
  renumber(group);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-remove]");
  const group = button?.closest("[data-rows]");
  if (!group) return;
  if ("add" in button.dataset) {
    addRow(group);
  } else {
    button.closest(".row").remove();
    renumber(group);
    addButton(group).focus();
  }
});

for (const group of document.querySelectorAll("[data-rows]")) renumber(group);
