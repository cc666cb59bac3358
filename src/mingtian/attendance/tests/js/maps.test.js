import assert from "node:assert/strict";
import { test } from "node:test";
import { count, has, isEmpty, same, union, withSlot, without } from "../../static/attendance/maps.js";

test("the first and the last slot stand at both ends of the wire form", () => {
  assert.equal(withSlot("", 0), "1");
  assert.equal(withSlot("0", 59), "800000000000000");
  assert.equal(has("800000000000000", 59), true);
  assert.equal(has("800000000000000", 58), false);
});

test("all sixty slots make fifteen f", () => {
  let map = "";
  for (let slot = 0; slot < 60; slot += 1) map = withSlot(map, slot);

  assert.equal(map, "fffffffffffffff");
  assert.equal(count(map), 60);
});

test("slots outside the lecture change nothing", () => {
  assert.equal(withSlot("3", -1), "3");
  assert.equal(withSlot("3", 60), "3");
  assert.equal(withSlot("3", NaN), "3");
});

test("union keeps everything and difference takes away only what is there", () => {
  assert.equal(union("5", "2"), "7");
  assert.equal(union("f00000000000000", "1"), "f00000000000001");
  assert.equal(without("7", "2"), "5");
  assert.equal(without("5", "2"), "5");
  assert.equal(isEmpty(without("3ff", "3ff")), true);
});

test("text that is no map counts as empty", () => {
  assert.equal(union("zz", "1"), "1");
  assert.equal(union(undefined, null), "0");
  assert.equal(same("00ff", "FF"), true);
});
