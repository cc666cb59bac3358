// Where an evening stands, by the server's clock, and how its times are written.

export function phaseOf(lecture, now) {
  if (now < lecture.doors_at) return "early";
  if (now < lecture.starts_at) return "waiting";
  if (now < lecture.ends_at) return "live";
  if (now < lecture.replay_until) return "replay";
  return "over";
}

// The lecture a family means when it opens the code now: the one with open doors, else the
// next, else the last one.
export function lectureFor(lectures, now) {
  const inOrder = lectures.slice().sort((a, b) => a.starts_at - b.starts_at);
  const open = inOrder.find((each) => now >= each.doors_at && now < each.ends_at);
  const next = inOrder.find((each) => now < each.doors_at);
  // Until the late phones are in, the evening's page stays the one that opens.
  const late = inOrder.find((each) => now >= each.ends_at && now < each.closes_at);
  return open || late || next || inOrder[inOrder.length - 1] || null;
}

export function minutesUntil(instant, now) {
  return Math.max(0, Math.ceil((instant - now) / 60000));
}

// People read Shanghai time, which has no summer time; arithmetic works on phones without Intl.
const shanghai = (instant) => new Date(instant + 8 * 3600 * 1000);

export function timeWords(instant) {
  const at = shanghai(instant);
  return at.getUTCHours() + ":" + String(at.getUTCMinutes()).padStart(2, "0");
}

export function sameDay(one, other) {
  return shanghai(one).toISOString().slice(0, 10) === shanghai(other).toISOString().slice(0, 10);
}

export function dayWords(instant, language) {
  const at = shanghai(instant);
  try {
    const form = { month: "long", day: "numeric", timeZone: "UTC" };
    return new Intl.DateTimeFormat(language, form).format(at);
  } catch (absent) {
    return at.getUTCMonth() + 1 + "-" + at.getUTCDate();
  }
}
