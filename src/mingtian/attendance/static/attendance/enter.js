// The entry page: who is here, once per campaign. Later visits go straight to the hall.

import { attachCodeForms } from "./code.js";
import { createConsent } from "./consent.js";
import { createEntry } from "./entry.js";
import { addPupil, isWorthSending, stepCount } from "./form.js";
import { createHelping } from "./helping.js";
import { chooseOther, chosenHome, drawHomes, offerHomes } from "./homes.js";
import { find, readJson, setText, showOnly } from "./page.js";
import { chooseGuest, forgetSeat, guestChoice, listSeats, saveSeat, seatForCode } from "./seats.js";
import { attachReading } from "./speak.js";
import { openStore, storageOf } from "./store.js";
import { createTonight, hallOf } from "./tonight.js";
import { createTrouble } from "./trouble.js";
import { visitOf } from "./visit.js";
import { postJson } from "./wire.js";

const TIMEOUT_MS = 20000;
const SOFT = ["busy", "not_durable", "too_slow"];

const facts = readJson("facts") || {};
const words = readJson("words");
const store = openStore(storageOf(window), Date.now);
const form = find("enter");
const visit = visitOf(window);
const tonight = createTonight(facts, words, store);
const trouble = createTrouble(form, words, send);
const consent = createConsent(form, facts.audience);
const helping = createHelping(form, words, refresh);
const entry = createEntry({ form, facts, store, isHelping: visit.isHelping,
  random: (bytes) => window.crypto.getRandomValues(bytes) });
let seats = listSeats(store, facts.campaign, Date.now());

const toHall = (lecture) => window.location.replace(hallOf(lecture));

async function send() {
  const joined = chosenHome(form, seats);
  setBusy(true);
  const body = entry.body({ joined, seats, consent: consent.given() });
  const answer = await postJson("/enter", body, TIMEOUT_MS).catch(() => null);
  setBusy(false);
  const reply = answer && answer.reply;
  if (reply && answer.status === 200) enter(reply, joined);
  else if (!reply || SOFT.includes(reply.code)) trouble.tryAgain(answer);
  else refuse(reply, joined);
}

function refuse(reply, joined) {
  if (joined && reply.code === "bad_seat") {
    // The home was erased since; what is left of it here would stand in its own way.
    forgetSeat(store, joined);
    refresh();
    chooseOther();
    askConsent();
    if (consent.isMissing()) trouble.refuse({ code: "nobody_agreed", say: words.home_gone });
    else send();
    return;
  }
  if (reply.code === "consent_needed") {
    consent.demand();
    askConsent();
  }
  trouble.refuse(reply);
}

function enter(reply, joined) {
  store.put("clock", reply.now - Date.now());
  const seat = saveSeat(store, reply, { code: facts.code, unit: facts.unit, joined, now: Date.now() });
  const lecture = tonight.lecture();
  entry.settled();
  if (!store.isDurable()) {
    // The seat would be lost on the way to the hall; say what to tap instead of pretending.
    showOnly(document, "when-storage", "none");
    find("storage").scrollIntoView({ block: "center" });
  } else if (visit.isHelping || !lecture) {
    consent.reset();
    refresh();
    helping.signedIn(seat);
  } else {
    toHall(lecture);
  }
}

function watchUncounted() {
  const lecture = tonight.lecture();
  if (visit.isHelping) helping.declined();
  else {
    // A home that is counted stays so; only this one is left out.
    if (!seats.length) chooseGuest(store, facts.campaign, facts.code);
    if (lecture) toHall(lecture);
  }
}

function setBusy(isBusy) {
  const button = find("submit");
  button.disabled = isBusy;
  setText(find("submit-word"), isBusy ? words.entering : consent.isAsked() ? words.agree : words.enter);
  form.setAttribute("aria-busy", String(isBusy));
}

// Draws what depends on the homes on this phone, after each change of them.
function refresh() {
  seats = listSeats(store, facts.campaign, Date.now());
  drawHomes(store, seats, words, (sentence) => {
    setText(find("announce"), sentence);
    refresh();
    document.getElementById("content").focus();
  });
  offerHomes(seats, words, { code: facts.code, isHelping: visit.isHelping });
  find("home").hidden = seats.length === 0 || facts.audience === "staff_group";
  // Only in the page where the operator has set up WeChat.
  const again = find("find-again");
  if (again) again.hidden = !visit.isInWeChat || visit.isHelping || seats.length > 0;
  askConsent();
}

function askConsent() {
  const isNewHome = chosenHome(form, seats) === null;
  consent.ask(isNewHome);
  setText(find("guest-word"), seats.length && !visit.isHelping ? words.leave_out : words.guest);
  setBusy(false);
}

function submit(event) {
  event.preventDefault();
  trouble.clear();
  const missing = isWorthSending(form, facts.audience, chosenHome(form, seats) !== null)
    || (consent.isMissing() ? "nobody_agreed" : null);
  if (missing) trouble.refuse({ code: missing, say: words[missing] });
  else send();
}

function showForm() {
  showOnly(document, "when-state", facts.state || "unknown");
  showOnly(document, "when-audience", facts.audience || "class");
  showOnly(document, "when-helping", visit.isHelping ? "yes" : "no");
  const place = visit.isSnapshot ? "snapshot" : store.isDurable() ? "kept" : "none";
  showOnly(document, "when-storage", place);
  if (place !== "kept") form.hidden = true;
  if (visit.isHelping) helping.begin();
  tonight.show();
  refresh();
}

function begin() {
  visit.keepInLinks(document.querySelectorAll(".switches a"));
  find("reopen").addEventListener("click", visit.leaveSnapshot);
  const lecture = tonight.lecture();
  const isKnown = seatForCode(seats, facts.code) || (!seats.length && guestChoice(store, facts.campaign));
  if (isKnown && lecture && facts.state === "open" && visit.isPlain) {
    toHall(lecture);
    return;
  }
  showForm();
  attachReading(window, words);
  find("add-pupil").addEventListener("click", () => addPupil(find("pupils"), words.child_number));
  find("guest").addEventListener("click", watchUncounted);
  form.addEventListener("input", trouble.clear);
  form.addEventListener("change", (event) => { if (event.target.name === "home") askConsent(); });
  form.addEventListener("click", (event) => stepCount(event, words.count));
  form.addEventListener("submit", submit);
  window.addEventListener("online", trouble.now);
}

attachCodeForms(window);
begin();
