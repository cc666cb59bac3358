import assert from "node:assert/strict";
import { test } from "node:test";
import * as beat from "../../static/attendance/beat.js";

const fresh = () => beat.newRecord({ lecture: 4, seat: 0, campaign: 3 });
const reply = (changes) => Object.assign({ live: "0", replay: "0", ticket: "t1", epoch: "e:1", next: 60, why: null }, changes);
const settledAs = (record, changes) => beat.answered(record, reply(changes), beat.beatBody(record, "token"));

test("a new seat owes its arrival although nothing was played", () => {
  assert.equal(beat.isPending(fresh(), null), true);
  assert.deepEqual(beat.beatBody(fresh(), "token"), { v: 1, seat: "token", lecture: 4, live: "0", replay: "0", ticket: "" });
});

test("after the arrival nothing is owed until a slot is played", () => {
  const arrived = settledAs(fresh(), {});

  assert.equal(beat.isPending(arrived, "e:1"), false);
  assert.equal(beat.isPending(beat.played(arrived, "live", 0), "e:1"), true);
  assert.equal(beat.isPending(beat.played(arrived, "replay", 0), "e:1"), true);
});

test("the whole map goes out each time", () => {
  const record = beat.played(settledAs(beat.played(fresh(), "live", 0), { live: "1" }), "live", 1);

  assert.equal(beat.beatBody(record, "token").live, "3");
  assert.equal(beat.beatBody(record, "token").ticket, "t1");
});

test("a slot played while the beat was under way stays owed", () => {
  const sent = beat.beatBody(beat.played(fresh(), "live", 0), "token");
  const during = beat.played(beat.played(fresh(), "live", 0), "live", 1);
  const record = beat.answered(during, reply({ live: "1" }), sent);

  assert.equal(beat.unsettledLive(record), "2");
});

test("a settled map that lacks bits makes them owed again", () => {
  const record = settledAs(settledAs(beat.played(fresh(), "live", 5), { live: "20" }), { live: "0" });

  assert.equal(beat.isPending(record, "e:1"), true);
});

test("another epoch makes a settled record owed in full", () => {
  const record = settledAs(beat.played(fresh(), "live", 5), { live: "20" });

  assert.equal(beat.isPending(record, "e:1"), false);
  assert.equal(beat.isPending(record, "e:2"), true);
  assert.equal(beat.beatBody(record, "token").live, "20");
});

for (const why of ["before_arrival", "outside_replay_time", "after_closing"]) {
  test(`bits refused for ${why} are not sent for ever`, () => {
    const record = settledAs(beat.played(fresh(), "live", 0), { live: "0", why });

    assert.equal(beat.isPending(record, "e:1"), false);
    assert.equal(record.why, why);
  });
}

test("bits ahead of the server's clock are sent again", () => {
  const record = settledAs(beat.played(fresh(), "live", 0), { live: "0", why: "ahead_of_clock" });

  assert.equal(beat.isPending(record, "e:1"), true);
});

test("a refusal that passes keeps everything and its arrival ticket", () => {
  const record = beat.refused(beat.played(fresh(), "live", 0), { code: "not_durable", ticket: "witnessed" });

  assert.equal(record.ticket, "witnessed");
  assert.equal(record.live, "1");
  assert.equal(beat.isPending(record, null), true);
});

for (const code of ["bad_seat", "expired_seat", "other_campaign", "unknown_lecture", "over", "malformed", "too_large"]) {
  test(`${code} ends the sending, loses no map, and a new entry opens it again`, () => {
    const record = beat.refused(beat.played(fresh(), "live", 0), { code });

    assert.equal(beat.isPending(record, "e:1"), false);
    assert.equal(record.live, "1");
    assert.equal(beat.isPending(beat.reopened(record), "e:1"), true);
  });
}

test("the next beat lies within a fifth of what the server asked", () => {
  assert.equal(beat.afterAnswer({ next: 60 }, 0, () => 0).dueAt, 48000);
  assert.equal(Math.round(beat.afterAnswer({ next: 60 }, 0, () => 1).dueAt), 72000);
});

test("failures wait longer each time, up to two minutes, never less than asked", () => {
  let schedule = beat.START;
  const waits = [];
  for (let turn = 0; turn < 10; turn += 1) {
    schedule = beat.afterFailure(schedule, 0, 0, () => 1);
    waits.push(schedule.dueAt);
  }

  assert.deepEqual(waits.slice(0, 4), [2000, 4000, 8000, 16000]);
  assert.equal(waits[9], 120000);
  assert.ok(beat.afterFailure(beat.START, 45, 0, () => 0).dueAt >= 45000);
});

test("before the doors open nobody knocks too early", () => {
  assert.ok(beat.afterTooEarly({ next: 300 }, 0, () => 0).dueAt >= 300000);
});

test("who has taken leave keeps no trace of what is watched, and nothing unsent", () => {
  const settled = beat.played(beat.newRecord({ lecture: 4, seat: 0, campaign: 3 }), "live", 0);
  const reply = { live: "1", replay: "0", epoch: "e:1", why: null };
  const record = beat.played(beat.answered(settled, reply, beat.beatBody(settled, "t")), "live", 1);

  const left = beat.played(beat.refused(record, { code: "withdrawn" }), "live", 2);

  assert.equal(left.live, "1");
  assert.equal(beat.reopened(left).live, "1");
});
