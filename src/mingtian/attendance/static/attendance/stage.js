// The picture and what covers it: before the doors, waiting, live, replay, over. On a weak link
// sound with slides stands in for the picture, when the family taps so or the picture cannot play.

import { coverWords } from "./cover.js";
import { phaseOf } from "./phase.js";
import { filled, find, setText } from "./page.js";
import { createPatience } from "./patience.js";
import { createPlayer, placeInLecture } from "./player.js";
import { createSlides } from "./slides.js";
import { createSlots } from "./slots.js";
import { createWarm } from "./warm.js";
import { isReachable } from "./wire.js";
import { SLOTS } from "./maps.js";

// Else all phones would ask for the first list in the same second.
const START_SPREAD_MS = 4000;
// A picture that stands still this long while loading is said to be not playing.
const GRACE_MS = 8000;
const STILL_MS = 1500;
// A player that hangs although nothing failed is begun anew.
const STUCK_MS = 40000;

export function createStage({ lecture, words, language, kept, serverNow, isIn, onPlayed, onChange }) {
  const video = find("video");
  const cover = find("cover");
  const slots = {};
  // Our live list begins to exist when its first segments have aired; an outside one is there.
  const onAirAt = lecture.on_air_at || lecture.starts_at;
  const early = serverNow() < onAirAt;
  const opensAt = early ? onAirAt + Math.random() * START_SPREAD_MS : lecture.starts_at;
  let kind = phaseOf(lecture, serverNow()) === "replay" ? "replay" : "live";
  let sound = Boolean(kept.get() && lecture.audio_url);
  let state = "idle";
  let onAir = false;
  let movedAt = Date.now();

  const warm = createWarm({ get: (address) => fetch(address), clock: Date.now });
  const player = createPlayer({ video, loadHls, warm, isReachable, onEvent: hear });
  const patience = createPatience();
  const slides = createSlides({
    lecture, image: find("slide"),
    describe: (index) => filled(words.slide, { n: Math.floor((index * lecture.slide_ms) / 60000) + 1 }),
  });

  // Some browsers remember that a module could not be fetched, hence another address.
  function loadHls(attempt) {
    const address = video.getAttribute("data-hls") + (attempt ? "?again=" + attempt : "");
    return import(address).then((module) => module.default);
  }

  function hear(event) {
    if (event !== "failed") setState(event);
    else if (!sound && heard()) listenInstead();
    else setState("state_only");
  }

  function setState(next) {
    state = next;
    draw();
    onChange();
  }

  const heard = () => (kind === "live" ? lecture.audio_url : lecture.replay_audio_url);
  const seen = () => (kind === "live" ? lecture.live_url : lecture.replay_url);
  const address = () => (sound && heard()) || seen();

  function show() {
    if (!address()) {
      setState("no_picture");
      return;
    }
    movedAt = Date.now();
    // Set before the player answers, which may be at once.
    state = "opening";
    player.show(address(), { replay: kind === "replay" });
    draw();
    onChange();
  }

  // The picture cannot be played here; that is not the family's choice, so it is not kept.
  function listenInstead() {
    sound = true;
    show();
  }

  function choose(isSound) {
    sound = isSound;
    kept.put(sound);
    patience.decline(Date.now());
    jump();
    if (player.isOpen() || state === "state_only") show();
    draw();
  }

  const isLoading = () => player.isOpen() && (state === "opening" || state === "trouble" || (!video.paused && !video.ended));
  const isStillFor = (milliseconds) => Date.now() - movedAt >= milliseconds;
  const isMoving = () => isLoading() && !isStillFor(GRACE_MS);

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

  function drawSlides(isListening) {
    if (isListening) slides.show({ kind, now: serverNow(), currentTime: video.currentTime });
    else slides.hide();
    find("stage").classList.toggle("stage--listening", isListening);
  }

  function drawSound(phase) {
    const button = find("sound");
    const isOffered = !sound && Boolean(heard()) && player.isOpen() && patience.isOffered();
    find("offer").hidden = !isOffered;
    button.hidden = isOffered || phase === "early" || phase === "over" || !lecture.audio_url || state === "state_only";
    button.setAttribute("aria-pressed", String(sound));
    const listenWord = slides.has() ? words.listen : words.sound_only;
    setText(find("sound-word"), sound ? words.watch : listenWord);
  }

  function draw() {
    const phase = phaseOf(lecture, serverNow());
    const playing = state === "started" && player.isOpen() && !video.ended;
    const [title, more] = coverWords({
      phase, state, kind, lecture, words, language, now: serverNow(), isIn: isIn(), isOpen: player.isOpen(),
    });
    const isListening = sound && player.isOpen();
    const isSlideShown = isListening && slides.has();
    setText(find("cover-title"), sound && playing && !isSlideShown ? words.sound_only : title);
    setText(find("cover-more"), more);
    cover.hidden = playing && (!sound || isSlideShown);
    video.hidden = !player.isOpen();
    const canReplay = phase === "replay" && !player.isOpen() && lecture.replay_url;
    find("play").hidden = !(state === "blocked" || canReplay || (state === "state_only" && phase === "live"));
    find("on-air").hidden = phase !== "live";
    drawSlides(isListening);
    drawSound(phase);
  }

  // Called each second: opens the lecture when it begins, offers the replay when it has ended.
  function follow() {
    const now = serverNow();
    const phase = phaseOf(lecture, now);
    if (phase === "live" && !onAir && now >= opensAt) {
      onAir = true;
      kind = "live";
      if (!early && address().startsWith("/")) warm.up(new URL(address(), location.href).href);
      show();
    }
    // Phones with a long buffer are a little behind and may see the end out.
    if (phase !== "live" && onAir && (video.ended || now > lecture.ends_at + 60000)) {
      onAir = false;
      kind = "replay";
      player.stop();
      setState("idle");
    }
    const still = isLoading() && isStillFor(STILL_MS);
    patience.observe({ now: Date.now(), still });
    if (still && isStillFor(STUCK_MS) && navigator.onLine !== false) {
      movedAt = Date.now();
      player.refresh();
    }
    if (phase !== "live" && phase !== "early") drawPoster();
    draw();
  }

  // A large file: while the lecture is on it would only take from the sound and the picture.
  function drawPoster() {
    const poster = find("poster");
    if (!lecture.poster_url || poster.getAttribute("src")) return;
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
  find("sound").addEventListener("click", () => choose(!sound));
  find("offer-sound").addEventListener("click", () => choose(true));
  find("offer-picture").addEventListener("click", () => {
    patience.decline(Date.now());
    draw();
  });

  return {
    follow,
    online() {
      if (state === "state_only") show();
      else player.online();
    },
    phase: () => phaseOf(lecture, serverNow()),
    kind: () => kind,
    isMoving,
    isStalled: () => isLoading() && isStillFor(GRACE_MS),
    isNeeded: () => !video.ended && player.isOpen(),
    isFast: () => video.playbackRate > 1.25,
  };
}
