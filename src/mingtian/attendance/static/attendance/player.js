// Plays the lecture: hls.js where it runs, else the browser's own HLS. It begins with the smallest
// picture, recovers from every fatal error of the network and never gives up while there is a way;
// a way that shows nothing within eight seconds of having data is left for the next.

import { BEHIND, warmLoader } from "./warm.js";

const PATIENCE_MS = 8000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const MOST_FAILURES = 3;
const LOW_TRAFFIC = {
  startLevel: 0, capLevelToPlayerSize: true, lowLatencyMode: false, maxBufferLength: 40,
  backBufferLength: 30, liveSyncDurationCount: BEHIND, liveMaxLatencyDurationCount: 9,
  testBandwidth: false, abrEwmaDefaultEstimate: 200000, startFragPrefetch: true,
};
const NATIVE_TYPE = "application/vnd.apple.mpegurl";
const NETWORK_TROUBLE = 2;
const UNDECODABLE = 3;
const NO_SUCH_CODEC = ["manifestIncompatibleCodecsError", "bufferAddCodecError", "bufferIncompatibleCodecsError"];

export function createPlayer({ video, loadHls, warm, isReachable, onEvent }) {
  const ways = [withHls, natively];
  let hls = null;
  let source = null;
  let wants = false;
  let way = 0;
  let failures = 0;
  let mediaErrors = 0;
  let retry = null;
  let patience = null;
  let turn = 0;
  let isBlocked = false;
  // Seconds into a replay, to go on there after the player was begun anew; live has its own place.
  let isReplay = false;
  let place = 0;

  function close() {
    turn += 1;
    if (isReplay && video.currentTime > 0) place = video.currentTime;
    clearTimeout(retry);
    clearTimeout(patience);
    retry = patience = null;
    if (hls) hls.destroy();
    hls = null;
    video.removeAttribute("src");
    video.load();
  }

  function open() {
    close();
    ways[way](turn);
  }

  // This way shows nothing on this phone.
  function nextWay() {
    way += 1;
    mediaErrors = 0;
    failures = 0;
    if (way < ways.length) open();
    else fail();
  }

  function fail() {
    close();
    source = null;
    wants = false;
    onEvent("failed");
  }

  async function withHls(mine) {
    const Hls = await loadHls(failures).catch((error) => (error instanceof SyntaxError ? null : undefined));
    if (mine !== turn) return;
    // The library itself may be what the network did not bring; nothing else helps without it.
    if (Hls === undefined && (mayTryAgain() || !video.canPlayType(NATIVE_TYPE))) again();
    else if (Hls && Hls.isSupported()) attach(Hls);
    else nextWay();
  }

  const mayTryAgain = () => navigator.onLine === false || failures < MOST_FAILURES;

  function attach(Hls) {
    const own = { pLoader: warmLoader(Hls.DefaultConfig.loader, warm), startPosition: place || -1 };
    hls = new Hls(Object.assign(own, LOW_TRAFFIC));
    hls.on(Hls.Events.ERROR, (name, problem) => problem.fatal && recover(Hls, problem));
    hls.on(Hls.Events.FRAG_BUFFERED, () => {
      failures = 0;
      decideSoon(1);
    });
    hls.loadSource(source);
    hls.attachMedia(video);
    start();
  }

  // Some phones buffer well and yet show nothing: their own player does better.
  function decideSoon(patient) {
    if (patience) return;
    patience = setTimeout(() => {
      patience = null;
      // Before a tap some phones load nothing; that says nothing about what they can play.
      if (!source || isBlocked || video.readyState >= 2) return;
      const isWaiting = !hls && video.networkState === HTMLMediaElement.NETWORK_LOADING;
      if (isWaiting && patient > 0) decideSoon(patient - 1);
      else nextWay();
    }, PATIENCE_MS);
  }

  function recover(Hls, problem) {
    if (problem.type === Hls.ErrorTypes.NETWORK_ERROR) {
      again();
    } else if (problem.type === Hls.ErrorTypes.MEDIA_ERROR && !NO_SUCH_CODEC.includes(problem.details) && mediaErrors < 1) {
      mediaErrors += 1;
      hls.recoverMediaError();
      start();
    } else {
      nextWay();
    }
  }

  function again() {
    // The first failure is often only a list that is not there yet.
    if (failures) onEvent("trouble");
    clearTimeout(retry);
    clearTimeout(patience);
    patience = null;
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    // Rebuilding is the one way out of a fatal error of a live stream (hls.js 7898).
    retry = setTimeout(open, wait * (0.75 + 0.5 * Math.random()));
  }

  function natively() {
    if (!video.canPlayType(NATIVE_TYPE)) {
      nextWay();
      return;
    }
    video.src = source;
    if (place) video.addEventListener("loadedmetadata", () => { video.currentTime = place; }, { once: true });
    decideSoon(2);
    start();
  }

  // A list that cannot be fetched looks to the browser like one it does not know.
  async function doubt(mine) {
    const isThere = await isReachable(source);
    if (mine !== turn) return;
    if (isThere) nextWay();
    else again();
  }

  function start() {
    if (!wants) return;
    isBlocked = false;
    const playing = video.play();
    if (playing) playing.then(() => onEvent("started"), (error) => {
      if (!error || error.name !== "NotAllowedError") return;
      isBlocked = true;
      onEvent("blocked");
    });
  }

  video.addEventListener("error", () => {
    if (hls || !source || !video.getAttribute("src")) return;
    const code = video.error ? video.error.code : 0;
    if (code === UNDECODABLE) nextWay();
    else if (code === NETWORK_TROUBLE || mayTryAgain()) again();
    else doubt(turn);
  });
  video.addEventListener("playing", () => {
    failures = 0;
  });

  return {
    show(address, { replay }) {
      if (!replay || !isReplay) place = 0;
      isReplay = replay;
      source = address;
      wants = true;
      way = 0;
      failures = 0;
      mediaErrors = 0;
      open();
    },
    play() {
      wants = true;
      start();
      if (!hls) decideSoon(2);
    },
    stop() {
      source = null;
      wants = false;
      close();
    },
    online() {
      if (!source || (failures === 0 && video.readyState >= 3)) return;
      failures = 0;
      open();
    },
    // Nothing has moved for long although nothing failed: begin again at the live end.
    refresh() {
      if (source && retry === null) open();
    },
    isOpen: () => source !== null,
    // The wall-clock instant of the picture that is shown, or null where the player hides it.
    shownAt() {
      if (hls) return hls.playingDate ? hls.playingDate.getTime() : null;
      const begun = typeof video.getStartDate === "function" ? video.getStartDate().getTime() : NaN;
      return Number.isFinite(begun) ? begun + video.currentTime * 1000 : null;
    },
  };
}

// Seconds into the lecture of the picture that is shown.
export function placeInLecture(lecture, { kind, shownAt, currentTime, edge, now }) {
  if (shownAt !== null) return (shownAt - lecture.starts_at) / 1000;
  if (kind === "replay") return currentTime;
  // The newest second that a live list offers is the server's now, less one segment.
  return (now - lecture.starts_at) / 1000 - Math.max(0, edge - currentTime) - 4;
}
