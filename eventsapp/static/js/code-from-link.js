// A link from a mail carries its code behind the "#", which no server sees. It moves into the
// form, and out of the address bar and the history.

const field = document.querySelector("[data-from-fragment]");
const code = decodeURIComponent(window.location.hash.slice(1));
if (field && code) {
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  const row = field.closest(".field");
  if (!row.classList.contains("field--wrong")) row.hidden = true;
}
