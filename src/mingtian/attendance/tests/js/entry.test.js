import assert from "node:assert/strict";
import { test } from "node:test";
import { createEntry } from "../../static/attendance/entry.js";
import { openStore } from "../../static/attendance/store.js";
import { createStorage } from "./world.js";

const nobody = { querySelectorAll: () => [] };
const seat = { home: 0, token: "token" };

function createOne(audience, isHelping = false) {
  let byte = 0;
  const random = (bytes) => bytes.fill((byte += 1));
  const store = openStore(createStorage(), () => 1000);
  return createEntry({ form: nobody, facts: { code: "aaaa", audience }, store, isHelping, random });
}

const bodyOf = (entry, { joined = null, seats = [], consent = null } = {}) =>
  entry.body({ joined, seats, consent });

test("the first home of a phone brings neither a seat nor a word of help", () => {
  const body = bodyOf(createOne("class"));

  assert.equal(body.home, "same");
  assert.equal("seat" in body || "assisted" in body || "consent" in body, false);
});

test("a home that is on the phone goes by its token", () => {
  const body = bodyOf(createOne("class"), { joined: seat, seats: [seat] });

  assert.equal(body.home, "same");
  assert.equal(body.seat, "token");
});

test("who agreed travels with the entry", () => {
  const consent = { version: 1, by: "guardian" };

  assert.deepEqual(bodyOf(createOne("class"), { consent }).consent, consent);
});

test("a helper's families are homes of their own, on one phone", () => {
  const entry = createOne("class", true);
  const first = bodyOf(entry);
  entry.settled();
  const second = bodyOf(entry);

  assert.deepEqual([first.home, first.assisted], ["other", true]);
  assert.equal(first.phone, second.phone);
});

test("a second home of guests has a name of its own, the same when it is sent again", () => {
  const entry = createOne("community", true);
  const first = bodyOf(entry);
  const again = bodyOf(entry);
  entry.settled();
  const next = bodyOf(entry);

  assert.equal(first.phone, again.phone);
  assert.notEqual(first.phone, next.phone);
});
