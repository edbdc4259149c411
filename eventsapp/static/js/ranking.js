// Things to rank are drawn into their order, and stand in it. The lists of places work alone: by
// keyboard, and without this.

for (const list of document.querySelectorAll("[data-ranking]")) {
  const rows = () => [...list.children];
  const place = (row) => row.querySelector("select");

  // Those with a place are numbered as they stand; `all` gives every row one.
  const renumber = (all) => {
    let next = 1;
    for (const row of rows()) {
      if (all || place(row).value) place(row).value = String(next++);
    }
  };

  const stand = () => {
    const value = (row) => Number(place(row).value || Infinity);
    list.append(...rows().sort((a, b) => value(a) - value(b) || 0));
  };

  list.addEventListener("change", (event) => {
    const row = event.target.closest("li");
    const wanted = place(row).value;
    const others = rows().filter((each) => each !== row && place(each).value);
    others.splice(wanted ? Number(wanted) - 1 : others.length, 0, row);
    const rest = rows().filter((each) => !others.includes(each));
    list.append(...others, ...rest);
    renumber(false);
    event.target.focus();
  });

  stand();
  if (window.Sortable) {
    for (const grip of list.querySelectorAll("[data-grip]")) grip.hidden = false;
    Sortable.create(list, {
      handle: "[data-grip], label",
      forceFallback: true,
      fallbackTolerance: 4,
      onEnd: () => {
        renumber(true);
        list.closest("form")?.dispatchEvent(new Event("change"));
      },
    });
  }
}
