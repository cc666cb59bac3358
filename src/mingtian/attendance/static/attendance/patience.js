// When to offer sound with slides: after one long stall or several short ones. Pure; it offers and
// never decides, and whoever keeps the picture is left in peace for a while.

const LONG_MS = 8000;
const SHORT_MS = 1500;
const OFTEN = 3;
const WITHIN_MS = 120000;
const PEACE_MS = 300000;

export function createPatience() {
  let since = null;
  let stalls = [];
  let quietUntil = 0;
  let offered = false;

  function note(now) {
    if (since !== null && now - since >= SHORT_MS) stalls.push(now);
    stalls = stalls.filter((at) => now - at < WITHIN_MS);
    since = null;
  }

  return {
    // Called each second: `still` says that something should play and does not move.
    observe({ now, still }) {
      if (!still) note(now);
      else if (since === null) since = now;
      const isLong = since !== null && now - since >= LONG_MS;
      if (now >= quietUntil && (isLong || stalls.length >= OFTEN)) offered = true;
      return offered;
    },
    decline(now) {
      offered = false;
      stalls = [];
      since = null;
      quietUntil = now + PEACE_MS;
    },
    isOffered: () => offered,
  };
}
