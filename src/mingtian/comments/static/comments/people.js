// Who may speak on this phone, and the mark by which a message is known when it is sent twice.

export function peopleOf(seats, words) {
  const people = [];
  seats.forEach((seat) => (seat.members || []).forEach((member, place) => {
    people.push({
      token: seat.token, place, kind: member.kind, like: false, left: null, feed: "",
      name: nameOf(member, words),
    });
  }));
  return people;
}

// The same people, home by home.
export function homesOf(people) {
  return people.filter((person) => person.place === 0)
    .map((first) => people.filter((person) => person.token === first.token));
}

function nameOf(member, words) {
  if (member.kin && words.kin[member.kin]) return words.kin[member.kin];
  if (member.label && member.kind === "pupil") return words.numbered.replace("{number}", member.label);
  return words.kinds[member.kind] || "";
}

export function newKey(crypto) {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
