// How the people of a home are called on the page: relatives by kin, others by number and kind.

import { filled } from "./page.js";

export function labelOf(member, words) {
  if (member.kin && words.kin[member.kin]) return words.kin[member.kin];
  const kind = words.kind[member.kind] || "";
  return member.label ? filled(words.numbered, { number: member.label, kind }) : kind;
}

export const membersOf = (seat, words) =>
  (seat.members || []).map((member) => labelOf(member, words)).join(words.comma);

export const unitsOf = (seat, words) =>
  (seat.units || (seat.unit ? [seat.unit] : [])).join(words.comma);
