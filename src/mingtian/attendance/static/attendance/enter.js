// The entry page: who is here, once per campaign. Later visits go straight to the hall.

import { attachCodeForms } from "./code.js";
import { filled, find, readJson, setText, showOnly } from "./page.js";
import { phoneId } from "./phone.js";
import { dayWords, lectureFor, sameDay, timeWords } from "./phase.js";
import { addPupil, collect, isWorthSending, stepCount } from "./form.js";
import { homeToJoin, listSeats, saveSeat, seatForCode } from "./seats.js";
import { openStore } from "./store.js";
import { createTrouble } from "./trouble.js";
import { postJson } from "./wire.js";

const TIMEOUT_MS = 20000;
const SOFT = ["busy", "not_durable", "too_slow"];

const facts = readJson("facts") || {};
const words = readJson("words");
const store = openStore(safeStorage(), Date.now);
const form = find("enter");
const seats = listSeats(store, facts.campaign, Date.now());
const asked = new URLSearchParams(window.location.search);
const trouble = form ? createTrouble(form, words, send) : null;

function safeStorage() {
  try {
    return window.localStorage;
  } catch (forbidden) {
    return null;
  }
}

const serverNow = () => Date.now() + (store.get("clock") || 0);
const goal = () => lectureFor(facts.lectures || [], serverNow());
const hallOf = (lecture) => "/hall/" + lecture.id;

function showEvening() {
  const lecture = goal();
  if (!lecture) return;
  const now = serverNow();
  const values = { time: timeWords(lecture.starts_at), title: lecture.title, number: lecture.number,
    day: dayWords(lecture.starts_at, document.documentElement.lang) };
  const sentence = now > lecture.ends_at ? words.ended
    : sameDay(now, lecture.starts_at) ? words.tonight : words.on_day;
  setText(find("evening"), filled(sentence, values));
  document.querySelectorAll("[data-to-hall]").forEach((link) => { link.href = hallOf(lecture); });
}

function chosenHome() {
  const chosen = form.querySelector("input[name=home]:checked");
  return chosen && seats.length ? chosen.value : "same";
}

async function send() {
  const home = chosenHome();
  const joined = homeToJoin(seats, facts.code, home);
  const body = Object.assign({ v: 1, code: facts.code, home,
    phone: phoneId(store, (bytes) => window.crypto.getRandomValues(bytes)) },
  collect(form, facts.audience));
  if (joined) body.seat = joined.token;
  setBusy(true);
  const answer = await postJson("/enter", body, TIMEOUT_MS).catch(() => null);
  setBusy(false);
  if (answer && answer.status === 200 && answer.reply) enter(answer.reply, joined);
  else if (!answer || !answer.reply || SOFT.includes(answer.reply.code)) trouble.tryAgain(answer);
  else trouble.refuse(answer.reply);
}

function enter(reply, joined) {
  store.put("clock", reply.now - Date.now());
  saveSeat(store, reply, { code: facts.code, unit: facts.unit, joined, now: Date.now() });
  if (!store.isDurable()) {
    // The seat would be lost on the way to the hall; say what to tap instead of pretending.
    showOnly(document, "when-storage", "none");
    find("storage").scrollIntoView({ block: "center" });
    return;
  }
  const lecture = goal();
  if (lecture) window.location.replace(hallOf(lecture));
}

function setBusy(isBusy) {
  const button = find("submit");
  button.disabled = isBusy;
  setText(find("submit-word"), isBusy ? words.entering : words.enter);
  form.setAttribute("aria-busy", String(isBusy));
}

function begin() {
  if (asked.has("add")) {
    document.querySelectorAll(".switches a").forEach((link) => { link.search += "&add=1"; });
  }
  const mine = seatForCode(seats, facts.code);
  const lecture = goal();
  if (mine && lecture && facts.state === "open" && !asked.has("add")) {
    window.location.replace(hallOf(lecture));
    return;
  }
  showOnly(document, "when-state", facts.state || "unknown");
  showOnly(document, "when-audience", facts.audience || "class");
  showOnly(document, "when-seats", seats.length ? "some" : "none");
  find("home").hidden = seats.length === 0 || facts.audience !== "class";
  const isSnapshot = asked.get("is_snapshotuser") === "1";
  const canStay = store.isDurable() && !isSnapshot;
  showOnly(document, "when-storage", canStay ? "kept" : "none");
  if (!canStay) form.hidden = true;
  showEvening();
  find("add-pupil").addEventListener("click", () => addPupil(find("pupils"), words.child_number));
  form.addEventListener("input", trouble.clear);
  form.addEventListener("click", (event) => stepCount(event, words.count));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trouble.clear();
    const missing = isWorthSending(form, facts.audience, seats.length > 0);
    if (missing) trouble.refuse({ code: missing, say: words[missing] });
    else send();
  });
  window.addEventListener("online", trouble.now);
}

attachCodeForms(window);
if (form) begin();
