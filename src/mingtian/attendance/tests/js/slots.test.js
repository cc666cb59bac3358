import assert from "node:assert/strict";
import { test } from "node:test";
import { createSlots } from "../../static/attendance/slots.js";

// Plays from one place to another in steps of a quarter second of the phone's clock.
function play(slots, from, to, { rate = 1, wall = 0, claimed = rate, step = 0.25 } = {}) {
  const earned = [];
  let now = wall;
  for (let position = from; position <= to + 1e-9; position += step * rate) {
    earned.push(...slots.tick({ position, wall: now, rate: claimed }));
    now += step * 1000;
  }
  return { earned, now };
}

const evening = () => createSlots({ count: 60, slotSeconds: 60 });

test("a slot is played when two thirds of it were heard", () => {
  assert.deepEqual(play(evening(), 0, 39.5).earned, []);
  assert.deepEqual(play(evening(), 0, 40).earned, [0]);
});

test("a whole lecture earns every slot once, in order", () => {
  const { earned } = play(evening(), 0, 3600, { step: 0.5 });

  assert.deepEqual(earned, Array.from({ length: 60 }, (_, slot) => slot));
});

test("the same seconds heard twice count once", () => {
  const slots = evening();
  const first = play(slots, 0, 30);
  slots.jump();
  const second = play(slots, 0, 30, { wall: first.now });

  assert.deepEqual(first.earned.concat(second.earned), []);
});

test("two halves of a slot join even when the second comes first", () => {
  const slots = evening();
  const late = play(slots, 30, 59);
  slots.jump();
  const early = play(slots, 5, 20, { wall: late.now });

  assert.deepEqual(early.earned, [0]);
});

test("turning the speed up earns nothing", () => {
  assert.deepEqual(play(evening(), 0, 600, { rate: 2 }).earned, []);
});

test("a script that hides its speed earns nothing beyond the real pace", () => {
  assert.deepEqual(play(evening(), 0, 600, { rate: 4, claimed: 1 }).earned, []);
});

test("a slight speed-up still counts", () => {
  assert.deepEqual(play(evening(), 0, 60, { rate: 1.25 }).earned, [0]);
});

test("a seek forward earns nothing of what was jumped over", () => {
  const slots = evening();
  slots.tick({ position: 0, wall: 0 });

  assert.deepEqual(slots.tick({ position: 600, wall: 250 }), []);
  assert.deepEqual(slots.tick({ position: 600.25, wall: 500 }), []);
});

test("many small jumps cannot outrun the clock", () => {
  const slots = evening();
  let earned = [];
  for (let tick = 0; tick < 100; tick += 1) {
    earned = earned.concat(slots.tick({ position: tick * 0.9, wall: tick * 250 }));
  }

  assert.deepEqual(earned, []);
});

test("a page hidden behind a locked screen earns when the sound moved as long as the clock", () => {
  const slots = evening();
  slots.tick({ position: 0, wall: 0 });

  assert.deepEqual(slots.tick({ position: 120, wall: 120000 }), [0, 1]);
});

test("a paused picture earns nothing while the clock runs", () => {
  const slots = evening();
  play(slots, 0, 20);
  slots.tick({ position: 20, wall: 20000, moving: false });

  assert.deepEqual(slots.tick({ position: 20, wall: 80000 }), []);
});

test("what lies before the lecture or after it is no slot", () => {
  assert.deepEqual(play(evening(), -120, -1).earned, []);
  assert.deepEqual(play(evening(), 3600, 3700).earned, []);
});

test("a position that is not known is passed over", () => {
  const slots = evening();
  slots.tick({ position: 0, wall: 0 });

  assert.deepEqual(slots.tick({ position: NaN, wall: 250 }), []);
  assert.deepEqual(slots.tick({ position: 0.5, wall: 500 }), []);
});

test("a ten-minute evening has slots of ten seconds", () => {
  const { earned } = play(createSlots({ count: 60, slotSeconds: 10 }), 0, 30);

  assert.deepEqual(earned, [0, 1, 2]);
});
