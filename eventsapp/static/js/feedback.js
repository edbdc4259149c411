// The form works without this. Here a link opens by itself, and what is filled in stays on the
// phone until it was received: then it is wiped.

const PREFIX = "feedback:";

const storage = (() => {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return null;
  }
})();

// The code behind the "#" is sent to nobody by browsers: it is posted once, and taken out of the
// address so that it stays in no history. A link followed from this page loads nothing by itself.
function openLink() {
  if (location.hash.length < 2) return;
  const form = document.createElement("form");
  form.method = "post";
  form.action = location.pathname;
  const code = document.createElement("input");
  code.name = "code";
  code.value = location.hash.slice(1);
  form.append(code);
  history.replaceState(null, "", location.pathname);
  document.body.append(form);
  form.submit();
}
openLink();
window.addEventListener("hashchange", openLink);

const sheet = document.querySelector("[data-feedback]");
if (sheet && storage) {
  const key = PREFIX + sheet.dataset.feedback;
  const fields = () => [...sheet.elements].filter((field) => field.name.startsWith("a-"));
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

  const keep = () => {
    const values = {};
    for (const field of fields()) {
      if (isChoice(field) ? field.checked : field.value) {
        (values[field.name] ??= []).push(field.value);
      }
    }
    // The key of a repeat is kept too: sent again after a lost reply, it is the same answer.
    storage.setItem(key, JSON.stringify({ retry: sheet.elements.retry_key.value, values }));
    sheet.querySelector("[data-kept]").hidden = false;
  };

  const restore = ({ retry, values }) => {
    sheet.elements.retry_key.value = retry;
    for (const field of fields()) {
      const kept = values[field.name] ?? [];
      if (isChoice(field)) field.checked = kept.includes(field.value);
      else field.value = kept[0] ?? "";
    }
    sheet.querySelector("[data-kept]").hidden = false;
  };

  // What the server has just shown again is newer than what was kept; the attribution's default
  // is no answer.
  const isFilled = fields().some((field) => (isChoice(field) ? field.checked && field.value !== "none" : field.value));
  try {
    const kept = storage.getItem(key);
    if (kept && !isFilled) restore(JSON.parse(kept));
  } catch {
    storage.removeItem(key);
  }
  sheet.addEventListener("input", keep);
  sheet.addEventListener("change", keep);
}

// Without reception nothing is sent into the void: it waits here, and leaves when reception returns.
if (sheet) {
  const waiting = sheet.querySelector("[data-waiting]");
  const send = sheet.querySelector("[data-once]");
  sheet.addEventListener("submit", (event) => {
    if (navigator.onLine || event.submitter?.value !== "send") return;
    event.preventDefault();
    event.stopPropagation();
    waiting.hidden = false;
  });
  window.addEventListener("online", () => {
    if (!waiting.hidden) sheet.requestSubmit(send);
  });
}

const received = document.querySelector("[data-received]");
if (received && storage) storage.removeItem(PREFIX + received.dataset.received);
