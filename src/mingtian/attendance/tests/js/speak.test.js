import assert from "node:assert/strict";
import { test } from "node:test";
import { createSpeaker, isVoiceless } from "../../static/attendance/speak.js";

// A voice that keeps what it was given; the test lets each line end or fail.
function createVoice() {
  const heard = [];
  const marked = [];
  const ends = [];
  let cancelled = 0;
  const speaker = createSpeaker({
    speech: { speak: (line) => heard.push(line), cancel: () => { cancelled += 1; } },
    makeLine: (text) => ({ text }),
    onLine: (text) => marked.push(text),
    onEnd: (isFault) => ends.push(isFault),
  });
  return { speaker, heard, marked, ends, cancelled: () => cancelled };
}

test("lines are read one after the other, each marked, and the end is told once", () => {
  const voice = createVoice();
  voice.speaker.read(["one", "two"]);
  assert.deepEqual(voice.heard.map((line) => line.text), ["one"]);

  voice.heard[0].onend();
  voice.heard[1].onend();

  assert.deepEqual(voice.marked, ["one", "two"]);
  assert.deepEqual(voice.ends, [false]);
});

test("stopping in the middle reads no further line", () => {
  const voice = createVoice();
  voice.speaker.read(["one", "two"]);

  voice.speaker.stop();
  voice.heard[0].onend();

  assert.equal(voice.heard.length, 1);
  assert.ok(voice.cancelled() > 0);
});

test("a voice that fails says so and stops", () => {
  const voice = createVoice();
  voice.speaker.read(["one", "two"]);

  voice.heard[0].onerror();

  assert.deepEqual(voice.ends, [true]);
  assert.equal(voice.heard.length, 1);
});

test("reading again begins anew and the cut line starts nothing", () => {
  const voice = createVoice();
  voice.speaker.read(["one", "two"]);
  voice.speaker.read(["one", "two"]);

  voice.heard[0].onerror();
  voice.heard[1].onend();

  assert.deepEqual(voice.heard.map((line) => line.text), ["one", "one", "two"]);
  assert.deepEqual(voice.ends, []);
});

test("only a phone that lists voices and none of the language is voiceless", () => {
  assert.equal(isVoiceless([], "zh-CN"), false);
  assert.equal(isVoiceless([{ lang: "en-GB" }], "zh-CN"), true);
  assert.equal(isVoiceless([{ lang: "en-GB" }, { lang: "zh-TW" }], "zh-CN"), false);
});
