import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, step } from "../../static/boards/curve.js";
import { expectedOf, grouped, inOrder, percent, presentState } from "../../static/boards/show.js";
import { nextPage } from "../../static/boards/wall.js";

test("counts are grouped alike in both languages, a missing one is a dash", () => {
  assert.equal(grouped(128620), "128,620");
  assert.equal(grouped(0), "0");
  assert.equal(grouped(null), "–");
});

test("a rate never becomes all or nothing by rounding", () => {
  assert.equal(percent(9999, 10000), "99.9%");
  assert.equal(percent(1, 10000), "0.1%");
  assert.equal(percent(40, 40), "100.0%");
  assert.equal(percent(41, 40), "102.5%");
  assert.equal(percent(0, 40), "0.0%");
});

test("units follow the server's places; those without one come last, in their order", () => {
  const units = [
    { unit: "a", place_by_rate: null },
    { unit: "b", place_by_rate: 2 },
    { unit: "c", place_by_rate: 1 },
    { unit: "d", place_by_rate: 2 },
  ];
  const placed = inOrder(units, "rate");
  assert.deepEqual(placed.map((each) => each.unit.unit), ["c", "b", "d", "a"]);
  assert.deepEqual(placed.map((each) => each.place), [1, 2, 2, null]);
});

test("present is called by what it is: in the hall, now, at the end", () => {
  assert.equal(presentState({ seen: null, phase: "waiting" }), "waiting");
  assert.equal(presentState({ seen: null, phase: "running" }), "waiting");
  assert.equal(presentState({ seen: 3, phase: "running" }), "now");
  assert.equal(presentState({ seen: 59, phase: "late" }), "end");
});

test("slots that have not begun have no bar", () => {
  assert.deepEqual(bars([5, 6, 0, 0], 1), [5, 6, null, null]);
});

test("a long list turns its pages and begins again; a short one stands still", () => {
  assert.equal(nextPage(0, 500, 500), 0);
  assert.equal(nextPage(0, 500, 1200), 500);
  assert.equal(nextPage(500, 500, 1200), 700);
  assert.equal(nextPage(700, 500, 1200), 0);
});

test("labels of the curve stand on even minutes: hours by ten slots, ten minutes by twelve", () => {
  const begins = (seconds) =>
    Array.from({ length: 60 }, (_, slot) => {
      const minute = Math.floor((36 + slot * seconds) / 60);
      return `${20 + Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
    });
  assert.equal(step(begins(60)), 10);
  assert.equal(step(begins(10)), 12);
  assert.equal(step(begins(45)), 12);
});

test("the exempt leave the denominator; without one nobody is expected", () => {
  assert.equal(expectedOf({ expected: 40, exempt: 2 }), 38);
  assert.equal(expectedOf({ expected: null, exempt: 0 }), 0);
});
