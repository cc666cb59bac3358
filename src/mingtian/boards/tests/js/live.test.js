import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, pause } from "../../static/boards/live.js";

const FACTS = { stream: "/stream", frame: "/frame.json", etag: "e0" };
const FRAME = JSON.stringify({ etag: "e1", read_at: "20:00:01", board: {} });

// A browser whose time passes when the test says so.
function makePage({ replies = [], streams = true } = {}) {
  const page = { timers: new Map(), sources: [], asked: [], now: 0 };
  let serial = 0;
  page.setTimeout = (call, wait, ...rest) => {
    page.timers.set(++serial, { at: page.now + wait, run: () => call(...rest) });
    return serial;
  };
  page.clearTimeout = (id) => page.timers.delete(id);
  page.pass = async (ms) => {
    page.now += ms;
    for (const [id, timer] of Array.from(page.timers)) {
      if (timer.at > page.now) continue;
      page.timers.delete(id);
      await timer.run();
    }
  };
  page.fetch = async (address, options) => {
    page.asked.push([address, options.headers["If-None-Match"]]);
    const reply = replies.shift();
    if (!reply) throw new Error("offline");
    return reply;
  };
  if (streams) {
    page.EventSource = class {
      constructor(address) {
        this.address = address;
        this.readyState = 1;
        this.heard = {};
        page.sources.push(this);
      }
      addEventListener(name, listener) {
        this.heard[name] = listener;
      }
      close() {
        this.readyState = 2;
      }
    };
    page.EventSource.CLOSED = 2;
  }
  return page;
}

function watch(page) {
  const told = [];
  follow(
    FACTS,
    {
      frame: (frame) => told.push("frame " + frame.read_at),
      alive: (at) => told.push("alive " + at),
      lost: () => told.push("lost"),
    },
    page
  );
  return told;
}

const answer = (status, body = "") => ({
  status, text: async () => body, headers: { get: () => "20:00:02" },
});

test("a stream tells frames and signs of life, and names what is already shown", () => {
  const page = makePage();
  const told = watch(page);
  const [source] = page.sources;
  source.onopen();
  source.heard.frame({ data: FRAME });
  source.heard.still({ data: '{"read_at":"20:00:16"}' });
  assert.equal(source.address, "/stream?etag=e0");
  assert.deepEqual(told, ["frame 20:00:01", "alive 20:00:16"]);
});

test("a short break is no loss, a longer one is told, and the return ends it", async () => {
  const page = makePage();
  const told = watch(page);
  const [source] = page.sources;
  source.onopen();
  source.readyState = 0;
  source.onerror();
  await page.pass(4000);
  assert.deepEqual(told, []);
  await page.pass(1500);
  assert.deepEqual(told, ["lost"]);
  source.heard.frame({ data: FRAME });
  assert.deepEqual(told, ["lost", "frame 20:00:01"]);
});

test("a stream that is refused gives way to asking with the etag", async () => {
  const page = makePage({ replies: [answer(200, FRAME), answer(304)] });
  const told = watch(page);
  page.sources[0].readyState = 2;
  await page.sources[0].onerror();
  await new Promise((done) => setImmediate(done));
  await page.pass(2000);
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(page.asked, [["/frame.json", '"e0"'], ["/frame.json", '"e1"']]);
  assert.deepEqual(told, ["lost", "frame 20:00:01", "alive 20:00:02"]);
});

test("a silent stream is given up", async () => {
  const page = makePage({ replies: [answer(304)] });
  const told = watch(page);
  page.sources[0].onopen();
  await page.pass(40000);
  assert.equal(page.sources[0].readyState, 2);
  assert.equal(told[0], "lost");
  assert.equal(page.asked.length, 1);
});

test("without streams it asks from the beginning, ever more slowly while it fails", async () => {
  const page = makePage({ streams: false });
  const told = watch(page);
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(told, ["lost"]);
  assert.deepEqual([0, 1, 2, 3, 9].map(pause), [2000, 4000, 8000, 16000, 30000]);
});
