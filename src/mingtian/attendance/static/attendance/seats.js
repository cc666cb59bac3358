// Seats on this phone: one for each home that watches here, per campaign. The token is the
// server's; the rest is what the pages show. Names never stay on the phone, only roster numbers.

const key = (campaign, home) => "seat:" + campaign + ":" + home;

export function listSeats(store, campaign, now) {
  return store
    .keys("seat:" + campaign + ":")
    .map((name) => store.get(name))
    .filter((seat) => seat && typeof seat.token === "string" && !(seat.expiresAt <= now));
}

export function seatForCode(seats, code) {
  return seats.find((seat) => (seat.codes || []).includes(code)) || null;
}

// Which stored home an entry joins: the one named by code, else the first; null for a new home.
export function homeToJoin(seats, code, home) {
  if (home === "other" || seats.length === 0) return null;
  return seatForCode(seats, code) || seats[0];
}

// The server cannot read roster numbers back, so the phone keeps those that were typed on it.
function withLabels(members, before) {
  const typed = (list) => list.filter((member) => member.label).map((member) => member.label);
  const labels = Array.from(new Set(typed(before).concat(typed(members))));
  return members.map((member) =>
    member.kin ? member : Object.assign({}, member, { label: labels.shift() || null }));
}

export function saveSeat(store, reply, { code, unit, joined, now }) {
  const taken = listSeats(store, reply.campaign, now).map((seat) => seat.home);
  const home = joined ? joined.home : taken.length ? Math.max.apply(null, taken) + 1 : 0;
  const seat = {
    home,
    campaign: reply.campaign,
    token: reply.seat,
    members: withLabels(reply.members || [], joined ? joined.members || [] : []),
    expiresAt: reply.expires_at,
    unit,
    codes: Array.from(new Set((joined ? joined.codes || [] : []).concat([code]))),
  };
  store.put(key(reply.campaign, home), seat);
  return seat;
}

export function forgetSeat(store, seat) {
  store.remove(key(seat.campaign, seat.home));
}
