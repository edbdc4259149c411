// Adds and removes the rows of a repeated sub-form; the server takes whatever numbers arrive.

for (const group of document.querySelectorAll("[data-rows]")) {
  const prefix = group.dataset.rows;
  const add = group.querySelector("[data-add]");
  const rows = () => [...group.querySelectorAll(":scope > .row")];
  let next = rows().length;
  const pattern = new RegExp(`^((?:.* )?${prefix}-)\\d+(?=-|$)`);

  const renumber = () => {
    rows().forEach((row, index) => {
      for (const number of row.querySelectorAll("[data-number]")) number.textContent = index + 1;
      row.querySelector("[data-remove]").hidden = rows().length === 1;
    });
  };

  const rename = (row, index) => {
    for (const element of row.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace(pattern, `$1${index}`));
      }
    }
  };

  const empty = (row) => {
    for (const control of row.querySelectorAll("input, textarea")) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else control.value = "";
    }
    for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
    for (const error of row.querySelectorAll(".error")) error.remove();
    for (const wrong of row.querySelectorAll(".field--wrong")) wrong.classList.remove("field--wrong");
  };

  add.hidden = false;
  add.addEventListener("click", () => {
    const row = rows().at(-1).cloneNode(true);
    rename(row, next++);
    empty(row);
    rows().at(-1).after(row);
    renumber();
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });

  group.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove]");
    if (!remove || rows().length === 1) return;
    remove.closest(".row").remove();
    renumber();
    add.focus();
  });

  renumber();
}
