// Opens the feedback form without reception, once it was seen on this phone. The line above names
// what this is a version of; another version is another cache.
//
// It must not give a code away: what stands behind the "#" of an address is never passed on, and
// a kept form is found by a digest of its code.

const FORM = new URL("./", location).pathname;
const SHELL = `feedback-${VERSION}`;
const KEPT = "feedback-kept";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.add(new Request(FORM, { cache: "reload" })))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("feedback-"));
    await Promise.all(
      names.filter((name) => ![SHELL, KEPT].includes(name)).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

// The page that asks for the code; its script knows what to do next.
const shell = async () => {
  try {
    return await fetch(FORM, { credentials: "same-origin" });
  } catch {
    return (await caches.match(FORM)) ?? Response.error();
  }
};

const digest = async (code) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// A form is opened by a POST of its code: without reception, the copy of it that was kept.
const sheet = async (request) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const code = (await copy.formData()).get("code") ?? "";
    const kept = await (await caches.open(KEPT)).match(`${FORM}${await digest(code)}`);
    return kept ?? (await caches.match(FORM)) ?? Response.error();
  }
};

// Addresses of these files change with their content.
const file = async (request) => (await caches.match(request)) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && address.pathname === FORM) {
    event.respondWith(request.method === "POST" ? sheet(request) : shell());
  } else if (request.method === "GET" && address.pathname.startsWith("/static/")) {
    event.respondWith(file(request));
  }
});
