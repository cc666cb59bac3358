// Which slots of a lecture were really played, from media time against the phone's clock.
// Only forward movement at about the real pace counts: seeks and speed-up earn nothing, a second
// heard twice counts once, and a page hidden behind a locked screen earns while the sound moves.

export const MAX_RATE = 1.25;
const SHARE = 2 / 3;
// Media time arrives in steps of about a quarter second and clocks are read apart from it.
const SLACK_SECONDS = 0.75;

export function createSlots({ count, slotSeconds }) {
  const heard = [];
  const played = new Set();
  let last = null;
  let spare = SLACK_SECONDS;

  function hear(from, to) {
    const news = [];
    const first = Math.max(0, Math.floor(from / slotSeconds));
    const final = Math.min(count - 1, Math.floor(to / slotSeconds));
    for (let slot = first; slot <= final; slot += 1) {
      const begin = Math.max(from, slot * slotSeconds);
      const end = Math.min(to, (slot + 1) * slotSeconds);
      heard[slot] = merged(heard[slot] || [], begin, end);
      if (!played.has(slot) && length(heard[slot]) >= SHARE * slotSeconds - 0.01) {
        played.add(slot);
        news.push(slot);
      }
    }
    return news;
  }

  return {
    // position: seconds into the lecture; wall: milliseconds; returns the slots just completed.
    tick({ position, wall, rate = 1, moving = true }) {
      const before = last;
      last = moving && Number.isFinite(position) ? { position, wall } : null;
      if (before === null || last === null || rate > MAX_RATE) return [];
      const step = position - before.position;
      const allowed = spare + (Math.max(0, wall - before.wall) / 1000) * MAX_RATE;
      if (step <= 0 || step > allowed) return [];
      spare = Math.min(SLACK_SECONDS, allowed - step);
      return hear(before.position, position);
    },
    jump() {
      last = null;
    },
  };
}

function merged(ranges, begin, end) {
  const out = [];
  let range = [begin, end];
  ranges.forEach((other) => {
    if (other[1] < range[0] || other[0] > range[1]) out.push(other);
    else range = [Math.min(range[0], other[0]), Math.max(range[1], other[1])];
  });
  return end > begin ? out.concat([range]) : ranges;
}

function length(ranges) {
  return ranges.reduce((sum, range) => sum + range[1] - range[0], 0);
}
