// The phone's own name: 128 random bits made here, not taken from the device or the person.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export function base64url(bytes) {
  let text = "";
  let held = 0;
  let bits = 0;
  bytes.forEach((byte) => {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += LETTERS[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  });
  return bits ? text + LETTERS[(held << (6 - bits)) & 63] : text;
}

export const newPhoneId = (fillRandom) => base64url(fillRandom(new Uint8Array(16)));

export function phoneId(store, fillRandom) {
  const kept = store.get("phone");
  if (typeof kept === "string" && /^[A-Za-z0-9_-]{22}$/.test(kept)) {
    // Written again at each visit, because the store forgets after 14 days.
    store.put("phone", kept);
    return kept;
  }
  const made = newPhoneId(fillRandom);
  store.put("phone", made);
  return made;
}
