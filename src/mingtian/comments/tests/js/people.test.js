import assert from "node:assert/strict";
import { test } from "node:test";

import { homesOf, newKey, peopleOf } from "../../static/comments/people.js";

const words = {
  kin: { mother: "A mother" }, kinds: { pupil: "A pupil", resident: "A resident" }, numbered: "Pupil no. {number}",
};

test("everybody of every home on the phone may speak, in the order of the token", () => {
  const seats = [
    { token: "a", members: [{ kind: "pupil", label: "7" }, { kind: "parent", kin: "mother" }] },
    { token: "b", members: [{ kind: "resident", kin: "resident-1" }] },
  ];

  const people = peopleOf(seats, words);

  assert.deepEqual(people.map((person) => [person.token, person.place, person.name]), [
    ["a", 0, "Pupil no. 7"], ["a", 1, "A mother"], ["b", 0, "A resident"],
  ]);
});

test("two homes on one phone stay apart", () => {
  const home = (token) => ({ token, members: [{ kind: "pupil", label: "7" }, { kind: "parent", kin: "mother" }] });

  const homes = homesOf(peopleOf([home("a"), home("b")], words));

  assert.deepEqual(homes.map((each) => each.map((person) => person.token)), [["a", "a"], ["b", "b"]]);
});

test("a key is sixteen hexadecimal digits", () => {
  const crypto = { getRandomValues: (bytes) => bytes.fill(10) };

  assert.equal(newKey(crypto), "0a0a0a0a0a0a0a0a");
});
