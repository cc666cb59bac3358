import assert from "node:assert/strict";
import { test } from "node:test";
import { createPhone, HOUR, LECTURE, sitDown, START } from "./world.js";

const busy = (facts) => ({ status: 503, retryAfter: 0, reply: Object.assign({ code: "busy", say: "", next: 5, now: 0 }, facts) });

function seated(options) {
  const phone = createPhone(options);
  const seat = sitDown(phone.store, phone.clock.read());
  return Object.assign(phone, { seat });
}

const only = (server) => server.rows.get("4/token");

test("the first beat leaves at once and is the arrival", async () => {
  const phone = seated();
  phone.open([phone.seat]).begin();
  await phone.clock.until(START - 60000);

  assert.equal(phone.server.sent.length, 1);
  assert.equal(phone.server.sent[0].body.live, "0");
});

test("a quiet hour sends one beat each interval and no more", async () => {
  const phone = seated({ at: START });
  phone.open([phone.seat]).begin();
  await phone.clock.until(START + HOUR - 1);

  assert.equal(phone.server.sent.length, 60);
});

test("when the evening is over and all is settled the phone falls silent", async () => {
  const phone = seated({ at: START + HOUR - 30000 });
  phone.open([phone.seat]).begin();
  await phone.clock.until(START + 10 * HOUR);

  assert.equal(phone.server.sent.length, 1);
});

test("a slot played in the last minute still goes out after the end", async () => {
  const phone = seated({ at: START + HOUR - 30000 });
  const sender = phone.open([phone.seat]);
  sender.begin();
  await phone.clock.until(START + HOUR - 1000);
  sender.played("live", 59);
  await phone.clock.until(START + 2 * HOUR);

  assert.equal(only(phone.server).live, "800000000000000");
  assert.equal(phone.server.sent.length, 2);
});

test("without a network nothing is lost, and on its return everything is sent at once", async () => {
  const phone = seated({ at: START });
  const sender = phone.open([phone.seat]);
  phone.server.mood = () => "lost";
  sender.begin();
  for (let slot = 0; slot < 10; slot += 1) {
    await phone.clock.until(START + slot * 60000);
    sender.played("live", slot);
  }
  phone.server.mood = () => null;
  sender.online();
  await phone.clock.until(START + 10 * 60000);

  assert.equal(only(phone.server).live, "3ff");
  assert.equal(sender.views()[0].pending, false);
});

test("while the network is away the phone asks less and less often", async () => {
  const phone = seated({ at: START });
  phone.server.mood = () => "lost";
  phone.open([phone.seat]).begin();
  await phone.clock.until(START + HOUR - 1);

  assert.ok(phone.server.sent.length < 60, String(phone.server.sent.length));
});

test("a reload in the middle of an outage loses nothing", async () => {
  const phone = seated({ at: START });
  phone.server.mood = () => "lost";
  const first = phone.open([phone.seat]);
  first.begin();
  first.played("live", 0);
  await phone.clock.until(START + 1000);
  phone.server.mood = () => null;
  const second = phone.open([phone.seat]);
  second.begin();
  await phone.clock.until(START + 5000);

  assert.equal(only(phone.server).live, "1");
});

test("a full server is left alone as long as it asks, and its witnessed arrival is kept", async () => {
  const phone = seated({ at: START });
  phone.server.mood = () => busy({ next: 30, ticket: "witnessed" });
  phone.open([phone.seat]).begin();
  await phone.clock.until(START + 29000);
  const knocks = phone.server.sent.length;
  phone.server.mood = () => null;
  await phone.clock.until(START + 40000);

  assert.equal(knocks, 1);
  assert.equal(phone.server.sent[1].body.ticket, "witnessed");
});

test("a new epoch makes the phone send every map of every evening again", async () => {
  const phone = seated({ at: START });
  const yesterday = phone.open([phone.seat], Object.assign({}, LECTURE, { id: 3, ends_at: START - HOUR }));
  yesterday.begin();
  yesterday.played("live", 7);
  await phone.clock.until(START + 70000);
  const tonight = phone.open([phone.seat]);
  tonight.begin();
  await phone.clock.until(START + 80000);
  phone.server.rows.clear();
  phone.server.epoch = "e:2";
  await phone.clock.until(START + 200000);

  assert.equal(phone.server.rows.get("3/token").live, "80");
  assert.equal(phone.store.get("epoch"), "e:2");
});

test("an earlier evening that was never settled goes along with tonight's", async () => {
  const phone = seated({ at: START - 24 * HOUR });
  phone.server.mood = () => "lost";
  const yesterday = phone.open([phone.seat], Object.assign({}, LECTURE, { id: 3, ends_at: START - 23 * HOUR }));
  yesterday.begin();
  yesterday.played("live", 7);
  await phone.clock.until(START - 23 * HOUR);
  phone.server.mood = () => null;
  phone.open([phone.seat]).begin();
  await phone.clock.until(START - 22 * HOUR);

  assert.equal(phone.server.rows.get("3/token").live, "80");
});

test("two homes on one phone beat apart, one after the other", async () => {
  const phone = seated({ at: START });
  const other = sitDown(phone.store, START, "second");
  const sender = phone.open([phone.seat, other]);
  sender.begin();
  sender.played("live", 0);
  await phone.clock.until(START + 90000);

  assert.equal(phone.server.rows.get("4/token").live, "1");
  assert.equal(phone.server.rows.get("4/second").live, "1");
});

test("a seat that is no longer valid is not asked about again", async () => {
  const phone = seated({ at: START });
  phone.server.mood = () => ({ status: 401, retryAfter: 0, reply: { code: "bad_seat", say: "", next: null, now: START } });
  const sender = phone.open([phone.seat]);
  sender.begin();
  await phone.clock.until(START + HOUR);

  assert.equal(phone.server.sent.length, 1);
  assert.equal(sender.views()[0].outcome.code, "bad_seat");
});

test("before the doors the phone waits as long as the server says", async () => {
  const phone = seated({ at: START - HOUR });
  phone.server.mood = () => (phone.clock.read() < LECTURE.doors_at
    ? { status: 409, retryAfter: 0, reply: { code: "not_open_yet", say: "", next: (LECTURE.doors_at - phone.clock.read()) / 1000, now: phone.clock.read() } }
    : null);
  phone.open([phone.seat]).begin();
  await phone.clock.until(START);

  assert.ok(phone.server.sent.filter((each) => each.at < LECTURE.doors_at).length <= 6);
  assert.ok(only(phone.server));
});

test("leaving the page hands over what is owed, once", async () => {
  const phone = seated({ at: START });
  const sender = phone.open([phone.seat]);
  sender.begin();
  await phone.clock.until(START + 1000);
  sender.leave();
  sender.played("live", 0);
  sender.leave();
  sender.leave();

  assert.deepEqual(phone.beacons.map((body) => body.live), ["1"]);
});

test("the server's clock is followed, not the phone's", async () => {
  const phone = seated({ at: START });
  phone.server.mood = () => null;
  const post = phone.server.post;
  phone.server.post = async (path, body) => {
    const answer = await post(path, body);
    answer.reply.now += 5 * 60000;
    return answer;
  };
  const sender = phone.open([phone.seat]);
  sender.begin();
  await phone.clock.until(START + 1000);

  assert.equal(sender.serverNow() - phone.clock.read(), 5 * 60000);
  assert.equal(phone.open([phone.seat]).serverNow() - phone.clock.read(), 5 * 60000);
});

test("two tabs of one phone share the map, and nothing either of them played is lost", async () => {
  const phone = seated({ at: START });
  const one = phone.open([phone.seat]);
  const other = phone.open([phone.seat]);
  one.begin();
  other.begin();
  one.played("live", 0);
  other.played("live", 1);
  await phone.clock.until(START + 70000);

  assert.equal(only(phone.server).live, "3");
});
