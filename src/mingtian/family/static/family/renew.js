// After a change of the home: the phone takes the present token of each of its seats, and forgets
// those that are gone. Without a network it does so when the page is opened again.

import { phoneStore, ownSeats } from "./own.js";

const GONE = 410;

async function renew(store, key, seat, form) {
  const asked = new FormData(form);
  asked.set("seat", seat.token);
  const reply = await fetch(form.action, { method: "POST", body: asked, credentials: "same-origin" });
  if (reply.status === GONE) {
    store.remove(key);
  } else if (reply.ok) {
    const { seat: token, members } = await reply.json();
    store.put(key, Object.assign({}, seat, { token, members }));
  }
}

async function begin() {
  const store = phoneStore();
  const form = document.querySelector("[data-renew]");
  const own = ownSeats(store);
  await Promise.all(own.map(({ key, seat }) => renew(store, key, seat, form).catch(() => null)));
  form.setAttribute("data-renewed", "");
}

begin();
