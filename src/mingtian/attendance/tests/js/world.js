// A phone without a browser: storage, clock, timers and a server, all in the hands of the test.

import { openStore } from "../../static/attendance/store.js";
import { saveSeat } from "../../static/attendance/seats.js";
import { createSender } from "../../static/attendance/sender.js";
import { union } from "../../static/attendance/maps.js";

export const START = Date.UTC(2026, 8, 18, 12, 0, 0);
export const HOUR = 3600 * 1000;
export const LECTURE = {
  id: 4, title: "", number: 1, starts_at: START, ends_at: START + HOUR,
  doors_at: START - 600000, closes_at: START + 2 * HOUR, slot_seconds: 60, replay_until: START + 40 * HOUR,
};

export function createStorage(limit = Infinity) {
  const kept = new Map();
  return {
    kept,
    get length() { return kept.size; },
    key: (place) => Array.from(kept.keys())[place],
    getItem: (name) => (kept.has(name) ? kept.get(name) : null),
    setItem(name, text) {
      if (kept.size >= limit && !kept.has(name)) throw new Error("QuotaExceededError");
      kept.set(name, text);
    },
    removeItem: (name) => kept.delete(name),
  };
}

export function createClock(begin) {
  let now = begin;
  let timer = null;
  return {
    read: () => now,
    timers: {
      set: (action, wait) => (timer = { action, at: now + wait }),
      clear: (one) => { if (one && one === timer) timer = null; },
    },
    nextAt: () => (timer ? timer.at : null),
    // Lets time pass until the instant, running what falls due, and settles what was posted.
    async until(instant) {
      for (;;) {
        await settle();
        if (!timer || timer.at > instant) break;
        const due = timer;
        timer = null;
        now = Math.max(now, due.at);
        due.action();
      }
      now = instant;
      await settle();
    },
  };
}

async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

// Keeps the union of what it was sent, as the real one does; `mood` decides how it answers.
export function createServer(clock) {
  const rows = new Map();
  const server = {
    rows, sent: [], epoch: "e:1", mood: () => null, next: 60,
    async post(path, body) {
      server.sent.push({ at: clock.read(), path, body });
      const answer = server.mood(body);
      if (answer === "lost") throw new TypeError("network");
      if (answer) return answer;
      const key = body.lecture + "/" + body.seat;
      const row = rows.get(key) || { live: "0", replay: "0" };
      const stored = { live: union(row.live, body.live), replay: union(row.replay, body.replay) };
      rows.set(key, stored);
      const reply = Object.assign({ ticket: "t1", epoch: server.epoch, next: server.next, why: null, now: clock.read() }, stored);
      return { status: 200, retryAfter: 0, reply };
    },
  };
  return server;
}

export function sitDown(store, now, token = "token", campaign = 3) {
  const reply = { seat: token, campaign, members: [], expires_at: now + 300 * HOUR };
  return saveSeat(store, reply, { code: "k7m2q9xd", unit: "", joined: null, now });
}

export function createPhone({ at = START - 60000, random = () => 0.5, storage = createStorage() } = {}) {
  const clock = createClock(at);
  const server = createServer(clock);
  const store = openStore(storage, clock.read);
  const beacons = [];
  const open = (seats, lecture = LECTURE) => createSender({
    store, seats, lecture, post: server.post, clock: clock.read, random, timers: clock.timers,
    beacon: (path, body) => beacons.push(body) > 0, onChange: () => {},
  });
  return { clock, server, store, storage, beacons, open };
}
