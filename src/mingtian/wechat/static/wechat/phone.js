// The page of this phone: puts a home back into its store, or shows the seats that are here.

import * as seats from "../attendance/seats.js";
import { openStore } from "../attendance/store.js";
import { restore, tokensHere } from "./homes.js";

const find = (name) => document.querySelector("[data-" + name + "]");
const store = openStore(safeStorage(), Date.now);
const homes = JSON.parse(document.getElementById("homes").textContent);
const tokens = tokensHere(seats, store, Date.now());

// Some browsers refuse even to look at storage; the store then works in memory.
function safeStorage() {
  try {
    return window.localStorage;
  } catch (refused) {
    return null;
  }
}

document.querySelectorAll("[data-restore]").forEach((button) => {
  button.addEventListener("click", () => {
    restore(seats, store, homes[Number(button.dataset.restore)], Date.now());
    window.location.assign(find("phone").dataset.to);
  });
});

if (tokens.length) find("here").hidden = false;
else if (find("nothing")) find("nothing").hidden = false;

tokens.forEach((token) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "seat", value: token });
  find("seats").append(field);
});
