// Sends the beats of this phone: one seat at a time, never two at once, never more often than the
// server asked. Earlier evenings that were not settled go along. Everything outside is handed in.

import * as beat from "./beat.js";
import { listSeats } from "./seats.js";

const START_OF_KEYS = "map:";
const TIMEOUT_MS = 20000;

export function createSender({ store, seats, lecture, post, beacon, clock, random, timers, onChange }) {
  const schedules = new Map();
  const outcomes = new Map();
  const beaconed = new Map();
  let busy = false;
  let timer = null;
  // A phone whose clock is wrong has learnt so on an earlier visit.
  let offset = store.get("clock") || 0;

  const keyOf = (seat) => START_OF_KEYS + lecture.id + ":" + seat.campaign + ":" + seat.home;
  const serverNow = () => clock() + offset;
  const scheduleOf = (key) => schedules.get(key) || beat.START;
  const epoch = () => store.get("epoch");

  function update(key, change) {
    const next = change(store.get(key));
    store.put(key, next);
    return next;
  }

  function wanted() {
    const now = clock();
    return store
      .keys(START_OF_KEYS)
      .map((key) => ({ key, record: store.get(key) }))
      .filter(({ record }) => record && typeof record.live === "string")
      .map((each) => Object.assign(each, { seat: seatOf(each.record, now) }))
      .filter(({ seat, record }) => seat && (beat.isPending(record, epoch()) || isRegular(record)))
      .sort((a, b) => scheduleOf(a.key).dueAt - scheduleOf(b.key).dueAt);
  }

  function seatOf(record, now) {
    return listSeats(store, record.campaign, now).find((seat) => seat.home === record.seat);
  }

  // While the evening runs every seat beats, whatever the picture does: that is its presence.
  const isRegular = (record) =>
    record.lecture === lecture.id && !record.closed && serverNow() < lecture.ends_at;

  function step() {
    timers.clear(timer);
    timer = null;
    if (busy) return;
    const next = wanted()[0];
    if (!next) return;
    const wait = scheduleOf(next.key).dueAt - clock();
    if (wait > 0) timer = timers.set(step, Math.min(wait, 60000));
    else send(next);
  }

  async function send({ key, record, seat }) {
    busy = true;
    const sent = beat.beatBody(record, seat.token);
    const begun = clock();
    const answer = await post("/b", sent, TIMEOUT_MS).catch(() => null);
    busy = false;
    if (answer && answer.reply && answer.reply.now) {
      offset = answer.reply.now - (begun + clock()) / 2;
      store.put("clock", offset);
    }
    if (answer && answer.status === 200 && answer.reply) settle(key, answer.reply, sent);
    else decline(key, answer);
    onChange();
    step();
  }

  function settle(key, reply, sent) {
    const before = epoch();
    store.put("epoch", reply.epoch);
    update(key, (record) => beat.answered(record, reply, sent));
    schedules.set(key, beat.afterAnswer(reply, clock(), random));
    outcomes.set(key, { kind: "answered" });
    if (before && before !== reply.epoch) {
      schedules.forEach((schedule, other) => {
        if (other !== key) schedules.set(other, { dueAt: clock() + 3000 * random(), failures: 0 });
      });
    }
  }

  function decline(key, answer) {
    const reply = answer && answer.reply;
    const code = reply ? reply.code : "no_network";
    update(key, (record) => beat.refused(record, reply));
    if (code === "not_open_yet") {
      schedules.set(key, beat.afterTooEarly(reply, clock(), random));
      outcomes.set(key, { kind: "early", code });
      return;
    }
    const asked = (answer && answer.retryAfter) || (reply && reply.next) || 0;
    schedules.set(key, beat.afterFailure(scheduleOf(key), asked, clock(), random));
    outcomes.set(key, { kind: beat.isFinal(code) ? "final" : "failed", code, say: reply && reply.say });
  }

  return {
    serverNow,
    step,
    begin() {
      seats.forEach((seat) => {
        const made = beat.newRecord({ lecture: lecture.id, seat: seat.home, campaign: seat.campaign });
        // A seat may have been refused under an older token; a new visit asks again.
        update(keyOf(seat), (kept) => (kept ? beat.reopened(kept) : made));
      });
      step();
    },
    played(kind, slot) {
      seats.forEach((seat) => update(keyOf(seat), (record) => beat.played(record, kind, slot)));
      onChange();
      step();
    },
    online() {
      schedules.forEach((schedule, key) => {
        if (schedule.failures) schedules.set(key, { dueAt: clock() + 500 * random(), failures: 0 });
      });
      step();
    },
    // The page may be gone in a moment: hand over what is not settled, without waiting.
    leave() {
      wanted().forEach(({ key, record, seat }) => {
        const state = record.live + "/" + record.replay;
        if (!beat.isPending(record, epoch()) || beaconed.get(key) === state) return;
        if (beacon("/b", beat.beatBody(record, seat.token))) beaconed.set(key, state);
      });
    },
    views: () =>
      seats.map((seat) => ({
        seat,
        record: store.get(keyOf(seat)),
        outcome: outcomes.get(keyOf(seat)) || null,
        pending: beat.isPending(store.get(keyOf(seat)), epoch()),
      })),
  };
}
