// The page that tells of visits. Keeps first, sends afterwards; shows what waits and why.

import { openDrafts, send } from "./drafts.js";

const page = document.querySelector("[data-visit]");
const form = page.querySelector("[data-form]");
const says = page.querySelector("[data-says]");
const wrongs = page.querySelector("[data-wrongs]");
const sentences = JSON.parse(document.getElementById("visit-sentences").textContent);
const drafts = openDrafts(localStorage, makeId);
const LOOK_AGAIN = 5000;

let token = "";
let busy = false;

function makeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function notice(text, kind) {
  const box = document.createElement("div");
  box.className = "notice notice--" + kind;
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  return box;
}

function say(text, kind, ...further) {
  says.replaceChildren(notice(text, kind), ...further);
}

function askToSignIn() {
  say(sentences.signIn, "wait", link(page.dataset.signIn, sentences.signInNow));
}

// Stays, whatever else is said: several visits may be sent at once.
function sayWrong(pair) {
  wrongs.append(notice(sentences.keptWrong, "wait"), link(page.dataset.pairs + pair + "/problem", sentences.problem));
}

// Signed out, the answer is a way to the sign-in page: a redirect, which is not followed.
async function get(address) {
  const reply = await fetch(address, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
  return reply.type === "opaqueredirect" ? null : reply;
}

async function refresh() {
  const reply = await get(page.dataset.mine);
  if (!reply || !reply.ok) return reply ? "later" : "signin";
  const told = await reply.json();
  token = told.token;
  drafts.belongTo(told.who, told.pairs);
  showPairs();
  return "";
}

async function post(draft) {
  const body = new URLSearchParams({ ...draft.fields, own: draft.own });
  body.delete("areas");
  (draft.fields.areas || []).forEach((area) => body.append("areas", area));
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  const reply = await fetch(page.dataset.tell, { method: "POST", body, headers, redirect: "manual" });
  if (reply.type === "opaqueredirect") return { status: 0 };
  const isJson = (reply.headers.get("Content-Type") || "").includes("json");
  const told = isJson ? await reply.json() : reply.status === 404 ? { say: sentences.gone, code: "gone" } : {};
  return { status: reply.status, body: told };
}

async function sendAll(forced = false) {
  const due = () => drafts.due(Date.now(), forced, form.dataset.own);
  if (busy || !due().length) return;
  busy = true;
  try {
    const stopped = await refresh().catch(() => "later");
    if (stopped === "signin") askToSignIn();
    if (stopped) due().forEach((draft) => drafts.retry(draft, Date.now(), stopped === "signin" ? "signin" : "waiting"));
    else for (const draft of due()) await sendOne(draft);
  } finally {
    busy = false;
    showDrafts();
  }
}

async function sendOne(draft) {
  const became = await send(draft, drafts, post, Date.now);
  if (became !== "kept") return;
  if (draft.fields.wrong) sayWrong(draft.fields.pair);
  say(sentences.kept, "good");
}

function link(address, text) {
  const anchor = document.createElement("a");
  anchor.className = "button button--call";
  anchor.href = address;
  anchor.textContent = text;
  return anchor;
}

function showPairs() {
  const select = form.elements.pair;
  const chosen = select.value || location.hash.slice(1);
  const options = drafts.pairs().map((pair) => new Option(pair.id + " · " + pair.since.slice(5), pair.id));
  select.replaceChildren(...options);
  if (options.some((option) => option.value === chosen)) select.value = chosen;
  form.querySelector("button").disabled = !options.length;
  const none = drafts.isKnown() ? sentences.noneNow : sentences.none;
  if (!options.length) say(none, "wait");
  else if ([sentences.none, sentences.noneNow].includes(says.textContent)) says.replaceChildren();
  showDanger();
}

function showDanger() {
  page.querySelector("[data-danger]").hidden = !form.elements.wrong.checked;
  const pair = form.elements.pair.value;
  page.querySelector("[data-report]").href = page.dataset.pairs + (pair ? pair + "/report" : "");
  form.elements.minutes.required = form.elements.made.value === "yes";
  form.querySelectorAll("[data-made]").forEach((part) => { part.hidden = form.elements.made.value !== "yes"; });
}

function showDrafts() {
  const all = drafts.list();
  page.querySelector("[data-drafts]").hidden = !all.length;
  page.querySelector("[data-list]").replaceChildren(...all.map(card));
}

function card(draft) {
  const item = document.createElement("li");
  item.className = "panel panel--tight stack-tight";
  item.dataset.state = draft.state;
  const state = { waiting: sentences.waiting, refused: sentences.refused, signin: sentences.signIn }[draft.state];
  const lines = [draft.fields.began.replace("T", " ") + " · " + draft.fields.pair, state, draft.say];
  if (drafts.isOld(draft, Date.now(), Number(page.dataset.oldDays))) lines.push(sentences.old);
  lines.filter(Boolean).forEach((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    item.append(line);
  });
  const row = document.createElement("p");
  row.className = "row";
  row.append(
    button(sentences.send, () => { if (form.dataset.own === draft.own) beginAnew(); drafts.wake(draft); sendAll(true); }),
    button(sentences.edit, () => fill(draft)),
    button(sentences.drop, () => { if (confirm(sentences.remove)) { drafts.remove(draft.own); showDrafts(); } }),
  );
  item.append(row);
  return item;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// A draft taken back into the form keeps its id: what was perhaps sent already is not sent twice.
function fill(draft) {
  const fields = draft.fields;
  const select = form.elements.pair;
  if (!Array.from(select.options).some((option) => option.value === fields.pair)) select.add(new Option(fields.pair, fields.pair));
  ["pair", "minutes", "note", "way", "made"].forEach((name) => { form.elements[name].value = fields[name]; });
  [form.elements.day.value, form.elements.hour.value] = fields.began.split("T");
  form.querySelectorAll("[name=areas]").forEach((box) => { box.checked = (fields.areas || []).includes(box.value); });
  form.elements.wrong.checked = Boolean(fields.wrong);
  form.dataset.own = draft.own;
  form.querySelector("button").disabled = false;
  showDanger();
  form.scrollIntoView();
}

function typed() {
  const data = new FormData(form);
  const made = data.get("made") === "yes";
  const fields = { pair: data.get("pair"), began: data.get("day") + "T" + data.get("hour"), way: data.get("way"), made: data.get("made"), minutes: made ? data.get("minutes") : "", note: data.get("note"), areas: made ? data.getAll("areas") : [] };
  if (data.get("wrong")) fields.wrong = "yes";
  return fields;
}

// A new visit, in the pair of before.
function beginAnew() {
  const pair = form.elements.pair.value;
  delete form.dataset.own;
  form.reset();
  form.elements.pair.value = pair;
  begin();
}

// What was typed before this script came stays.
function begin() {
  const now = new Date(Date.now() + 8 * 3600000).toISOString();
  if (!form.elements.day.value) form.elements.day.value = now.slice(0, 10);
  if (!form.elements.hour.value) form.elements.hour.value = now.slice(11, 16);
  showDanger();
}

form.addEventListener("input", showDanger);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.reportValidity()) return;
  try {
    drafts.keep(typed(), Date.now(), form.dataset.own || undefined);
  } catch (full) {
    say(sentences.full, "wait");
    return;
  }
  beginAnew();
  showDrafts();
  says.replaceChildren();
  scrollTo(0, 0);
  sendAll(true);
});

// The worker keeps this page and what it is made of, so that it opens without a network.
async function keepPage() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data && event.data.kept) page.querySelector("[data-kept]").hidden = false;
  });
  await navigator.serviceWorker.register(page.dataset.worker);
  const ready = await navigator.serviceWorker.ready;
  const made = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = made.filter((address) => address.startsWith(location.origin) && /\.(css|js|svg)$/.test(address));
  ready.active.postMessage({ keep: [location.pathname, ...own] });
}

addEventListener("online", () => sendAll(true));
addEventListener("hashchange", showPairs);
setInterval(() => sendAll(), LOOK_AGAIN);
begin();
// Of which pairs a new telephone knows is said when the answer has come, or did not.
if (drafts.isKnown()) showPairs();
showDrafts();
refresh().catch(() => "later").then((stopped) => {
  if (stopped) showPairs();
  if (stopped === "signin") askToSignIn();
  sendAll(true);
});
keepPage().catch(() => {});
