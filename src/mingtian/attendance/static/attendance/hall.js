// The hall page: seats of this phone, their beats, the picture, and the one line that says where
// they stand. The first beat leaves before anything else is loaded; it is the arrival.

import { attachCodeForms } from "./code.js";
import { labelOf } from "./members.js";
import { filled, find, readJson, setIcon, setText, showOnly } from "./page.js";
import { drawRibbon, moveSun } from "./ribbon.js";
import { guestChoice, listSeats } from "./seats.js";
import { createSender } from "./sender.js";
import { createStage } from "./stage.js";
import { ribbon, standing } from "./standing.js";
import { KEPT_MS, openStore, storageOf } from "./store.js";
import { postJson, sendBeacon, timers } from "./wire.js";

const ICONS = { recorded: "check", kept: "phone", not_counted: "minus" };

const REST_MS = 8000;

const openedAt = Date.now();
const facts = readJson("facts");
const words = readJson("words");
const lecture = facts.lecture;
const store = openStore(storageOf(window), Date.now);
const seats = listSeats(store, facts.campaign, Date.now());
const guest = seats.length ? null : guestChoice(store, facts.campaign);
const language = document.documentElement.lang;
let stage = null;

const sender = createSender({
  store, seats, lecture, post: postJson, beacon: sendBeacon, clock: Date.now,
  random: Math.random, timers, onChange: draw,
});

function moment() {
  const views = sender.views();
  const phase = stage ? stage.phase() : "waiting";
  return {
    phase,
    records: views.map((view) => view.record),
    outcomes: views.map((view) => view.outcome),
    isOnline: navigator.onLine !== false,
    isDurable: store.isDurable(),
    isNeeded: Boolean(stage && stage.isNeeded()),
    isMoving: Boolean(stage && stage.isMoving()),
    isStalled: Boolean(stage && stage.isStalled()),
    isFast: Boolean(stage && stage.isFast()),
    isGuest: guest !== null,
  };
}

function draw() {
  const now = moment();
  const { state, why } = standing(now);
  const line = find("standing");
  line.className = "standing standing--" + state;
  setIcon(line.querySelector("svg"), ICONS[state]);
  setText(find("standing-word"), words.standing[state]);
  setText(find("standing-why"), words.why[why] || "");
  showOnly(document, "when-why", why || "none");
  find("counted").hidden = why === "withdrawn";
  drawProgress(now);
}

function drawProgress({ records, phase }) {
  const kind = stage ? stage.kind() : "live";
  const marks = ribbon(records, kind);
  const passed = (sender.serverNow() - lecture.starts_at) / (lecture.slot_seconds * 1000);
  const reached = kind === "live" ? passed : 0;
  drawRibbon(find("ribbon"), Object.assign({ reached }, marks));
  find("sun").hidden = phase !== "live";
  moveSun(find("sun"), passed);
  const whole = Math.round(lecture.slot_seconds) === 60 ? words.count_minutes : words.count_slots;
  find("evening-part").hidden = passed < 0 && !marks.count;
  const text = filled(whole[kind], { n: marks.count });
  setText(find("count"), text);
  setText(find("count-kept"), marks.keptCount ? filled(words.count_kept, { n: marks.keptCount }) : "");
  find("ribbon").setAttribute("aria-label", text);
}

function drawMembers() {
  const list = find("members");
  seats.forEach((seat) => seat.members.forEach((member) => {
    const item = document.createElement("li");
    item.textContent = labelOf(member, words);
    list.appendChild(item);
  }));
  const code = (seats[0] && seats[0].codes && seats[0].codes[0]) || (guest && guest.code) || "";
  document.querySelectorAll("[data-add]").forEach((link) => {
    link.href = "/e/" + encodeURIComponent(code) + "?add=1";
    link.hidden = !code || (stage !== null && stage.phase() === "over");
  });
  if (guest) setText(find("add-word"), words.be_counted);
  showOnly(document, "when-seated", seats.length ? "yes" : guest ? "guest" : "no");
}

const soundKey = "sound:" + lecture.id;
const soundChoice = { get: () => store.get(soundKey), put: (isSound) => store.put(soundKey, isSound) };

// Lets the server send a later scan of the code straight here. A learning code is nobody's name.
function rememberTheWay() {
  const known = /(?:^|; )hall=([a-z0-9.]+)/.exec(document.cookie);
  const codes = seats.reduce((all, seat) => all.concat(seat.codes || []), []);
  const write = (value, age) => {
    document.cookie = "hall=" + value + "; path=/; max-age=" + age + "; samesite=lax";
  };
  if (codes.length) write(codes.slice(0, 8).join("."), KEPT_MS / 1000);
  else if (known) write("", 0);
  // Led here by a scan although the seat is gone: the entry page is where to go.
  return codes.length || guest || !known ? null : "/e/" + known[1].split(".")[0];
}

// What the evening can do without comes once the lecture moves: on a slow link it would only
// stand in the way of the sound.
function bringTheRest() {
  const isMoving = stage.isNeeded() && find("video").currentTime > 0;
  if (!isMoving && Date.now() - openedAt < REST_MS) return;
  document.querySelectorAll("[data-later-script]").forEach((part) => {
    const script = part.getAttribute("data-later-script");
    part.removeAttribute("data-later-script");
    bringSheet(part.getAttribute("data-later-style"));
    // Asked for under another address next time: some browsers remember what did not come.
    import(script).catch(() => part.setAttribute("data-later-script", script + "?"));
  });
}

function bringSheet(address) {
  if (document.querySelector('link[href="' + address + '"]')) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = address;
  document.head.appendChild(sheet);
}

function begin() {
  const elsewhere = rememberTheWay();
  if (elsewhere) {
    window.location.replace(elsewhere);
    return;
  }
  store.sweep();
  attachCodeForms(window);
  sender.begin();
  const isIn = () => sender.views().some((view) => view.record.epoch !== null);
  stage = createStage({
    lecture, words: words.stage, language, serverNow: sender.serverNow, isIn, kept: soundChoice,
    onPlayed: (kind, slot) => sender.played(kind, slot), onChange: draw,
  });
  drawMembers();
  draw();
  setInterval(() => {
    stage.follow();
    bringTheRest();
    draw();
  }, 1000);
  stage.follow();
  window.addEventListener("online", () => {
    sender.online();
    stage.online();
    draw();
  });
  window.addEventListener("offline", draw);
  window.addEventListener("pagehide", () => sender.leave());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") sender.leave();
    else sender.step();
  });
}

begin();
