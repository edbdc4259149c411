// A scanned picture opens this page with the code behind the "#": it is filled in, taken out of the
// address, and sent by whoever stands at the door.

const field = document.querySelector("[data-code]");
const scanned = decodeURIComponent(location.hash.slice(1));

if (field && /^[A-Za-z0-9]{6}$/.test(scanned)) {
  field.value = scanned;
  history.replaceState(null, "", location.pathname);
  field.form.querySelector("button").focus();
}
