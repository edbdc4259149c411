// Sections are moved without a page load: by their buttons, or drawn by their handles with mouse,
// pen or finger. Without this script each press of a button loads the page in its new order.

const list = document.querySelector("[data-outline]");
const said = document.querySelector("[data-said]");
const rows = () => [...list.querySelectorAll("[data-row]")];
// The first section stays where it is.
const isFixed = (row) => row === list.firstElementChild;

const tell = (row) => {
  said.textContent = list.dataset.moved
    .replace("{title}", row.dataset.title)
    .replace("{place}", rows().indexOf(row) + 1)
    .replace("{count}", rows().length);
};

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("[data-row]");
  const isUp = button.dataset.move === "-1";
  const other = isUp ? row.previousElementSibling : row.nextElementSibling;
  if (other && !isFixed(other)) other[isUp ? "before" : "after"](row);
  button.focus();
  tell(row);
});

for (const row of rows().filter((row) => !isFixed(row))) {
  const handle = row.querySelector("[data-handle]");
  handle.hidden = false;
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    row.classList.add("is-moving");
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const over = rows().find((other) => {
      const box = other.getBoundingClientRect();
      return other !== row && event.clientY > box.top && event.clientY < box.bottom;
    });
    if (!over || isFixed(over)) return;
    const box = over.getBoundingClientRect();
    const isBelow = row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    const isPast = isBelow
      ? event.clientY > box.bottom - row.offsetHeight
      : event.clientY < box.top + row.offsetHeight;
    if (isPast) over[isBelow ? "after" : "before"](row);
  });
  handle.addEventListener("lostpointercapture", () => {
    row.classList.remove("is-moving");
    tell(row);
  });
}
