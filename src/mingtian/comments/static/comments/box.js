// The box below the lecture: a like, a phrase, a few own words, and what others of the school
// said after somebody had read it. Loads nothing before it is opened; the beats come first.

import { filled, find, readJson, setText } from "../attendance/page.js";
import { listSeats } from "../attendance/seats.js";
import { openStore } from "../attendance/store.js";
import { postJson } from "../attendance/wire.js";
import { homesOf, newKey, peopleOf } from "./people.js";

const TIMEOUT_MS = 15000;
const AGAIN_MS = 20000;
const SOON_MS = 5000;

const facts = readJson("facts");
const words = readJson("talk-words");
const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
const store = openStore(safeStorage(), Date.now);
let people = [];
let unsent = null;
let isPassing = false;

function safeStorage() {
  try {
    return window.localStorage;
  } catch (forbidden) {
    return null;
  }
}

const speaker = () => people[Number(find("talk-who").value) || 0];

// What is said stands where the reader is: beside the like while the box is closed.
function say(text) {
  const isOpen = find("talk-say").open;
  setText(find("talk-status"), isOpen ? text : "");
  setText(find("talk-like-status"), isOpen ? "" : text);
}

function bodyOf(person, more) {
  return Object.assign({ seat: person.token, lecture: facts.lecture.id, person: person.place }, more);
}

async function send(path, body, otherwise = words.failed) {
  const answer = await postJson(path, body, TIMEOUT_MS).catch(() => null);
  if (answer && answer.status === 200 && answer.reply) return answer.reply;
  isPassing = !answer || answer.status >= 500;
  say((answer && answer.reply && answer.reply.say) || otherwise);
  return null;
}

// One question for each home on this phone: what its people have done, and where they read on.
// A home that is refused keeps no other from talking.
async function ask() {
  let isReached = false;
  for (const home of homesOf(people)) {
    const reply = await send("/like", bodyOf(home[0], { like: null }), words.not_reached);
    if (!reply) continue;
    isReached = true;
    home.forEach((person) => Object.assign(person, reply.people[person.place], { feed: reply.feed }));
  }
  if (isReached) say("");
  drawSpeaker();
  return isReached;
}

function drawSpeaker() {
  const person = speaker();
  const button = find("talk-like");
  button.setAttribute("aria-pressed", String(Boolean(person.like)));
  setText(find("talk-like-word"), person.like ? words.liked : words.like);
  setText(find("talk-text-label"), person.kind === "pupil" ? words.text_pupil : words.text_adult);
  const isDone = person.left === 0;
  find("talk-send").disabled = isDone;
  find("talk-phrases").querySelectorAll("button").forEach((each) => { each.disabled = isDone; });
  if (isDone) say(words.none_left);
}

async function like() {
  const person = speaker();
  const reply = await send("/like", bodyOf(person, { like: !person.like }));
  if (!reply) {
    // The page may have grown above the finger since: what went wrong is brought into sight.
    const told = find(find("talk-say").open ? "talk-status" : "talk-like-status");
    told.scrollIntoView({ block: "nearest" });
    return;
  }
  person.like = reply.like;
  drawSpeaker();
}

async function speak(more) {
  const person = speaker();
  const asked = JSON.stringify([person.token, person.place, more]);
  // Sent again after a lost answer, it is the same message.
  if (!unsent || unsent.asked !== asked) unsent = { asked, key: newKey(window.crypto) };
  say(words.sending);
  const reply = await send("/say", bodyOf(person, Object.assign({ key: unsent.key }, more)));
  if (!reply) return;
  unsent = null;
  person.left = reply.left;
  if (more.text) find("talk-text").value = "";
  const read = person.kind === "pupil" ? words.sent_pupil : words.sent_text;
  const thanks = reply.state === "approved" ? words.sent_phrase : read;
  say(thanks + " " + (reply.left ? filled(words.left, { n: reply.left }) : words.none_left));
  drawSpeaker();
  if (reply.state === "approved") setTimeout(readOn, 4000);
}

function drawPhrases(phrases) {
  const place = find("talk-phrases");
  const marks = phrases.map((phrase) => phrase.number).join();
  if (place.getAttribute("data-marks") === marks) return;
  place.setAttribute("data-marks", marks);
  place.textContent = "";
  phrases.forEach((phrase) => {
    const button = document.createElement("button");
    button.className = "button";
    button.type = "button";
    button.textContent = phrase[language];
    button.addEventListener("click", () => speak({ phrase: phrase.number }));
    place.appendChild(button);
  });
}

function drawFeed(comments) {
  const list = find("talk-feed");
  list.textContent = "";
  comments.forEach((comment) => {
    const item = document.createElement("li");
    const who = document.createElement("b");
    who.textContent = words.kin[comment.kin] || words.kinds[comment.kind] || "";
    item.append(who, " ", comment[language]);
    list.appendChild(item);
  });
  if (comments.length) return;
  const item = document.createElement("li");
  item.textContent = words.nothing_yet;
  list.appendChild(item);
}

async function readOn() {
  const { feed } = speaker();
  if (!feed || document.visibilityState === "hidden") return;
  const answer = await fetch(feed, { credentials: "omit" }).catch(() => null);
  if (!answer || !answer.ok) return;
  const reply = await answer.json().catch(() => null);
  if (!reply) return;
  drawPhrases(reply.phrases);
  drawFeed(reply.comments);
  drawSpeaker();
}

async function open() {
  if (await ask()) await readOn();
  // Spread, since the network comes back for many at once.
  else if (isPassing) setTimeout(() => { if (find("talk-say").open) open(); }, SOON_MS * (1 + Math.random()));
}

// Two homes on one phone may each have a mother: each home stands under its first member.
function drawChoice(choice) {
  const homes = homesOf(people);
  homes.forEach((home) => {
    const group = document.createElement("optgroup");
    group.label = home[0].name;
    home.forEach((person) => {
      const option = new Option(person.name, String(people.indexOf(person)));
      (homes.length > 1 ? group : choice).appendChild(option);
    });
    if (homes.length > 1) choice.appendChild(group);
  });
}

function begin() {
  const seats = facts && words ? listSeats(store, facts.campaign, Date.now()) : [];
  people = peopleOf(seats, words);
  if (!people.length) return;
  const choice = find("talk-who");
  drawChoice(choice);
  find("talk-who-field").hidden = people.length < 2;
  find("talk").hidden = false;
  choice.addEventListener("change", () => { say(""); drawSpeaker(); readOn(); });
  find("talk-like").addEventListener("click", like);
  find("talk-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = find("talk-text").value.trim();
    if (text) speak({ text });
  });
  const box = find("talk-say");
  box.addEventListener("toggle", () => { if (box.open) open(); });
  setInterval(() => { if (box.open) readOn(); }, AGAIN_MS);
}

begin();
