// Asks the browser for a passkey, or for a new one, and sends its answer back in the form.

const form = document.querySelector("form[data-passkey]");

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (list = []) => list.map((item) => ({ ...item, id: toBytes(item.id) }));

async function make(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    extensions: JSON.stringify(made.getClientExtensionResults()),
    response: {
      attestationObject: toText(made.response.attestationObject),
      clientDataJSON: toText(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function use(options) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  return {
    id: used.id,
    rawId: toText(used.rawId),
    type: used.type,
    response: {
      authenticatorData: toText(used.response.authenticatorData),
      clientDataJSON: toText(used.response.clientDataJSON),
      signature: toText(used.response.signature),
      userHandle: used.response.userHandle ? toText(used.response.userHandle) : null,
    },
  };
}

async function ask() {
  const problem = form.querySelector("[data-problem]");
  problem.hidden = true;
  try {
    const options = JSON.parse(form.dataset.options);
    const answer = await (form.dataset.passkey === "make" ? make(options) : use(options));
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    // Cancelled, timed out, or not possible here: the browser has said which.
    problem.hidden = false;
    problem.focus();
  }
}

if (form && window.PublicKeyCredential) {
  for (const element of form.querySelectorAll("[data-needs-script]")) element.hidden = false;
  form.querySelector("[data-ask]").addEventListener("click", ask);
  ask();
}
