import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayer, placeInLecture } from "../../static/attendance/player.js";

// A phone with a video element and a player library, both of them pretended, and timers to turn.
function world(t, { supported = true, native = false, library = () => true, reachable = true } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  t.mock.method(Math, "random", () => 0.5);
  const listeners = {};
  const events = [];
  const made = [];
  const asked = [];
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  globalThis.HTMLMediaElement = { NETWORK_LOADING: 2 };
  const video = {
    currentTime: 0, readyState: 0, networkState: 0, error: null, src: "",
    addEventListener: (name, action) => { listeners[name] = action; },
    removeAttribute: () => { video.src = ""; },
    getAttribute: () => video.src,
    load() { video.currentTime = 0; },
    play: () => Promise.resolve(),
    canPlayType: () => (native ? "maybe" : ""),
  };
  class Hls {
    static isSupported = () => supported;
    static Events = { ERROR: "error", FRAG_BUFFERED: "buffered" };
    static ErrorTypes = { NETWORK_ERROR: "network", MEDIA_ERROR: "media" };
    static DefaultConfig = { loader: class {} };
    constructor(config) {
      this.config = config;
      this.handlers = {};
      this.recovered = 0;
      made.push(this);
    }
    on(name, action) { this.handlers[name] = action; }
    fail(type, details = "") { this.handlers.error("error", { fatal: true, type, details }); }
    buffered() { this.handlers.buffered(); }
    recoverMediaError() { this.recovered += 1; }
    loadSource(source) { this.source = source; }
    attachMedia() {}
    destroy() { this.isDestroyed = true; }
  }
  const player = createPlayer({
    video, warm: { take: () => null }, onEvent: (event) => events.push(event),
    isReachable: async () => reachable,
    loadHls: async (attempt) => {
      asked.push(attempt);
      const fetched = library(attempt);
      if (fetched instanceof Error) throw fetched;
      if (!fetched) throw new TypeError("not fetched");
      return Hls;
    },
  });
  // Promises settle between the turns of the clock.
  const settle = async () => { for (let turn = 0; turn < 6; turn += 1) await Promise.resolve(); };
  return {
    player, video, events, made, asked,
    last: () => made[made.length - 1],
    emit: (name) => listeners[name](),
    settle,
    async pass(milliseconds) {
      t.mock.timers.tick(milliseconds);
      await settle();
    },
  };
}

test("a fatal error of the network builds the player anew, again and again", async (t) => {
  const w = world(t);
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  for (const wait of [1000, 2000, 4000, 8000, 15000, 15000]) {
    w.last().fail("network");
    const before = w.made.length;
    await w.pass(wait);
    assert.equal(w.made.length, before + 1);
  }
  assert.ok(w.made.slice(0, -1).every((one) => one.isDestroyed));
  assert.ok(w.events.includes("trouble") && !w.events.includes("failed"));
});

test("the first failure is not announced", async (t) => {
  const w = world(t);
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.last().fail("network");
  assert.ok(!w.events.includes("trouble"));
});

test("the network's return does not wait for the next try", async (t) => {
  const w = world(t);
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.last().fail("network");
  w.player.online();
  await w.settle();
  assert.equal(w.made.length, 2);
});

test("a library that did not come is asked for under another address", async (t) => {
  const w = world(t, { library: (attempt) => attempt > 0 });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  await w.pass(1000);
  assert.deepEqual(w.asked, [0, 1]);
  assert.equal(w.made.length, 1);
});

test("where only the library can play it is asked for until it comes", async (t) => {
  const w = world(t, { library: (attempt) => attempt > 6 });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  for (let turn = 0; turn < 7; turn += 1) await w.pass(15000);
  assert.ok(!w.events.includes("failed"));
  assert.equal(w.made.length, 1);
});

test("a phone that plays by itself does not wait for the library for ever", async (t) => {
  const w = world(t, { native: true, library: () => false });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  for (let turn = 0; turn < 3; turn += 1) await w.pass(15000);
  assert.equal(w.video.src, "/live/1/master.m3u8");
});

test("a library that this browser cannot read is not asked for again", async (t) => {
  const w = world(t, { library: () => new SyntaxError("too new") });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  assert.deepEqual([w.asked, w.events], [[0], ["failed"]]);
});

for (const [reachable, ends] of [[false, "tried again"], [true, "given up"]]) {
  test(`a list that ${reachable ? "comes" : "does not come"} and does not play is ${ends}`, async (t) => {
    const w = world(t, { supported: false, native: true, reachable });
    w.player.show("/live/1/master.m3u8", { replay: false });
    await w.settle();
    for (let turn = 0; turn < 6; turn += 1) {
      w.video.error = { code: 4 };
      if (w.player.isOpen()) w.emit("error");
      await w.settle();
      await w.pass(15000);
    }
    assert.equal(w.events.includes("failed"), reachable);
    assert.equal(w.player.isOpen(), !reachable);
  });
}

test("one error of the media is mended, the second goes to the phone's own player", async (t) => {
  const w = world(t, { native: true });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.last().fail("media");
  assert.equal(w.last().recovered, 1);
  w.last().fail("media");
  assert.ok(w.last().isDestroyed);
  assert.equal(w.video.src, "/live/1/master.m3u8");
});

test("codecs that the phone does not know are not tried twice", async (t) => {
  const w = world(t);
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.last().fail("media", "manifestIncompatibleCodecsError");
  assert.deepEqual(w.events.filter((event) => event === "failed"), ["failed"]);
  assert.equal(w.player.isOpen(), false);
});

test("eight seconds with data and without a picture decide for the next way", async (t) => {
  const w = world(t, { native: true });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.last().buffered();
  await w.pass(7999);
  assert.equal(w.video.src, "");
  await w.pass(1);
  assert.equal(w.video.src, "/live/1/master.m3u8");
});

test("without data nothing is decided: that is the network", async (t) => {
  const w = world(t, { native: true });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  await w.pass(60000);
  assert.equal(w.video.src, "");
});

test("where nothing plays it says so at once", async (t) => {
  const w = world(t, { supported: false });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  assert.deepEqual(w.events, ["failed"]);
});

test("a phone that waits for a tap is not judged", async (t) => {
  const w = world(t, { supported: false, native: true });
  w.video.play = () => Promise.reject(Object.assign(new Error(), { name: "NotAllowedError" }));
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  await w.pass(60000);
  assert.deepEqual(w.events, ["blocked"]);
  assert.equal(w.player.isOpen(), true);
});

test("the phone's own player is begun again after trouble of the network", async (t) => {
  const w = world(t, { supported: false, native: true });
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  for (const wait of [1000, 2000, 4000, 8000, 15000]) {
    w.video.error = { code: 2 };
    w.emit("error");
    await w.pass(wait);
    assert.equal(w.video.src, "/live/1/master.m3u8");
  }
  w.video.error = { code: 3 };
  w.emit("error");
  assert.ok(w.events.includes("failed"));
});

test("a replay goes on where it was, after trouble and from picture to sound", async (t) => {
  const w = world(t);
  w.player.show("/replay/1/master.m3u8", { replay: true });
  await w.settle();
  w.video.currentTime = 125;
  w.last().fail("network");
  await w.pass(1000);
  assert.equal(w.last().config.startPosition, 125);
  w.video.currentTime = 130;
  w.player.show("/replay/1/audio.m3u8", { replay: true });
  await w.settle();
  assert.equal(w.last().config.startPosition, 130);
});

test("live begins at its own place, whatever was played before", async (t) => {
  const w = world(t);
  w.player.show("/live/1/master.m3u8", { replay: false });
  await w.settle();
  w.video.currentTime = 125;
  w.player.online();
  await w.settle();
  assert.equal(w.last().config.startPosition, -1);
});

test("the place in the lecture is the shown instant, else the edge of the list", () => {
  const lecture = { starts_at: 1000000 };
  const place = (changes) => placeInLecture(lecture, Object.assign(
    { kind: "live", shownAt: null, currentTime: 30, edge: 36, now: 1100000 }, changes));
  assert.equal(place({ shownAt: 1090000 }), 90);
  assert.equal(place({}), 90);
  assert.equal(place({ kind: "replay" }), 30);
});
