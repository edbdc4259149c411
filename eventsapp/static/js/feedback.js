// The form works without this. Here a link opens by itself, what is filled in stays on the phone
// until it was received, and answers that cannot be sent wait for reception.

import { drafts, hasForm, keepForm, queue, wipe } from "./feedback-kept.js";

const RETRY_AFTER = [5, 15, 30, 60];

// As the server writes it, so that a code typed by hand and one from a link are the same.
const written = (typed) => {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  return plain.length === 10 ? `${plain.slice(0, 5)}-${plain.slice(5)}` : typed;
};

const post = (entries) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = location.pathname;
  for (const [name, value] of entries) {
    const field = document.createElement("input");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
};

// The code behind the "#" is sent to nobody by browsers: it is posted once, and taken out of the
// address so that it stays in no history.
const openLink = async () => {
  if (location.hash.length < 2) return;
  const code = written(decodeURIComponent(location.hash.slice(1)));
  history.replaceState(null, "", location.pathname);
  const missing = document.querySelector("[data-offline]");
  if (navigator.onLine || !missing || (await hasForm(code))) return post([["code", code]]);
  missing.hidden = false;
  document.querySelector("[name=code]").value = code;
  window.addEventListener("online", () => post([["code", code]]), { once: true });
};

// ---- the draft ----

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const fieldsOf = (sheet) => [...sheet.elements].filter((field) => field.name.startsWith("a-"));

const keepDraft = (sheet) => {
  const values = {};
  for (const field of fieldsOf(sheet)) {
    if (isChoice(field) ? field.checked : field.value) {
      (values[field.name] ??= []).push(field.value);
    }
  }
  // The key of a repeat is kept too: sent again after a lost reply, it is the same answer.
  drafts.write(sheet.dataset.feedback, { retry: sheet.elements.retry_key.value, values });
};

const restoreDraft = (sheet) => {
  const kept = drafts.read(sheet.dataset.feedback);
  // What the server has just shown again is newer than what was kept; the attribution's default
  // is no answer.
  const isFilled = fieldsOf(sheet).some((field) =>
    isChoice(field) ? field.checked && field.value !== "none" : field.value,
  );
  if (!kept || isFilled) return false;
  sheet.elements.retry_key.value = kept.retry;
  for (const field of fieldsOf(sheet)) {
    const values = kept.values[field.name] ?? [];
    if (isChoice(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  // Questions under conditions follow what was filled in.
  sheet.dispatchEvent(new Event("change"));
  return true;
};

// ---- sending ----

const state = document.querySelector("[data-state]");
const say = (name) => {
  if (!state) return;
  state.hidden = false;
  state.textContent = state.dataset[name];
  state.dataset.state = name;
};

const show = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.querySelector("main").focus();
  window.scrollTo(0, 0);
};

let tries = 0;
let isSending = false;

const send = async (record) => {
  if (isSending) return;
  isSending = true;
  say("sending");
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      body: new URLSearchParams(record.body),
      signal: AbortSignal.timeout(30_000),
    });
    if (answer.status === 429 || answer.status >= 500) throw new Error("not now");
    await settle(record, answer.status, await answer.text());
  } catch {
    // Whether it arrived or not: the same key sent again is the same answer.
    say("waiting");
    const wait = RETRY_AFTER[Math.min(tries++, RETRY_AFTER.length - 1)];
    setTimeout(() => navigator.onLine && sendWaiting(), wait * 1000);
  } finally {
    isSending = false;
  }
};

const settle = async (record, status, html) => {
  if (html.includes("data-received=")) {
    await wipe(record.code);
    show(html);
  } else {
    // The draft stays: nobody has received it.
    await queue.remove(record.code);
    if (html.includes("data-over")) {
      show(html);
      offerToForget(record.code);
    } else {
      // Something is to be corrected: the server's own page says what.
      post(record.body);
    }
  }
};

const offerToForget = (code) => {
  const kept = document.querySelector("[data-still-kept]");
  if (!kept || !drafts.has(code)) return;
  kept.hidden = false;
  kept.querySelector("button").addEventListener("click", async () => {
    await wipe(code);
    kept.hidden = true;
  });
};

const sendWaiting = async () => {
  const code = document.querySelector("[data-feedback]")?.dataset.feedback;
  const record = code ? await queue.find(code) : (await queue.all())[0];
  if (record) await send(record);
};

// ---- pages ----

const startSheet = (sheet) => {
  const code = sheet.dataset.feedback;
  if (restoreDraft(sheet)) say("kept");
  const keep = () => {
    keepDraft(sheet);
    if (!isSending && state.dataset.state !== "waiting") say("kept");
  };
  sheet.addEventListener("input", keep);
  sheet.addEventListener("change", keep);
  sheet.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.value !== "send") return;
    event.preventDefault();
    event.stopPropagation();
    keepDraft(sheet);
    const body = [...new FormData(sheet), ["do", "send"]];
    await queue.add({ code, body });
    await send({ code, body });
  });
};

const sheet = document.querySelector("[data-feedback]");
const over = document.querySelector("[data-over]");
const received = document.querySelector("[data-received]");
if (sheet) startSheet(sheet);
if (received) await wipe(received.dataset.received);
if (over?.dataset.over) offerToForget(over.dataset.over);
await openLink();
window.addEventListener("hashchange", openLink);
window.addEventListener("online", sendWaiting);
document.addEventListener("visibilitychange", () => !document.hidden && sendWaiting());
await sendWaiting();
if (!received && !over) await keepForm(sheet?.dataset.feedback, document.documentElement.lang).catch(() => {});
