// A board that moves: follows the frames of its unit and shows each one.

import { attachCurve } from "./curve.js";
import { follow } from "./live.js";
import { attachNames } from "./names.js";
import { show } from "./show.js";

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// On a phone the strip is wider than the screen: it begins at the evening that is shown.
function showEvening(strip) {
  const current = strip && strip.querySelector("[aria-current]");
  if (current) strip.scrollLeft = current.offsetLeft + current.offsetWidth - strip.offsetLeft - strip.clientWidth;
}

export function attachBoard(root) {
  const facts = read("facts");
  const words = read("words");
  const draw = attachCurve(root.querySelector("[data-curve]"), facts, words);
  const asOf = root.querySelector("[data-read-at]");
  let readAt = facts.read_at;
  const say = (sentence, lost) => {
    asOf.textContent = sentence.replace("{time}", readAt);
    asOf.classList.toggle("lost", lost);
  };
  if (draw) draw(facts);
  follow(facts, {
    frame: ({ board, read_at: at }) => {
      readAt = at;
      show(root, board, facts.order, words);
      if (draw) draw(board);
      say(words.as_of, false);
    },
    alive: (at) => {
      readAt = at || readAt;
      say(words.as_of, false);
    },
    lost: () => say(words.lost, true),
  });
  showEvening(root.querySelector("[data-evenings]"));
  attachNames(root.querySelector("[data-names]"));
}

if (typeof document !== "undefined" && document.querySelector("[data-board]")) attachBoard(document);
