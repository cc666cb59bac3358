// Seats on this phone: one for each home that watches here, per campaign. The token is the
// server's; the rest is what the pages show. Names never stay on the phone, only roster numbers.
// A family that chose to watch without being counted has a note of that in place of a seat.

const key = (campaign, home) => "seat:" + campaign + ":" + home;
const guestKey = (campaign) => "guest:" + campaign;
const LAST = "homes:";

export function listSeats(store, campaign, now) {
  return store
    .keys("seat:" + campaign + ":")
    .map((name) => store.get(name))
    .filter((seat) => seat && typeof seat.token === "string" && !(seat.expiresAt <= now));
}

export function seatForCode(seats, code) {
  return seats.find((seat) => (seat.codes || []).includes(code)) || null;
}

// The server cannot read roster numbers back, so the phone keeps those that were typed on it.
function withLabels(members, before) {
  const typed = (list) => list.filter((member) => member.label).map((member) => member.label);
  const labels = Array.from(new Set(typed(before).concat(typed(members))));
  return members.map((member) =>
    member.kin ? member : Object.assign({}, member, { label: labels.shift() || null }));
}

// Never a number that another home had on this phone: what that home left unsent would be
// sent in the name of the new one.
function nextHome(store, campaign, taken) {
  const last = store.get(LAST + campaign);
  const next = Math.max.apply(null, taken.concat(typeof last === "number" ? last : -1)) + 1;
  store.put(LAST + campaign, next);
  return next;
}

const both = (one, other) => Array.from(new Set((one || []).concat(other)));

export function saveSeat(store, reply, { code, unit, joined, now }) {
  const taken = listSeats(store, reply.campaign, now).map((seat) => seat.home);
  const before = joined || {};
  const home = joined ? joined.home : nextHome(store, reply.campaign, taken);
  const seat = {
    home,
    campaign: reply.campaign,
    token: reply.seat,
    members: withLabels(reply.members || [], before.members || []),
    expiresAt: reply.expires_at,
    unit,
    units: both(before.units || (before.unit ? [before.unit] : []), unit ? [unit] : []),
    codes: both(before.codes, [code]),
  };
  store.put(key(reply.campaign, home), seat);
  store.remove(guestKey(reply.campaign));
  return seat;
}

// Takes a home off this phone, with what was not sent for it. On the server nothing changes.
export function forgetSeat(store, seat) {
  const end = ":" + seat.campaign + ":" + seat.home;
  store.keys("map:").filter((name) => name.endsWith(end)).forEach((name) => store.remove(name));
  store.remove(key(seat.campaign, seat.home));
}

export function chooseGuest(store, campaign, code) {
  store.put(guestKey(campaign), { code });
}

// The choice to watch without being counted, with the code that leads back; null without it.
export function guestChoice(store, campaign) {
  const chosen = store.get(guestKey(campaign));
  return chosen && typeof chosen.code === "string" ? chosen : null;
}
