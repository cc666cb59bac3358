import assert from "node:assert/strict";
import { test } from "node:test";
import { createPatience } from "../../static/attendance/patience.js";

// Each pair is [seconds, still].
function observed(patience, moments) {
  moments.forEach(([seconds, still]) => patience.observe({ now: seconds * 1000, still }));
  return patience.isOffered();
}
const hiccup = (at) => [[at, true], [at + 1, true], [at + 2, false]];

test("a picture that moves is left alone", () => {
  assert.equal(observed(createPatience(), [[0, false], [60, false]]), false);
});

test("eight seconds of standing still bring the offer", () => {
  assert.equal(observed(createPatience(), [[0, true], [7.9, true]]), false);
  assert.equal(observed(createPatience(), [[0, true], [8, true]]), true);
});

test("three short stalls within two minutes bring it too", () => {
  assert.equal(observed(createPatience(), [...hiccup(0), ...hiccup(30)]), false);
  assert.equal(observed(createPatience(), [...hiccup(0), ...hiccup(30), ...hiccup(60)]), true);
  assert.equal(observed(createPatience(), [...hiccup(0), ...hiccup(100), ...hiccup(200)]), false);
});

test("the offer stays when the picture moves again, until it is answered", () => {
  assert.equal(observed(createPatience(), [[0, true], [9, true], [10, false], [90, false]]), true);
});

test("who keeps the picture is left in peace for five minutes", () => {
  const patience = createPatience();
  observed(patience, [[0, true], [9, true]]);
  patience.decline(10000);

  assert.equal(observed(patience, [[20, true], [40, true], [300, true]]), false);
  assert.equal(observed(patience, [[311, true]]), true);
});
