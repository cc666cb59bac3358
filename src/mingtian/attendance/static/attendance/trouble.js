// What went wrong on the entry page, said beside the field it belongs to; nothing typed is lost.
// A refusal that passes is tried again by itself, with the seconds counted down.

import { fieldFor } from "./form.js";
import { filled, find, setText } from "./page.js";

const RETRY_SECONDS = [3, 5, 8, 13, 20];
const JITTER = 0.3;

export function createTrouble(form, words, send) {
  let failures = 0;
  let timer = null;

  function show(place, text) {
    place.hidden = false;
    setText(place.querySelector("[data-text]"), text);
  }

  function clear() {
    clearInterval(timer);
    timer = null;
    form.querySelectorAll("[data-error], [data-trouble]").forEach((place) => { place.hidden = true; });
    form.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
  }

  function now() {
    if (timer === null) return;
    clear();
    send();
  }

  function tryAgain(answer) {
    const reply = answer && answer.reply;
    const asked = (answer && answer.retryAfter) || (reply && reply.next) || 0;
    const own = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)];
    const sentence = reply ? reply.say + " " + words.again_in : words.no_network;
    let left = Math.ceil(Math.max(asked, own) * (1 + JITTER * Math.random()));
    failures += 1;
    clear();
    // Read aloud once; a countdown spoken each second would drown everything else.
    setText(find("announce"), filled(sentence, { seconds: left }));
    const tick = () => {
      if (left <= 0) now();
      else show(find("trouble"), filled(sentence, { seconds: left }));
      left -= 1;
    };
    timer = setInterval(tick, 1000);
    tick();
  }

  function refuse({ code, say, tries_left: left }) {
    const field = fieldFor(code);
    const beside = find("error-" + field);
    // A sentence inside a part that is not shown would be said to nobody.
    const place = beside && !beside.parentElement.closest("[hidden]") ? beside : find("trouble");
    const more = left > 0 ? " " + filled(words.tries_left, { n: left }) : "";
    show(place, (say || words.refused) + more);
    if (field === "people") markWrong();
    place.scrollIntoView({ block: "center" });
  }

  function markWrong() {
    const rows = Array.from(form.querySelectorAll("[data-pupil]"));
    const inputs = (row) => Array.from(row.querySelectorAll("input"));
    const used = rows.filter((row) => inputs(row).some((input) => input.value));
    (used.length ? used : rows.slice(0, 1)).forEach((row) =>
      inputs(row).forEach((input) => input.setAttribute("aria-invalid", "true")));
    const first = form.querySelector("[aria-invalid]");
    if (first) first.focus();
  }

  return { clear, now, tryAgain, refuse };
}
