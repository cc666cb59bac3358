// The evening as sixty marks: recorded, kept on this phone, passed by, still to come.

import { SLOTS, has } from "./maps.js";

export function markOf(slot, { recorded, kept, reached }) {
  if (has(recorded, slot)) return "recorded";
  if (has(kept, slot)) return "kept";
  return slot < reached ? "missed" : "ahead";
}

export function drawRibbon(parent, state) {
  if (!parent.children.length) {
    for (let slot = 0; slot < SLOTS; slot += 1) parent.appendChild(document.createElement("i"));
  }
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const mark = markOf(slot, state);
    if (parent.children[slot].className !== mark) parent.children[slot].className = mark;
  }
}

export function moveSun(sun, reached) {
  sun.style.left = Math.min(100, Math.max(0, (100 * reached) / SLOTS)) + "%";
}
