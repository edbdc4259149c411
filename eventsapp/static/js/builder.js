// Questions can be drawn to another place; the buttons beside them do the same without this.

const list = document.querySelector("[data-builder]");
const drop = document.querySelector("[data-drop]");

if (list && drop && window.Sortable) {
  for (const grip of list.querySelectorAll("[data-grip]")) grip.hidden = false;
  Sortable.create(list, {
    handle: "[data-grip]",
    forceFallback: true,
    scroll: true,
    onEnd: ({ item, oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      drop.action = item.dataset.move;
      drop.elements.to.value = String(newIndex);
      drop.submit();
    },
  });
}
