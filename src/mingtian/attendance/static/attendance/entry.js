// What an entry says to the server: who is here, of which home, on which phone, and who agreed.

import { collect } from "./form.js";
import { newPhoneId, phoneId } from "./phone.js";

export function createEntry({ form, facts, store, isHelping, random }) {
  let spare = newPhoneId(random);

  return {
    body({ joined, seats, consent }) {
      const isOther = !joined && (isHelping || seats.length > 0);
      // Guests of a community are known by their phone alone, so another home needs another name.
      const isApart = isOther && facts.audience === "community";
      const body = Object.assign({ v: 1, code: facts.code, home: isOther ? "other" : "same",
        phone: isApart ? spare : phoneId(store, random) }, collect(form, facts.audience));
      if (joined) body.seat = joined.token;
      if (isHelping) body.assisted = true;
      if (consent) body.consent = consent;
      return body;
    },
    // A repeated request keeps its phone's name; the next home gets one of its own.
    settled() {
      spare = newPhoneId(random);
    },
  };
}
