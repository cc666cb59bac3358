// The seats that this phone keeps, of all campaigns.

import { openStore } from "../attendance/store.js";

export function phoneStore() {
  let backing = null;
  try {
    backing = window.localStorage;
  } catch (forbidden) {
    backing = null;
  }
  return openStore(backing, Date.now);
}

export function ownSeats(store) {
  return store
    .keys("seat:")
    .map((key) => ({ key, seat: store.get(key) }))
    .filter(({ seat }) => seat && typeof seat.token === "string");
}
