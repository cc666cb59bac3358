// The picture and what covers it: before the doors, waiting, live, replay, over.

import { coverWords } from "./cover.js";
import { phaseOf } from "./phase.js";
import { find, setText } from "./page.js";
import { createPlayer, placeInLecture } from "./player.js";
import { createSlots } from "./slots.js";
import { SLOTS } from "./maps.js";

// Else all phones would ask for the first list in the same second.
const START_SPREAD_MS = 4000;
// A picture that stands still this long while loading is said to be not playing.
const GRACE_MS = 8000;

export function createStage({ lecture, words, language, serverNow, isIn, onPlayed, onChange }) {
  const video = find("video");
  const cover = find("cover");
  const slots = {};
  // Our live list begins to exist when its first segments have aired; an outside one is there.
  const onAirAt = lecture.on_air_at || lecture.starts_at;
  const early = serverNow() < onAirAt;
  const opensAt = early ? onAirAt + Math.random() * START_SPREAD_MS : lecture.starts_at;
  const loadHls = () => import(video.getAttribute("data-hls")).then((module) => module.default);
  let kind = "live";
  let sound = false;
  let state = "idle";
  let onAir = false;
  let movedAt = Date.now();

  const player = createPlayer({ video, loadHls, onEvent: (event) => setState(event) });

  function setState(next) {
    state = next;
    draw();
    onChange();
  }

  if (phaseOf(lecture, serverNow()) === "replay") kind = "replay";

  function address() {
    const heard = kind === "live" ? lecture.audio_url : lecture.replay_audio_url;
    return (sound && heard) || (kind === "live" ? lecture.live_url : lecture.replay_url);
  }

  function show() {
    if (!address()) {
      setState("no_picture");
      return;
    }
    movedAt = Date.now();
    setState("opening");
    player.show(address());
  }

  const isLoading = () => state === "opening" || (!video.paused && !video.ended);
  const isMoving = () => isLoading() && Date.now() - movedAt < GRACE_MS;

  function listen(event) {
    if (event.type === "timeupdate") movedAt = Date.now();
    const edge = video.seekable.length ? video.seekable.end(video.seekable.length - 1) : 0;
    const position = placeInLecture(lecture, {
      kind, edge, shownAt: player.shownAt(), currentTime: video.currentTime, now: serverNow(),
    });
    slots[kind] = slots[kind] || createSlots({ count: SLOTS, slotSeconds: lecture.slot_seconds });
    const moment = { position, wall: Date.now(), rate: video.playbackRate, moving: !video.seeking };
    slots[kind].tick(moment).forEach((slot) => onPlayed(kind, slot));
  }

  const jump = () => slots[kind] && slots[kind].jump();

  function draw() {
    const phase = phaseOf(lecture, serverNow());
    const [title, more] = coverWords({
      phase, state, kind, lecture, words, language, now: serverNow(), isIn: isIn(), isOpen: player.isOpen(),
    });
    const playing = state === "started" && (player.isOpen() && !video.ended);
    setText(find("cover-title"), title);
    setText(find("cover-more"), more);
    cover.hidden = playing && !sound;
    cover.classList.toggle("stage__cover--clear", sound && playing);
    video.hidden = !player.isOpen();
    find("play").hidden = !(state === "blocked" || (phase === "replay" && !player.isOpen() && lecture.replay_url));
    find("on-air").hidden = !(phase === "live");
    find("sound").hidden = phase === "early" || phase === "over" || !lecture.audio_url;
    find("sound").setAttribute("aria-pressed", String(sound));
    if (sound && playing) setText(find("cover-title"), words.sound_only);
  }

  // Called each second: opens the lecture when it begins, offers the replay when it has ended.
  function follow() {
    const now = serverNow();
    const phase = phaseOf(lecture, now);
    if (phase === "live" && !onAir && now >= opensAt) {
      onAir = true;
      kind = "live";
      show();
    }
    // Phones with a long buffer are a little behind and may see the end out.
    if (phase !== "live" && onAir && (video.ended || now > lecture.ends_at + 60000)) {
      onAir = false;
      kind = "replay";
      player.stop();
      setState("idle");
    }
    draw();
  }

  if (lecture.poster_url) {
    const poster = find("poster");
    poster.addEventListener("load", () => {
      poster.hidden = false;
      cover.classList.add("stage__cover--posted");
    });
    poster.src = lecture.poster_url;
  }
  ["timeupdate", "pause", "ended"].forEach((event) => video.addEventListener(event, listen));
  ["seeking", "seeked", "emptied"].forEach((event) => video.addEventListener(event, jump));
  ["playing", "pause", "ended", "ratechange", "waiting"].forEach((event) =>
    video.addEventListener(event, () => setState(event === "playing" ? "started" : state)));
  find("play").addEventListener("click", () => {
    if (player.isOpen()) player.play();
    else {
      kind = onAir ? "live" : "replay";
      show();
    }
  });
  find("sound").addEventListener("click", () => {
    sound = !sound;
    jump();
    if (player.isOpen()) show();
    draw();
  });

  return {
    follow,
    online: () => player.online(),
    phase: () => phaseOf(lecture, serverNow()),
    kind: () => kind,
    isMoving,
    isNeeded: () => !video.ended && player.isOpen(),
    isFast: () => video.playbackRate > 1.25,
  };
}
