// The one line under the picture: recorded, kept on this phone, or not counted because …
// A pure choice from what is known; the sentences stand in the page.

import { count, isEmpty, union, without } from "./maps.js";
import { unsettledLive, unsettledReplay } from "./beat.js";

const KEPT_OUTCOMES = ["failed"];

const owedBits = (record) => !isEmpty(unsettledLive(record)) || !isEmpty(unsettledReplay(record));

const isBlank = (record) => isEmpty(record.live) && isEmpty(record.replay);

// The picture lags behind the clock, so whoever comes late plays the end of a slot from before
// the arrival. That is no news for the family once later slots are recorded.
function isTelling(record) {
  if (!record.why || record.why === "ahead_of_clock") return false;
  if (record.why !== "before_arrival") return true;
  return isEmpty(record.settledLive) && count(record.barredLive) > 1;
}

// Facts about this moment that make the running slot not count, most telling first.
function objection({ phase, records, outcomes, isMoving, isStalled, isFast, isNeeded }) {
  const final = outcomes.find((outcome) => outcome && outcome.kind === "final");
  if (final) return final.code;
  const closed = records.find((record) => record.closed);
  if (closed) return closed.closed;
  if (phase === "early" || outcomes.some((outcome) => outcome && outcome.kind === "early")) {
    return "not_open_yet";
  }
  const barred = records.find(isTelling);
  if (barred) return barred.why;
  if (isNeeded && isFast) return "too_fast";
  if (isNeeded && !isMoving) return isStalled ? "stalled" : "not_playing";
  return null;
}

const whyNobody = ({ phase, isGuest }) => (phase === "over" ? "over" : isGuest ? "guest" : "no_seat");

export function standing(moment) {
  const { records, outcomes, isOnline, isDurable, phase } = moment;
  if (records.length === 0) return { state: "not_counted", why: whyNobody(moment) };
  const final = outcomes.some((outcome) => outcome && outcome.kind === "final");
  const failing = outcomes.some((outcome) => outcome && KEPT_OUTCOMES.includes(outcome.kind));
  const unsent = records.some((record) => record.epoch === null && !record.closed);
  const owed = records.some(owedBits);
  // Without a network a running evening cannot be recorded, even with nothing owed this second.
  const cut = (failing || !isOnline) && (owed || unsent || phase === "waiting" || phase === "live");
  if (!final && phase !== "early" && cut) {
    return { state: "kept", why: isDurable ? "no_network" : "no_storage" };
  }
  const why = objection(moment);
  if (why) return { state: "not_counted", why };
  if (unsent) return { state: "kept", why: "sending" };
  if (owed) return { state: "recorded", why: "newest_on_the_way" };
  if (!records.every(isBlank)) return { state: "recorded", why: null };
  // Who comes only after the end has not arrived; the replay counts once it is played.
  const isAfter = phase === "replay" || phase === "over";
  if (!isAfter) return { state: "recorded", why: "arrived" };
  const isPlaying = moment.isNeeded && moment.isMoving;
  return { state: "not_counted", why: isPlaying ? "just_begun" : "not_watched" };
}

// After these refusals what the phone keeps is sent once the family has entered again.
const ENTER_AGAIN = ["bad_seat", "expired_seat"];

// For the ribbon: what every seat of this phone has settled, and what is still only here.
export function ribbon(records, kind) {
  const settled = kind === "live" ? "settledLive" : "settledReplay";
  const recorded = records.reduce((sum, record) => union(sum, record[settled]), "0");
  const hopeful = records.filter((record) => !record.closed || ENTER_AGAIN.includes(record.closed));
  const played = hopeful.reduce((sum, record) => union(sum, record[kind]), "0");
  const kept = without(played, recorded);
  return { recorded, kept, count: count(recorded), keptCount: count(kept) };
}
