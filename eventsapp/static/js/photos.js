// Photos one by one with their progress, and an order drawn with the pointer. Without this script
// the form sends them all at once, and buttons move them.

const upload = document.querySelector("[data-upload]");
const form = upload?.querySelector("form");
const list = upload?.querySelector(".uploads");
const chosen = form?.querySelector("input[type=file]");

function line(name) {
  const item = document.createElement("li");
  const label = document.createElement("bdi");
  const bar = document.createElement("progress");
  label.textContent = name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  item.append(label, bar);
  list.append(item);
  return item;
}

function settle(item, text, isRefused) {
  const word = document.createElement("span");
  word.textContent = text;
  if (isRefused) item.classList.add("is-refused");
  item.querySelector("progress").replaceWith(word);
  return isRefused;
}

function send(file) {
  const item = line(file.name);
  const body = new FormData(form);
  body.delete(chosen.name);
  body.append(chosen.name, file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) item.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => {
      const answer = request.response;
      if (!answer) return done(settle(item, upload.dataset.failed, true));
      const refused = answer.refused[0];
      done(settle(item, refused ? refused[1] : upload.dataset.taken, Boolean(refused)));
    });
    request.addEventListener("error", () => done(settle(item, upload.dataset.failed, true)));
    request.send(body);
  });
}

form?.addEventListener("submit", async (event) => {
  if (!chosen.files.length) return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  list.replaceChildren();
  let refused = 0;
  for (const file of [...chosen.files]) refused += await send(file);
  button.disabled = false;
  delete form.dataset.sent;
  // What was refused stays to be read; without any, the page shows what is new.
  if (!refused) location.assign(location.pathname);
});

const order = document.querySelector("[data-order]");
let moving = null;
for (const item of order?.querySelectorAll("[data-photo]") ?? []) {
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    moving = item;
    item.classList.add("is-moving");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.photo);
  });
  item.addEventListener("dragend", () => item.classList.remove("is-moving"));
  item.addEventListener("dragover", (event) => {
    if (!moving || moving === item) return;
    event.preventDefault();
    item.classList.add("is-over");
  });
  item.addEventListener("dragleave", () => item.classList.remove("is-over"));
  item.addEventListener("drop", (event) => {
    if (!moving || moving === item) return;
    event.preventDefault();
    const isLater = moving.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (isLater) item.after(moving);
    else item.before(moving);
    const ids = [...order.querySelectorAll("[data-photo]")].map((each) => each.dataset.photo);
    order.querySelector("[name=order]").value = ids.join(",");
    order.submit();
  });
}
