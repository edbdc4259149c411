// A private link carries its token behind the "#", which browsers send to nobody: it is posted once
// and taken out of the address, so that it stays in no history.

const opener = document.querySelector("[data-open-link]");

if (opener && location.hash.length > 1) {
  opener.elements.token.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  opener.submit();
}
