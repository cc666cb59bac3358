// Maps of slots as they stand on the wire: a hex string of a 60-bit integer, bit k = slot k.
// Digit by digit, because old phones have neither 60-bit numbers nor BigInt.

export const SLOTS = 60;
const DIGITS = SLOTS / 4;

function digits(map) {
  const text = /^[0-9a-f]*$/i.test(map || "") ? map || "" : "";
  return text.toLowerCase().slice(-DIGITS).padStart(DIGITS, "0");
}

function joined(one, other, operation) {
  const left = digits(one);
  const right = digits(other);
  let out = "";
  for (let place = 0; place < DIGITS; place += 1) {
    out += operation(parseInt(left[place], 16), parseInt(right[place], 16)).toString(16);
  }
  return out.replace(/^0+(?=.)/, "");
}

export const EMPTY = "0";

export const union = (one, other) => joined(one, other, (a, b) => a | b);

export const without = (one, other) => joined(one, other, (a, b) => a & ~b & 15);

export const isEmpty = (map) => joined(map, EMPTY, (a) => a) === EMPTY;

export const same = (one, other) => joined(one, EMPTY, (a) => a) === joined(other, EMPTY, (a) => a);

export function has(map, slot) {
  const digit = parseInt(digits(map)[DIGITS - 1 - Math.floor(slot / 4)], 16);
  return Boolean(digit & (1 << slot % 4));
}

export function withSlot(map, slot) {
  if (!(slot >= 0 && slot < SLOTS)) return union(map, EMPTY);
  return union(map, (1 << slot % 4).toString(16) + "0".repeat(Math.floor(slot / 4)));
}

export function count(map) {
  let total = 0;
  for (let slot = 0; slot < SLOTS; slot += 1) total += has(map, slot) ? 1 : 0;
  return total;
}
