import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore } from "../../../attendance/static/attendance/store.js";
import * as seats from "../../../attendance/static/attendance/seats.js";
import { createStorage } from "../../../attendance/tests/js/world.js";
import { openDeeds, restore, tokensHere } from "../../static/wechat/homes.js";

const HOME = { seat: "token", campaign: 3, unit: "Class 1", codes: ["aaaa", "bbbb"], members: [{ kind: "pupil", kin: null, label: null }], expires_at: 9000 };
const open = () => openStore(createStorage(), () => 1000);

test("a wiped phone holds its home again, under all codes", () => {
  const store = open();

  restore(seats, store, HOME, 1000);

  const [seat] = seats.listSeats(store, 3, 1000);
  assert.equal(seat.token, "token");
  assert.deepEqual(seat.codes, ["aaaa", "bbbb"]);
  assert.equal(seat.unit, "Class 1");
});

test("restoring twice keeps one home", () => {
  const store = open();

  restore(seats, store, HOME, 1000);
  restore(seats, store, HOME, 1000);

  assert.equal(seats.listSeats(store, 3, 1000).length, 1);
});

test("the seats of all campaigns on this phone are shown, those run out are not", () => {
  const store = open();
  restore(seats, store, HOME, 1000);
  restore(seats, store, Object.assign({}, HOME, { seat: "other", campaign: 4 }), 1000);
  restore(seats, store, Object.assign({}, HOME, { seat: "old", campaign: 5, expires_at: 500 }), 1000);

  assert.deepEqual(tokensHere(seats, store, 1000).sort(), ["other", "token"]);
});

test("a home that is here and remembered asks for nothing more", () => {
  assert.deepEqual(openDeeds(["token"], [HOME]), { missing: [], canRemember: false });
});

test("a wiped phone brings back, a new one remembers", () => {
  assert.deepEqual(openDeeds([], [HOME]), { missing: [HOME], canRemember: false });
  assert.deepEqual(openDeeds(["other"], []), { missing: [], canRemember: true });
  assert.deepEqual(openDeeds(["other"], [HOME]), { missing: [HOME], canRemember: true });
});
