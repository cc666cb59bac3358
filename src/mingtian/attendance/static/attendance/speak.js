// Reads the steps of a page aloud, line by line; the text always stands on the page, and the line
// that is being read is marked. Where a phone has no voice the button stays away.

const RATE = 0.9;

export function createSpeaker({ speech, makeLine, onLine, onEnd }) {
  let turn = 0;

  function stop(isFault) {
    turn += 1;
    speech.cancel();
    onEnd(isFault === true);
  }

  function read(lines) {
    turn += 1;
    const mine = turn;
    speech.cancel();
    const step = (place) => {
      // A line that was cut off still reports its end; it may not start the next one.
      if (mine !== turn) return;
      if (place >= lines.length) {
        stop();
        return;
      }
      const line = makeLine(lines[place]);
      line.onend = () => step(place + 1);
      line.onerror = () => { if (mine === turn) stop(true); };
      onLine(lines[place]);
      speech.speak(line);
    };
    step(0);
  }

  return { read, stop };
}

export const isVoiceless = (voices, language) =>
  voices.length > 0 && !voices.some((voice) => voice.lang.slice(0, 2) === language.slice(0, 2));

export function attachReading(page, words) {
  const button = page.document.querySelector("[data-read]");
  const speech = page.speechSynthesis;
  if (!button || !speech || typeof page.SpeechSynthesisUtterance !== "function") return;
  const language = page.document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en";
  const word = button.querySelector("[data-read-word]");
  const fault = page.document.querySelector("[data-read-fault]");
  const all = () => Array.from(page.document.querySelectorAll("[data-spoken]"));
  let marked = null;

  function mark(element) {
    if (marked) marked.removeAttribute("data-now");
    marked = element;
    if (element) element.setAttribute("data-now", "");
    button.setAttribute("aria-pressed", String(element !== null));
    word.textContent = element ? words.stop_reading : words.read;
  }

  const speaker = createSpeaker({
    speech,
    makeLine(element) {
      const line = new page.SpeechSynthesisUtterance(element.textContent.replace(/\s+/g, " ").trim());
      line.lang = language;
      line.rate = RATE;
      return line;
    },
    onLine: mark,
    onEnd(isFault) {
      mark(null);
      fault.hidden = !isFault;
    },
  });
  const look = () => { button.hidden = isVoiceless(speech.getVoices(), language); };
  look();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  button.addEventListener("click", () => {
    if (marked) speaker.stop();
    else speaker.read(all().filter((element) => element.getClientRects().length));
  });
  page.addEventListener("pagehide", () => speaker.stop());
  page.document.addEventListener("visibilitychange", () => {
    if (page.document.visibilityState === "hidden" && marked) speaker.stop();
  });
}
