// Plays the lecture: hls.js where it runs, else the browser's own HLS, else sound alone. It begins
// with the smallest picture, recovers from every fatal error and never gives up while online.

const PATIENCE_MS = 8000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const LOW_TRAFFIC = {
  startLevel: 0, capLevelToPlayerSize: true, lowLatencyMode: false, maxBufferLength: 30,
  backBufferLength: 30, liveSyncDurationCount: 2, liveMaxLatencyDurationCount: 9,
  testBandwidth: false, abrEwmaDefaultEstimate: 200000,
};
const NATIVE_TYPE = "application/vnd.apple.mpegurl";

export function createPlayer({ video, loadHls, onEvent }) {
  let hls = null;
  let source = null;
  let wants = false;
  let failures = 0;
  let mediaErrors = 0;
  let retry = null;
  let patience = null;
  let turn = 0;

  function close() {
    turn += 1;
    clearTimeout(retry);
    clearTimeout(patience);
    if (hls) hls.destroy();
    hls = null;
    video.removeAttribute("src");
    video.load();
  }

  async function open() {
    close();
    const mine = turn;
    const Hls = await loadHls().catch(() => null);
    if (mine !== turn) return;
    if (Hls && Hls.isSupported()) withHls(Hls);
    else natively();
  }

  function withHls(Hls) {
    hls = new Hls(LOW_TRAFFIC);
    hls.on(Hls.Events.ERROR, (name, problem) => problem.fatal && recover(Hls, problem));
    hls.on(Hls.Events.FRAG_BUFFERED, () => {
      failures = 0;
      // Some phones buffer well and yet show nothing: their own player does better.
      if (!patience) patience = setTimeout(() => video.readyState < 2 && natively(), PATIENCE_MS);
    });
    hls.loadSource(source);
    hls.attachMedia(video);
    start();
  }

  function recover(Hls, problem) {
    if (problem.type === Hls.ErrorTypes.MEDIA_ERROR && mediaErrors < 3) {
      mediaErrors += 1;
      hls.recoverMediaError();
      start();
      return;
    }
    if (problem.type !== Hls.ErrorTypes.NETWORK_ERROR && video.canPlayType(NATIVE_TYPE)) {
      natively();
      return;
    }
    again();
  }

  function again() {
    // The first failure is often only a list that is not there yet.
    if (failures) onEvent("trouble");
    clearTimeout(retry);
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    // Rebuilding is the one way out of a fatal error of a live stream (hls.js 7898).
    retry = setTimeout(open, wait * (0.75 + 0.5 * Math.random()));
  }

  function natively() {
    if (hls) hls.destroy();
    hls = null;
    if (!video.canPlayType(NATIVE_TYPE)) {
      onEvent("unplayable");
      return;
    }
    video.src = source;
    start();
  }

  function start() {
    if (!wants) return;
    const playing = video.play();
    if (playing) playing.then(() => onEvent("started"), (error) => {
      if (error && error.name === "NotAllowedError") onEvent("blocked");
    });
  }

  video.addEventListener("error", () => {
    if (!hls && source && video.getAttribute("src")) again();
  });

  return {
    show(address) {
      source = address;
      wants = true;
      failures = 0;
      mediaErrors = 0;
      open();
    },
    play() {
      wants = true;
      start();
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
