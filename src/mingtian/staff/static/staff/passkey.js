/* Asks the browser for a passkey: <form data-passkey="create" or "get"> with a button, a hidden
   field "credential" and the options in the JSON block "passkey-data". The form appears only where
   the browser knows passkeys. */

export function toBytes(text) {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

export function toText(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/* The server writes bytes as text; the browser wants bytes. */
export function optionsFrom(publicKey) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return options;
}

/* And the other way round: what the browser gives, as the server reads it. */
export function answerFrom(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

export function attachPasskeys(page = window) {
  const form = page.document.querySelector("[data-passkey]");
  if (!form || !page.PublicKeyCredential) return;
  form.hidden = false;
  const missing = page.document.querySelector("[data-passkey-missing]");
  if (missing) missing.hidden = true;
  const data = JSON.parse(page.document.getElementById("passkey-data").textContent);
  const options = data.creation_options ?? data.request_options;
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.querySelector("button").addEventListener("click", async () => {
    trouble.hidden = true;
    try {
      const publicKey = optionsFrom(options.publicKey);
      const credential = await page.navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = JSON.stringify(answerFrom(credential));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

if (typeof window !== "undefined") attachPasskeys();
