// What stands over the picture, as a title and a line more; both empty while it plays.

import { filled } from "./page.js";
import { dayWords, minutesUntil, sameDay, timeWords } from "./phase.js";

function beforeLecture({ phase, lecture, words, language, now, isIn }) {
  const values = {
    time: timeWords(lecture.starts_at), doors: timeWords(lecture.doors_at),
    day: dayWords(lecture.starts_at, language), minutes: minutesUntil(lecture.starts_at, now),
  };
  if (phase === "early") {
    return [filled(sameDay(lecture.starts_at, now) ? words.early : words.early_day, values), ""];
  }
  const left = values.minutes > 1 ? words.minutes : words.one_minute;
  return [filled(isIn ? words.waiting_in : words.waiting, values), filled(left, values)];
}

function afterLecture({ phase, lecture, words }) {
  const isReplayable = phase === "replay" && lecture.replay_url;
  return isReplayable ? [words.replay, words.replay_more] : [words.over, ""];
}

export function coverWords(scene) {
  const { phase, state, kind, words, isOpen } = scene;
  if (phase === "early" || phase === "waiting") return beforeLecture(scene);
  if (state === "state_only" && phase === "live") return [words.state_only, words.state_only_more];
  if (!isOpen && phase !== "live") return afterLecture(scene);
  return {
    no_picture: [words.no_picture, words.no_picture_more],
    trouble: [words.trouble, words.trouble_more],
    blocked: [kind === "live" ? words.blocked : words.replay, ""],
    opening: [words.opening, ""],
    idle: [words.opening, ""],
  }[state] || ["", ""];
}
