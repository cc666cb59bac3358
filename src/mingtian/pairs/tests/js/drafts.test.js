import assert from "node:assert/strict";
import { test } from "node:test";
import { openDrafts, pauseAfter, send, PREFIX } from "../../static/pairs/drafts.js";

const DAY = 86400000;
const NOW = Date.UTC(2026, 8, 18, 12);
const FIELDS = { pair: "abcdefgh1234", began: "2026-09-18T19:00", way: "home", made: "yes", minutes: "40", note: "" };

function createStorage() {
  const kept = new Map();
  return {
    kept,
    get length() { return kept.size; },
    key: (place) => Array.from(kept.keys())[place],
    getItem: (name) => (kept.has(name) ? kept.get(name) : null),
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  };
}

function phone() {
  let number = 0;
  const storage = createStorage();
  const drafts = openDrafts(storage, () => "own-" + (number += 1));
  drafts.belongTo("me", [{ id: FIELDS.pair }]);
  return { storage, drafts };
}

const replies = (...given) => async () => {
  const next = given.shift();
  if (next instanceof Error) throw next;
  return next;
};

test("a draft that the server has taken is gone", async () => {
  const { drafts } = phone();
  const draft = drafts.keep(FIELDS, NOW);
  assert.equal(await send(draft, drafts, replies({ status: 200 }), () => NOW), "kept");
  assert.deepEqual(drafts.list(), []);
});

test("a refused draft stays with its reason and keeps its id", async () => {
  const { drafts } = phone();
  const draft = drafts.keep(FIELDS, NOW);
  const refusal = { status: 422, body: { say: "Correct the minutes.", code: "pair_minutes" } };
  assert.equal(await send(draft, drafts, replies(refusal), () => NOW), "refused");
  const [kept] = drafts.list();
  assert.deepEqual([kept.own, kept.state, kept.say], [draft.own, "refused", "Correct the minutes."]);
});

test("without an answer, and when the server is busy, it is tried again later and later", async () => {
  const { drafts } = phone();
  drafts.keep(FIELDS, NOW);
  const pauses = [];
  for (const reply of [new Error("no network"), { status: 503 }, { status: 500 }]) {
    const [draft] = drafts.list();
    assert.equal(await send(draft, drafts, replies(reply), () => NOW), "later");
    pauses.push(drafts.list()[0].next - NOW);
  }
  assert.ok(pauses[0] < pauses[1] && pauses[1] < pauses[2], pauses.join());
  assert.equal(drafts.list()[0].state, "waiting");
});

test("pauses grow to ten minutes and differ by chance", () => {
  assert.equal(pauseAfter(1, 0), 5000);
  assert.equal(pauseAfter(2, 0), 10000);
  assert.equal(pauseAfter(30, 0), 600000);
  assert.equal(pauseAfter(30, 1), 720000);
});

test("signed out, it waits for the sign-in and is not refused", async () => {
  const { drafts } = phone();
  const draft = drafts.keep(FIELDS, NOW);
  assert.equal(await send(draft, drafts, replies({ status: 0 }), () => NOW), "signin");
  assert.equal(drafts.list()[0].state, "signin");
});

test("an old draft is pointed out and stays", () => {
  const { drafts } = phone();
  const draft = drafts.keep(FIELDS, NOW);
  assert.equal(drafts.isOld(draft, NOW + 30 * DAY, 30), false);
  assert.equal(drafts.isOld(draft, NOW + 31 * DAY, 30), true);
  assert.equal(drafts.list().length, 1);
});

test("a draft taken back into the form keeps its id, so that it is not sent twice", () => {
  const { drafts } = phone();
  const draft = drafts.keep(FIELDS, NOW);
  drafts.keep({ ...FIELDS, minutes: "55" }, NOW, draft.own);
  assert.equal(drafts.list().length, 1);
  assert.equal(drafts.list()[0].fields.minutes, "55");
});

test("when another person signs in, nothing of the one before is left", () => {
  const { drafts, storage } = phone();
  drafts.keep(FIELDS, NOW);
  drafts.belongTo("somebody", []);
  assert.deepEqual(drafts.list(), []);
  assert.equal(Array.from(storage.kept.keys()).some((name) => name.startsWith(PREFIX)), false);
});

test("what was kept before anybody was known belongs to whoever signs in first", () => {
  const storage = createStorage();
  const drafts = openDrafts(storage, () => "own-1");
  drafts.keep(FIELDS, NOW);
  drafts.belongTo("me", []);
  assert.equal(drafts.list().length, 1);
});

test("what was refused, and what is being changed, is not sent by itself", () => {
  const { drafts } = phone();
  const [refused, held, later, due] = [1, 2, 3, 4].map(() => drafts.keep(FIELDS, NOW));
  drafts.refuse(refused, { say: "No.", code: "pair_over" });
  drafts.retry(later, NOW);
  assert.deepEqual(drafts.due(NOW, false, held.own).map((one) => one.own), [due.own]);
  assert.deepEqual(drafts.due(NOW, true, held.own).map((one) => one.own), [later.own, due.own]);
});

test("a telephone that was told of no pair knows more than one that was never told", () => {
  const { drafts } = phone();
  const never = openDrafts(createStorage(), () => "own-1");
  assert.deepEqual([never.isKnown(), drafts.isKnown()], [false, true]);
  drafts.belongTo("me", []);
  assert.deepEqual([drafts.isKnown(), drafts.pairs()], [true, []]);
});

test("a broken entry hides no other", () => {
  const { drafts, storage } = phone();
  storage.setItem(PREFIX + "broken", "{");
  drafts.keep(FIELDS, NOW);
  assert.equal(drafts.list().length, 1);
});
