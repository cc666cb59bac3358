import assert from "node:assert/strict";
import { test } from "node:test";
import { createWarm, firstPiece, firstRung, warmLoader } from "../../static/attendance/warm.js";

const TOP = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n240p.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\n360p.m3u8\n";
const LIST = "#EXTM3U\n#EXTINF:4,\n/media/a/00001.ts\n#EXTINF:4,\n/media/a/00002.ts\n#EXTINF:4,\n/media/a/00003.ts\n";
const AT = "http://hall.test/live/1/";

function world({ fail = "" } = {}) {
  const asked = [];
  const clock = { now: 0 };
  const get = async (address) => {
    asked.push(address.replace("http://hall.test", ""));
    return { ok: address !== fail, text: async () => (address.includes("master") ? TOP : LIST), arrayBuffer: async () => null };
  };
  return { asked, clock, warm: createWarm({ get, clock: () => clock.now }) };
}

test("the smallest picture stands first, and the player begins two pieces before the end", () => {
  assert.equal(firstRung(TOP, AT + "master.m3u8"), AT + "240p.m3u8");
  assert.equal(firstRung(LIST, AT + "240p.m3u8"), null);
  assert.equal(firstPiece(LIST, AT + "240p.m3u8"), "http://hall.test/media/a/00002.ts");
});

test("lists and the first piece are fetched one after the other", async () => {
  const { asked, warm } = world();
  await warm.up(AT + "master.m3u8");
  assert.deepEqual(asked, ["/live/1/master.m3u8", "/live/1/240p.m3u8", "/media/a/00002.ts"]);
});

test("sound alone has one list", async () => {
  const { asked, warm } = world();
  await warm.up(AT + "audio.m3u8");
  assert.deepEqual(asked, ["/live/1/audio.m3u8", "/media/a/00002.ts"]);
});

test("a list is handed over once and only while it is fresh", async () => {
  const { clock, warm } = world();
  await warm.up(AT + "master.m3u8");
  assert.equal(warm.take(AT + "master.m3u8"), TOP);
  assert.equal(warm.take(AT + "master.m3u8"), null);
  clock.now = 7000;
  assert.equal(warm.take(AT + "240p.m3u8"), null);
});

test("a network that fails on the way is nobody's error", async () => {
  const { warm } = world({ fail: AT + "240p.m3u8" });
  await warm.up(AT + "master.m3u8");
  assert.equal(warm.take(AT + "240p.m3u8"), null);
});

test("the loader answers from what is there and asks the network for the rest", async () => {
  const { warm } = world();
  await warm.up(AT + "master.m3u8");
  const passed = [];
  const Loader = warmLoader(class {
    constructor() { this.stats = { loading: {} }; }
    load(context) { passed.push(context.url); }
  }, warm);

  const answer = await new Promise((onSuccess) =>
    new Loader().load({ url: AT + "master.m3u8" }, {}, { onSuccess }));
  new Loader().load({ url: AT + "360p.m3u8" }, {}, {});

  assert.equal(answer.data, TOP);
  assert.deepEqual(passed, [AT + "360p.m3u8"]);
});
