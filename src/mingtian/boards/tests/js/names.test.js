import assert from "node:assert/strict";
import { test } from "node:test";
import { attachReminder, attachSheet, settle } from "../../static/boards/names.js";

// Just enough of a class: lists, their counts, and the parts that may hide.
function makeClass(people) {
  const lists = {};
  const parts = { noted: { dataset: { mayHide: "" }, hidden: true }, not_yet: { dataset: {}, hidden: false } };
  const others = {};
  for (const state of Object.keys(parts)) {
    lists[state] = { dataset: { stateList: state }, children: [] };
    lists[state].insertBefore = (line, next) => {
      line.parentElement.children = line.parentElement.children.filter((each) => each !== line);
      line.parentElement = lists[state];
      lists[state].children.splice(next ? lists[state].children.indexOf(next) : lists[state].children.length, 0, line);
    };
    others[`[data-state-list="${state}"]`] = lists[state];
    others[`[data-state-count="${state}"]`] = { textContent: "" };
    others[`[data-state-none="${state}"]`] = { hidden: false };
    others[`[data-state-part="${state}"]`] = parts[state];
  }
  for (const [place, person] of people.entries()) {
    const line = { parentElement: lists.not_yet, dataset: { person, place: String(place) } };
    lists.not_yet.children.push(line);
    others[`[data-person="${person}"]`] = line;
  }
  const section = {
    querySelector: (selector) => others[selector] || null,
    querySelectorAll: () => Object.values(lists),
  };
  return { section, parts, others, lists };
}

test("somebody who is noted moves to that list, which appears and goes again", () => {
  const { section, parts, others, lists } = makeClass(["a", "b"]);

  settle(section, { a: "noted", b: "not_yet", gone: "noted" });
  assert.equal(lists.noted.children.length, 1);
  assert.equal(others['[data-state-count="not_yet"]'].textContent, "1");
  assert.equal(parts.noted.hidden, false);

  settle(section, { a: "not_yet", b: "not_yet" });
  assert.equal(parts.noted.hidden, true);
  assert.equal(parts.not_yet.hidden, false);
});

test("every list keeps the order of the roster, whoever comes first", () => {
  const people = Array.from({ length: 11 }, (_, place) => "p" + place);
  const { section, lists } = makeClass(people);

  for (const person of ["p10", "p2", "p9", "p0"]) settle(section, { [person]: "noted" });

  assert.deepEqual(lists.noted.children.map((line) => line.dataset.person), ["p0", "p2", "p9", "p10"]);
});

test("a browser without dialogs keeps the links to the pupils' pages", () => {
  const removed = [];
  const link = { removeAttribute: (name) => removed.push(name) };
  const section = { querySelector: () => ({}), querySelectorAll: () => [link] };

  attachSheet(section, { htmx: {} });

  assert.deepEqual(removed, ["hx-get"]);
});

test("the sheet opens when a pupil has come into it and closes on its way back", () => {
  const heard = {};
  const sheet = {
    open: false,
    showModal: () => (sheet.open = true),
    close: () => (sheet.open = false),
    addEventListener: (name, listener) => (heard[name] = listener),
  };
  attachSheet({ querySelector: () => sheet, querySelectorAll: () => [] }, { htmx: {} });

  heard["htmx:afterSwap"]();
  assert.equal(sheet.open, true);
  heard.click({ target: { closest: () => null }, preventDefault: () => assert.fail("a click inside stays") });
  assert.equal(sheet.open, true);
  heard.click({ target: { closest: () => ({}) }, preventDefault: () => {} });
  assert.equal(sheet.open, false);
});

test("an answer that is no pupil is opened as the page it is", () => {
  const heard = {};
  const went = [];
  const sheet = { showModal: () => {}, addEventListener: (name, listener) => (heard[name] = listener) };
  const page = { htmx: {}, location: { assign: (address) => went.push(address) } };
  attachSheet({ querySelector: () => sheet, querySelectorAll: () => [] }, page);
  const answer = (status, responseURL) => {
    const detail = { xhr: { status, responseURL }, requestConfig: { elt: { href: "/pupils/a" } }, shouldSwap: true };
    heard["htmx:beforeSwap"]({ detail });
    return detail.shouldSwap;
  };

  assert.equal(answer(200, "/pupils/a"), true);
  assert.equal(answer(200, "/sign-in?next=/pupils/a"), false);
  assert.equal(answer(404, "/pupils/a"), false);
  assert.deepEqual(went, ["/pupils/a", "/pupils/a"]);
});

test("the reminder is copied where the browser can, and says so", async () => {
  const copied = [];
  const button = { hidden: true, dataset: { copied: "Copied" }, addEventListener: (_, act) => (button.press = act) };
  const section = {
    querySelector: (selector) => (selector === "[data-copy]" ? button : { value: "Tonight at 20:00" }),
  };

  attachReminder(section, { navigator: { clipboard: { writeText: async (text) => copied.push(text) } } });
  assert.equal(button.hidden, false);
  await button.press();

  assert.deepEqual(copied, ["Tonight at 20:00"]);
  assert.equal(button.textContent, "Copied");
});
