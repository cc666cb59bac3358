// The beat as values: what one seat has played of one lecture, what of it the server has
// settled, and when the next beat is due. Pure; sender.js does the sending.

import { EMPTY, isEmpty, withSlot, without } from "./maps.js";

const FIRST_RETRY_SECONDS = 2;
const LAST_RETRY_SECONDS = 120;
const JITTER = 0.2;
const LEFT = "withdrawn";
const USUAL_SECONDS = 60;

export function newRecord({ lecture, seat, campaign }) {
  return {
    lecture, seat, campaign,
    live: EMPTY, replay: EMPTY, settledLive: EMPTY, settledReplay: EMPTY,
    barredLive: EMPTY, barredReplay: EMPTY,
    ticket: "", epoch: null, why: null, closed: null,
  };
}

export function played(record, kind, slot) {
  // Who has taken leave watches without a trace, on the phone too.
  if (record.closed === LEFT) return record;
  return Object.assign({}, record, { [kind]: withSlot(record[kind], slot) });
}

const owed = (map, settled, barred) => without(without(map, settled), barred);

export const unsettledLive = (record) => owed(record.live, record.settledLive, record.barredLive);

export const unsettledReplay = (record) =>
  owed(record.replay, record.settledReplay, record.barredReplay);

// A reply under another epoch may come from a server that lost its last moments, so whatever
// was settled before it is sent once more.
export function isPending(record, epoch) {
  if (record.closed) return false;
  if (record.epoch === null || (epoch && record.epoch !== epoch)) return true;
  return !isEmpty(unsettledLive(record)) || !isEmpty(unsettledReplay(record));
}

export function beatBody(record, token) {
  return {
    v: 1, seat: token, lecture: record.lecture,
    live: record.live, replay: record.replay, ticket: record.ticket,
  };
}

const FINAL_REASONS = ["before_arrival", "outside_replay_time", "after_closing"];

// `sent` is the body that was answered; slots played since then stay owed.
export function answered(record, reply, sent) {
  const barred = FINAL_REASONS.includes(reply.why);
  return Object.assign({}, record, {
    settledLive: reply.live || EMPTY,
    settledReplay: reply.replay || EMPTY,
    barredLive: barred ? without(sent.live, reply.live) : EMPTY,
    barredReplay: barred ? without(sent.replay, reply.replay) : EMPTY,
    ticket: reply.ticket || record.ticket,
    epoch: reply.epoch,
    why: reply.why || null,
  });
}

const FINAL_CODES = [
  "bad_seat", "expired_seat", "withdrawn", "other_campaign", "unknown_lecture", "over", "malformed",
  "too_large",
];

export const isFinal = (code) => FINAL_CODES.includes(code);

export function refused(record, reply) {
  const kept = Object.assign({}, record, { ticket: (reply && reply.ticket) || record.ticket });
  if (!reply || !isFinal(reply.code)) return kept;
  const left = { live: kept.settledLive, replay: kept.settledReplay };
  return Object.assign(kept, { closed: reply.code }, reply.code === LEFT ? left : {});
}

export function reopened(record) {
  return record.closed ? Object.assign({}, record, { closed: null, epoch: null }) : record;
}

export const START = { dueAt: 0, failures: 0 };

const spread = (seconds, random) => seconds * 1000 * (1 - JITTER + 2 * JITTER * random());

export function afterAnswer(reply, now, random) {
  return { dueAt: now + spread(reply.next || USUAL_SECONDS, random), failures: 0 };
}

// Before the doors open everybody waits for the same second: only ever later, never earlier.
export function afterTooEarly(reply, now, random) {
  const wait = Math.min(reply.next || USUAL_SECONDS, 600);
  return { dueAt: now + wait * 1000 + random() * 5000, failures: 0 };
}

export function afterFailure(schedule, askedSeconds, now, random) {
  const failures = schedule.failures + 1;
  const grown = Math.min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * Math.pow(2, failures - 1));
  const own = grown * 1000 * (0.5 + 0.5 * random());
  const asked = askedSeconds ? askedSeconds * 1000 * (1 + JITTER * random()) : 0;
  return { dueAt: now + Math.max(own, asked), failures };
}
