// The page of this phone: puts a home back into its store, or shows the seats that are here.

import * as seats from "../attendance/seats.js";
import { openStore } from "../attendance/store.js";
import { openDeeds, restore, tokensHere } from "./homes.js";

const find = (name) => document.querySelector("[data-" + name + "]");
const store = openStore(safeStorage(), Date.now);
const homes = JSON.parse(document.getElementById("homes").textContent);
const tokens = tokensHere(seats, store, Date.now());
const deeds = openDeeds(tokens, homes);

// Some browsers refuse even to look at storage; the store then works in memory.
function safeStorage() {
  try {
    return window.localStorage;
  } catch (refused) {
    return null;
  }
}

document.querySelectorAll("[data-restore]").forEach((button) => {
  const home = homes[Number(button.dataset.restore)];
  button.closest(".panel").hidden = !deeds.missing.includes(home);
  button.addEventListener("click", () => {
    restore(seats, store, home, Date.now());
    window.location.assign(find("phone").dataset.to);
  });
});

if (find("known")) find("known").hidden = !deeds.missing.length;
find("here").hidden = !deeds.canRemember;
if (find("nothing")) find("nothing").hidden = tokens.length > 0;

tokens.forEach((token) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "seat", value: token });
  find("seats").append(field);
});
