// Copying the page's address: only where the browser can, so the button is not to be seen until
// then; its place is kept, for nothing may move under a reader's finger.
const item = document.querySelector("[data-copy]");
if (item && navigator.clipboard) {
  const button = item.querySelector("button");
  const label = button.textContent;
  item.classList.add("share__copy--ready");
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
