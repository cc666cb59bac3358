// Drafts of visits on a phone. Each is one entry of the storage, so that two tabs never overwrite
// each other, and holds the pair's number, never a name. It goes when the server has it, when the
// person removes it or signs out, and for no other reason.

export const PREFIX = "mingtian.draft.";
export const WHO = "mingtian.pairs.who";
export const MINE = "mingtian.pairs.mine";

const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 600000;
const DAY = 86400000;

// The pause after so many fruitless tries: 5 s, 10 s, … to ten minutes, and up to a fifth more by
// chance, so that a village's phones do not come back at the same second.
export function pauseAfter(tries, chance = Math.random()) {
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, tries - 1));
  return Math.round(pause * (1 + chance / 5));
}

export function openDrafts(storage, makeId) {
  const read = (name) => {
    try {
      return JSON.parse(storage.getItem(name));
    } catch (broken) {
      return null;
    }
  };
  const write = (draft) => storage.setItem(PREFIX + draft.own, JSON.stringify(draft));
  const names = () =>
    Array.from({ length: storage.length }, (_, place) => storage.key(place)).filter((name) => name.startsWith(PREFIX));
  const who = () => storage.getItem(WHO);

  return {
    // Keeps what was typed under an id made here; the same id is sent however often. Throws when the
    // phone is full: then nothing was kept and the form keeps it.
    keep(fields, now, own = makeId()) {
      const draft = { own, who: who(), fields, state: "waiting", say: "", code: "", tries: 0, next: 0, at: now };
      write(draft);
      return draft;
    },
    list() {
      return names().map(read).filter((draft) => draft && draft.who === who()).sort((one, other) => one.at - other.at);
    },
    // What is to be sent now: not what was refused, nor the one taken back into the form.
    due(now, forced, held) {
      return this.list().filter((draft) => draft.state !== "refused" && draft.own !== held && (forced || draft.next <= now));
    },
    isOld: (draft, now, days) => now - draft.at > days * DAY,
    remove: (own) => storage.removeItem(PREFIX + own),
    // 422: kept with why, not sent again by itself. Everything else is tried again, later each time.
    refuse(draft, reply) {
      write({ ...draft, state: "refused", say: reply.say || "", code: reply.code || "" });
    },
    retry(draft, now, state = "waiting", chance = undefined) {
      const tries = draft.tries + 1;
      write({ ...draft, state, tries, next: now + pauseAfter(tries, chance) });
    },
    wake(draft) {
      write({ ...draft, state: "waiting", say: "", code: "", tries: 0, next: 0 });
    },
    pairs: () => read(MINE) || [],
    isKnown: () => read(MINE) !== null,
    // Another person has signed in on this phone: what the one before kept here goes.
    belongTo(person, pairs) {
      const before = who();
      if (before && before !== person) names().forEach((name) => storage.removeItem(name));
      storage.setItem(WHO, person);
      storage.setItem(MINE, JSON.stringify(pairs));
      names().map(read).forEach((draft) => draft && !draft.who && write({ ...draft, who: person }));
    },
  };
}

// Sends one draft. Returns what became of it: kept, refused, signin or later.
export async function send(draft, drafts, post, now) {
  let reply;
  try {
    reply = await post(draft);
  } catch (unreached) {
    drafts.retry(draft, now());
    return "later";
  }
  if (reply.status === 200) {
    drafts.remove(draft.own);
    return "kept";
  }
  if (reply.status === 422 || reply.status === 404) {
    drafts.refuse(draft, reply.body || {});
    return "refused";
  }
  const signedOut = reply.status === 0 || reply.status === 401 || reply.status === 403;
  drafts.retry(draft, now(), signedOut ? "signin" : "waiting");
  return signedOut ? "signin" : "later";
}
