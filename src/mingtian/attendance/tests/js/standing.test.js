import assert from "node:assert/strict";
import { test } from "node:test";
import * as beat from "../../static/attendance/beat.js";
import { ribbon, standing } from "../../static/attendance/standing.js";
import { markOf } from "../../static/attendance/ribbon.js";

const fresh = () => beat.newRecord({ lecture: 4, seat: 0, campaign: 3 });
const answer = (record, changes) => beat.answered(record, Object.assign({ live: record.live, replay: "0", epoch: "e:1", why: null }, changes), beat.beatBody(record, "t"));
const moment = (changes) => Object.assign({
  phase: "live", records: [answer(fresh(), {})], outcomes: [{ kind: "answered" }],
  isOnline: true, isDurable: true, isNeeded: true, isMoving: true, isFast: false,
}, changes);

const failed = [{ kind: "failed", code: "no_network" }];
const owing = [beat.played(answer(fresh(), {}), "live", 0)];

for (const [what, changes, state, why] of [
  ["all is settled", { records: [answer(owing[0], {})] }, "recorded", null],
  ["the arrival is settled and nothing was played yet", {}, "recorded", "arrived"],
  ["the newest slot waits for its beat", { records: owing }, "recorded", "newest_on_the_way"],
  ["the first beat is under way", { records: [fresh()], outcomes: [null] }, "kept", "sending"],
  ["the last beat failed", { records: owing, outcomes: failed }, "kept", "no_network"],
  ["the phone is offline", { isOnline: false }, "kept", "no_network"],
  ["the phone is offline and cannot store", { isOnline: false, isDurable: false }, "kept", "no_storage"],
  ["offline after the end with nothing played", { isOnline: false, phase: "replay", isNeeded: false }, "not_counted", "not_watched"],
  ["the family chose to be a guest", { records: [], outcomes: [], isGuest: true }, "not_counted", "guest"],
  ["a guest comes after everything is over", { records: [], outcomes: [], isGuest: true, phase: "over" }, "not_counted", "over"],
  ["a replay has just begun to play", { phase: "replay" }, "not_counted", "just_begun"],
  ["a replay was opened and does not play", { phase: "replay", isNeeded: false }, "not_counted", "not_watched"],
  ["the family has taken its leave", { outcomes: [{ kind: "final", code: "withdrawn" }] }, "not_counted", "withdrawn"],
  ["nobody has entered", { records: [], outcomes: [] }, "not_counted", "no_seat"],
  ["the doors are shut", { phase: "early", records: [fresh()], outcomes: [{ kind: "early", code: "not_open_yet" }] }, "not_counted", "not_open_yet"],
  ["the seat is refused", { outcomes: [{ kind: "final", code: "bad_seat" }] }, "not_counted", "bad_seat"],
  ["the time is over", { records: [beat.refused(owing[0], { code: "over" })] }, "not_counted", "over"],
  ["several slots lie before the arrival", { records: [answer(beat.played(owing[0], "live", 1), { live: "0", why: "before_arrival" })] }, "not_counted", "before_arrival"],
  ["only the slot in which they came lies before it", { records: [answer(owing[0], { live: "0", why: "before_arrival" })] }, "recorded", null],
  ["later slots are recorded", { records: [answer(beat.played(owing[0], "live", 1), { live: "2", why: "before_arrival" })] }, "recorded", null],
  ["the picture stands still for want of signal", { isMoving: false, isStalled: true }, "not_counted", "stalled"],
  ["the picture is paused", { isMoving: false }, "not_counted", "not_playing"],
  ["the picture is paused before the lecture", { isMoving: false, isNeeded: false, phase: "waiting" }, "recorded", "arrived"],
  ["the speed is turned up", { isFast: true }, "not_counted", "too_fast"],
]) {
  test(`when ${what} the line says ${state}${why ? ", " + why : ""}`, () => {
    assert.deepEqual(standing(moment(changes)), { state, why });
  });
}

test("what will never be sent is not said to be on the way", () => {
  const later = beat.played(answer(beat.played(fresh(), "live", 0), {}), "live", 1);
  const keptAfter = (code) => ribbon([beat.refused(later, { code })], "live").keptCount;

  assert.deepEqual(["withdrawn", "over", "unknown_lecture"].map(keptAfter), [0, 0, 0]);
  assert.deepEqual(["bad_seat", "expired_seat"].map(keptAfter), [1, 1]);
});

test("the ribbon shows as recorded only what is settled", () => {
  const marks = ribbon([beat.played(answer(beat.played(fresh(), "live", 0), {}), "live", 1)], "live");

  assert.deepEqual(marks, { recorded: "1", kept: "2", count: 1, keptCount: 1 });
  assert.equal(markOf(0, Object.assign({ reached: 3.5 }, marks)), "recorded");
  assert.equal(markOf(1, Object.assign({ reached: 3.5 }, marks)), "kept");
  assert.equal(markOf(2, Object.assign({ reached: 3.5 }, marks)), "missed");
  assert.equal(markOf(4, Object.assign({ reached: 3.5 }, marks)), "ahead");
});
