// The homes of a phone: one that was here goes back into the store, those that are here are shown.
// ``seats`` are the functions of attendance/seats.js.

export function restore(seats, store, home, now) {
  const kept = seats.listSeats(store, home.campaign, now);
  // The same token twice would be two homes on one phone.
  const same = kept.find((seat) => seat.token === home.seat) || null;
  return home.codes.concat(home.codes.length ? [] : [""]).reduce(
    (joined, code) => seats.saveSeat(store, home, { code, unit: home.unit, joined, now }),
    same
  );
}

export function tokensHere(seats, store, now) {
  const campaigns = new Set(store.keys("seat:").map((name) => name.split(":")[1]));
  return Array.from(campaigns).flatMap((campaign) => seats.listSeats(store, campaign, now)).map((seat) => seat.token);
}

// What there is to do: homes to bring back that are not here, and whether any here is not remembered.
export function openDeeds(tokens, homes) {
  return {
    missing: homes.filter((home) => !tokens.includes(home.seat)),
    canRemember: tokens.some((token) => !homes.some((home) => home.seat === token)),
  };
}
