// The homes on this phone: the list with a way to take each off, and the choice which of them an
// entry belongs to. Cousins and neighbours' children may share a phone; each home stays its own.

import { filled, find } from "./page.js";
import { membersOf, unitsOf } from "./members.js";
import { forgetSeat, seatForCode } from "./seats.js";

const copyOf = (name) => find(name).content.firstElementChild.cloneNode(true);

export function drawHomes(store, seats, words, onRemoved) {
  const list = find("homes-list");
  list.textContent = "";
  find("homes").hidden = seats.length === 0;
  seats.forEach((seat) => list.appendChild(rowOf(store, seat, words, onRemoved)));
}

function rowOf(store, seat, words, onRemoved) {
  const row = copyOf("home-row");
  const part = (name) => row.querySelector("[data-" + name + "]");
  const who = membersOf(seat, words);
  part("home-units").textContent = unitsOf(seat, words);
  part("home-members").textContent = who;
  part("remove").setAttribute("aria-label", filled(words.remove, { who }));
  const ask = (isAsked) => {
    part("sure").hidden = !isAsked;
    part("remove").hidden = isAsked;
    part(isAsked ? "keep" : "remove").focus();
  };
  part("remove").addEventListener("click", () => ask(true));
  part("keep").addEventListener("click", () => ask(false));
  part("remove-now").addEventListener("click", () => {
    forgetSeat(store, seat);
    onRemoved(filled(words.removed, { who }));
  });
  return row;
}

// The choices "this home, that home, another": null in the reply of `chosenHome` is another.
export function offerHomes(seats, words, { code, isHelping }) {
  const list = find("home-choices");
  const mine = isHelping ? null : seatForCode(seats, code) || seats[0];
  list.textContent = "";
  seats.forEach((seat) => {
    const choice = copyOf("home-choice");
    const input = choice.querySelector("input");
    input.value = String(seat.home);
    input.checked = seat === mine;
    choice.querySelector("span").textContent = filled(words.this_home, { who: membersOf(seat, words) });
    list.appendChild(choice);
  });
  if (!mine) chooseOther();
}

export function chooseOther() {
  find("home-other").querySelector("input").checked = true;
}

export function chosenHome(form, seats) {
  const input = form.querySelector("input[name=home]:checked");
  return seats.find((seat) => input && input.value === String(seat.home)) || null;
}
