// Shows the seats of this phone to the server, which answers with the family's page. Nothing else
// of the phone's storage is sent.

const PREFIX = "mt:seat:";
const MOST = 16;

function tokens(backing, now) {
  const found = [];
  for (let place = 0; place < backing.length; place += 1) {
    const name = backing.key(place);
    if (name && name.startsWith(PREFIX)) found.push(read(backing.getItem(name)));
  }
  return found
    .filter((seat) => seat && typeof seat.token === "string" && !(seat.expiresAt <= now))
    .map((seat) => seat.token)
    .slice(0, MOST);
}

function read(text) {
  try {
    return JSON.parse(text).value;
  } catch (corrupt) {
    return null;
  }
}

function seats() {
  try {
    return tokens(window.localStorage, Date.now());
  } catch (forbidden) {
    return [];
  }
}

function begin() {
  const page = document.querySelector("[data-opening]");
  const form = page.querySelector("[data-open-form]");
  const own = seats();
  if (own.length === 0) {
    page.querySelector("[data-state=wait]").hidden = true;
    page.querySelector("[data-state=none]").hidden = false;
    form.hidden = true;
    return;
  }
  form.querySelector("[data-seats]").value = JSON.stringify(own);
  if (!page.hasAttribute("data-left")) form.submit();
}

begin();
