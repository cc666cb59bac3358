import assert from "node:assert/strict";
import { test } from "node:test";
import { slideAddress, slideAt } from "../../static/attendance/slides.js";

const lecture = { starts_at: 1000000, ends_at: 1000000 + 600000, slide_ms: 30000, slide_count: 20, slides_url: "/media/r/slides/" };
const live = (seconds) => slideAt(lecture, { kind: "live", now: lecture.starts_at + seconds * 1000, currentTime: 0 });

for (const [seconds, index] of [[-1, -1], [0, 0], [29.9, 0], [30, 1], [599, 19], [4000, 19]]) {
  test(`live, ${seconds} s after the beginning slide ${index} stands by the server's clock`, () => {
    assert.equal(live(seconds), index);
  });
}

test("in a replay the place in the recording decides", () => {
  assert.equal(slideAt(lecture, { kind: "replay", now: 9e9, currentTime: 61 }), 2);
});

test("no slide lies behind the end of the lecture", () => {
  const longer = Object.assign({}, lecture, { ends_at: lecture.starts_at + 65000 });
  assert.equal(slideAt(longer, { kind: "live", now: 9e9, currentTime: 0 }), 2);
});

test("a recording from before slides has none", () => {
  assert.equal(slideAt({ slide_count: 0 }, { kind: "live", now: 9e9, currentTime: 0 }), -1);
});

test("slides are named with five digits", () => {
  assert.equal(slideAddress(lecture, 7), "/media/r/slides/00007.jpg");
});
