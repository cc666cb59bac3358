// How this page speaks with the server.

export async function postJson(path, body, timeoutMs) {
  const control = typeof AbortController === "function" ? new AbortController() : null;
  const timer = setTimeout(() => control && control.abort(), timeoutMs);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: control ? control.signal : undefined,
    });
    const reply = await response.json().catch(() => null);
    const asked = Number(response.headers.get("Retry-After"));
    return { status: response.status, reply, retryAfter: asked > 0 ? asked : 0 };
  } finally {
    clearTimeout(timer);
  }
}

// Whether an address answers; another host's answer may not be read, but it has come.
export function isReachable(address) {
  const seen = (answer) => answer.ok || answer.type === "opaque";
  return fetch(address, { mode: "no-cors", cache: "no-store" }).then(seen, () => false);
}

export function sendBeacon(path, body) {
  try {
    return navigator.sendBeacon(path, JSON.stringify(body));
  } catch (absent) {
    return false;
  }
}

export const timers = {
  set: (action, milliseconds) => setTimeout(action, milliseconds),
  clear: (timer) => clearTimeout(timer),
};
