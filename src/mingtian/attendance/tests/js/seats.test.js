import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore } from "../../static/attendance/store.js";
import { chooseGuest, forgetSeat, guestChoice, listSeats, saveSeat, seatForCode } from "../../static/attendance/seats.js";
import { createStorage } from "./world.js";

const reply = (token, members = []) => ({ seat: token, campaign: 3, members, expires_at: 9000 });
const open = () => openStore(createStorage(), () => 1000);
const sit = (store, token, code, joined = null) => saveSeat(store, reply(token), { code, unit: "", joined, now: 1000 });

test("a later evening finds the seat by the class's code", () => {
  const store = open();
  sit(store, "one", "aaaa");

  assert.equal(seatForCode(listSeats(store, 3, 1000), "aaaa").token, "one");
  assert.equal(seatForCode(listSeats(store, 3, 1000), "bbbb"), null);
});

test("seats of another campaign or run out are not seen", () => {
  const store = open();
  sit(store, "one", "aaaa");

  assert.deepEqual(listSeats(store, 4, 1000), []);
  assert.deepEqual(listSeats(store, 3, 9000), []);
});

test("a second child of the same home joins its seat and both codes open it", () => {
  const store = open();
  const first = sit(store, "one", "aaaa");
  sit(store, "both", "bbbb", first);

  const seats = listSeats(store, 3, 1000);
  assert.deepEqual(seats.map((seat) => seat.token), ["both"]);
  assert.deepEqual(seats[0].codes, ["aaaa", "bbbb"]);
});

test("a child of another home gets a seat of its own", () => {
  const store = open();
  sit(store, "one", "aaaa");
  sit(store, "two", "aaaa");

  assert.deepEqual(listSeats(store, 3, 1000).map((seat) => seat.token), ["one", "two"]);
});

test("roster numbers typed on an earlier evening stay when a relative is added", () => {
  const store = open();
  const pupil = (label) => ({ kind: "pupil", kin: null, label });
  const first = saveSeat(store, reply("one", [pupil("07")]), { code: "aaaa", unit: "", joined: null, now: 1000 });
  const mother = { kind: "parent", kin: "mother", label: null };
  const second = saveSeat(store, reply("two", [pupil(null), mother]), { code: "aaaa", unit: "", joined: first, now: 1000 });

  assert.deepEqual(second.members, [pupil("07"), mother]);
});

test("no name is kept on the phone", () => {
  const storage = createStorage();
  const store = openStore(storage, () => 1000);
  saveSeat(store, reply("one", [{ kind: "pupil", kin: null, label: "07" }]), { code: "aaaa", unit: "", joined: null, now: 1000, name: "林小满" });

  assert.equal(Array.from(storage.kept.values()).join("").includes("林小满"), false);
});

test("a home taken off the phone goes with what it left unsent, and its number is not given again", () => {
  const store = open();
  sit(store, "one", "aaaa");
  const second = sit(store, "two", "aaaa");
  store.put("map:4:3:0", { live: "1" });
  store.put("map:4:3:1", { live: "3" });

  forgetSeat(store, second);
  const third = sit(store, "three", "aaaa");

  assert.equal(store.get("map:4:3:1"), null);
  assert.deepEqual(store.get("map:4:3:0"), { live: "1" });
  assert.notEqual(third.home, second.home);
  assert.deepEqual(listSeats(store, 3, 1000).map((seat) => seat.token), ["one", "three"]);
});

test("a guest's choice leads back to its code and ends with an entry", () => {
  const store = open();
  chooseGuest(store, 3, "aaaa");
  assert.deepEqual(guestChoice(store, 3), { code: "aaaa" });
  assert.equal(guestChoice(store, 4), null);

  sit(store, "one", "aaaa");

  assert.equal(guestChoice(store, 3), null);
});

test("two children in two schools keep both classes in view", () => {
  const store = open();
  const first = saveSeat(store, reply("one"), { code: "aaaa", unit: "Class 1", joined: null, now: 1000 });
  const second = saveSeat(store, reply("two"), { code: "bbbb", unit: "Class 7", joined: first, now: 1000 });

  assert.deepEqual(second.units, ["Class 1", "Class 7"]);
});
