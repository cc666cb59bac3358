// Shows the seats of this phone to the server, which answers with the family's page. Nothing else
// of the phone's storage is sent.

import { phoneStore, ownSeats } from "./own.js";

const MOST = 16;

function begin() {
  const page = document.querySelector("[data-opening]");
  const form = page.querySelector("[data-open-form]");
  const now = Date.now();
  const tokens = ownSeats(phoneStore())
    .map(({ seat }) => seat)
    .filter((seat) => !(seat.expiresAt <= now))
    .map((seat) => seat.token)
    .slice(0, MOST);
  if (tokens.length === 0) {
    page.querySelector("[data-state=wait]").hidden = true;
    page.querySelector("[data-state=none]").hidden = false;
    form.hidden = true;
    return;
  }
  form.querySelector("[data-seats]").value = JSON.stringify(tokens);
  if (!page.hasAttribute("data-left")) form.submit();
}

begin();
