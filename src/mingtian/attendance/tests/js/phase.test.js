import assert from "node:assert/strict";
import { test } from "node:test";
import { lectureFor, minutesUntil, phaseOf, sameDay, timeWords } from "../../static/attendance/phase.js";
import { placeInLecture } from "../../static/attendance/player.js";
import { coverWords } from "../../static/attendance/cover.js";
import { codeFrom } from "../../static/attendance/code.js";
import { HOUR, LECTURE, START } from "./world.js";

for (const [when, phase] of [
  [START - 700000, "early"], [START - 600000, "waiting"], [START, "live"],
  [START + HOUR - 1, "live"], [START + HOUR, "replay"], [START + 40 * HOUR, "over"],
]) {
  test(`${(when - START) / 60000} minutes from the start the hall is ${phase}`, () => {
    assert.equal(phaseOf(LECTURE, when), phase);
  });
}

test("where no replay counts the evening is over at its end", () => {
  assert.equal(phaseOf(Object.assign({}, LECTURE, { replay_until: 0 }), START + HOUR), "over");
});

const day = (number) => {
  const shift = (number - 1) * 24 * HOUR;
  const moved = { id: number };
  for (const name of ["starts_at", "ends_at", "doors_at", "closes_at"]) moved[name] = LECTURE[name] + shift;
  return moved;
};
const campaign = [day(3), day(1), day(2)];

for (const [hours, id] of [[-30, 1], [0, 1], [1.5, 1], [5, 2], [24.5, 2], [47.9, 3], [200, 3]]) {
  test(`${hours} hours from the first evening the code opens lecture ${id}`, () => {
    assert.equal(lectureFor(campaign, START + hours * HOUR).id, id);
  });
}

test("a campaign without lectures opens none", () => {
  assert.equal(lectureFor([], START), null);
});

test("people read Shanghai time wherever the phone believes to be", () => {
  assert.equal(timeWords(START), "20:00");
  assert.equal(sameDay(START, START + 3.9 * HOUR), true);
  assert.equal(sameDay(START, START + 4.1 * HOUR), false);
});

test("the countdown never says less than is left", () => {
  assert.equal(minutesUntil(START, START - 61000), 2);
  assert.equal(minutesUntil(START, START + 1), 0);
});

test("the picture's own date places it in the lecture, live and replayed", () => {
  const shown = { kind: "live", shownAt: START + 90000, currentTime: 7, edge: 0, now: START + 120000 };

  assert.equal(placeInLecture(LECTURE, shown), 90);
  assert.equal(placeInLecture(LECTURE, Object.assign({}, shown, { kind: "replay" })), 90);
});

test("without a date a replay counts from its beginning and live from its edge", () => {
  const shown = { shownAt: null, currentTime: 30, edge: 40, now: START + 120000 };

  assert.equal(placeInLecture(LECTURE, Object.assign({ kind: "replay" }, shown)), 30);
  assert.equal(placeInLecture(LECTURE, Object.assign({ kind: "live" }, shown)), 106);
});

for (const [typed, code] of [
  [" K7M2-Q9XD ", "k7m2q9xd"], ["k7m2 q9xo", "k7m2q9x0"], ["Il7m", "117m"],
  ["http://example.test/e/k7m2q9xd?lang=en", "k7m2q9xd"], ["", ""],
]) {
  test(`“${typed}” is read as “${code}”`, () => assert.equal(codeFrom(typed), code));
}

const words = Object.fromEntries(["early", "early_day", "waiting", "waiting_in", "minutes", "one_minute", "opening",
  "trouble", "trouble_more", "unplayable", "no_picture", "no_picture_more", "blocked", "replay", "replay_more", "over"]
  .map((name) => [name, name]));

for (const [what, changes, title] of [
  ["the day before", { phase: "early", now: START - 24 * HOUR }, "early_day"],
  ["an hour before", { phase: "early", now: START - HOUR }, "early"],
  ["waiting before the first beat is answered", { phase: "waiting", isIn: false }, "waiting"],
  ["waiting and in", { phase: "waiting" }, "waiting_in"],
  ["while the picture opens", { state: "opening" }, "opening"],
  ["while it plays", { state: "started" }, ""],
  ["where the browser asks for a tap", { state: "blocked" }, "blocked"],
  ["with a weak signal", { state: "trouble" }, "trouble"],
  ["without a recording", { state: "no_picture", isOpen: false }, "no_picture"],
  ["after the end", { phase: "replay", isOpen: false }, "replay"],
  ["after the end of a lecture without replay", { phase: "replay", isOpen: false, lecture: LECTURE }, "over"],
  ["when all is over", { phase: "over", isOpen: false }, "over"],
]) {
  test(`${what} the cover says ${title || "nothing"}`, () => {
    const lecture = Object.assign({}, LECTURE, { replay_url: "/replay/4/master.m3u8" });
    const scene = { phase: "live", state: "started", kind: "live", lecture, words, language: "en", now: START - 60000, isIn: true, isOpen: true };

    assert.equal(coverWords(Object.assign(scene, changes))[0], title);
  });
}
