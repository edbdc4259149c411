// What a phone keeps of the feedback form until it was received: the draft, the answers that wait
// to be sent, and the form itself. All of it is found by the code, and wiped with it.

const DRAFTS = "feedback:";
const FORM = location.pathname;
const KEPT = "feedback-kept";

const storage = (() => {
  try {
    localStorage.setItem(DRAFTS, "");
    localStorage.removeItem(DRAFTS);
    return localStorage;
  } catch {
    return null;
  }
})();

export const drafts = {
  read(code) {
    try {
      return JSON.parse(storage?.getItem(DRAFTS + code) ?? "null");
    } catch {
      return null;
    }
  },
  write: (code, draft) => storage?.setItem(DRAFTS + code, JSON.stringify(draft)),
  has: (code) => Boolean(storage?.getItem(DRAFTS + code)),
};

const database = () =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("feedback", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("queue", { keyPath: "code" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

const inQueue = async (mode, act) => {
  const opened = await database();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction("queue", mode, { durability: "strict" });
      const asked = act(transaction.objectStore("queue"));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    opened.close();
  }
};

// Answers that were sent and not yet received: `{code, body}`, the body as the form sends it.
export const queue = {
  add: (record) => inQueue("readwrite", (store) => store.put(record)),
  find: (code) => inQueue("readonly", (store) => store.get(code)),
  all: () => inQueue("readonly", (store) => store.getAll()),
  remove: (code) => inQueue("readwrite", (store) => store.delete(code)),
};

const addressOf = async (code) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0"));
  return FORM + hex.join("");
};

const canKeepForms = "caches" in window && "serviceWorker" in navigator;

// The form and what it is drawn with, so that it opens without reception.
export async function keepForm(code, lang) {
  if (!canKeepForms) return;
  await navigator.serviceWorker.register(new URL("worker.js", location.origin + FORM), {
    scope: FORM,
  });
  await navigator.serviceWorker.ready;
  const shell = (await caches.keys()).find(
    (name) => name.startsWith("feedback-") && name !== KEPT,
  );
  const used = performance
    .getEntriesByType("resource")
    .map((entry) => entry.name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  if (shell) await (await caches.open(shell)).addAll([...new Set(used)]);
  if (!code) return;
  const answer = await fetch(FORM, {
    method: "POST",
    body: new URLSearchParams({ code, lang, do: "open" }),
  });
  if (answer.ok) await (await caches.open(KEPT)).put(await addressOf(code), answer);
}

export async function hasForm(code) {
  return canKeepForms && Boolean(await (await caches.open(KEPT)).match(await addressOf(code)));
}

export async function wipe(code) {
  storage?.removeItem(DRAFTS + code);
  if (canKeepForms) await (await caches.open(KEPT)).delete(await addressOf(code));
  await queue.remove(code);
}
