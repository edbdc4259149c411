// Copying the page's address: only where the browser can, so the button is hidden until then.
const item = document.querySelector("[data-copy]");
if (item && navigator.clipboard) {
  const button = item.querySelector("button");
  const label = button.textContent;
  item.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(item.dataset.copy);
    button.textContent = button.dataset.done;
    item.querySelector("[role=status]").textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      item.querySelector("[role=status]").textContent = "";
    }, 3000);
  });
}
