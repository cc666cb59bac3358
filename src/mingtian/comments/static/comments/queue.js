// The queue by keyboard: j and k walk, a approves, r keeps a text back, f refers, u undoes; Escape
// leaves a referral. Nothing happens while somebody types or holds a modifier.

const cards = () => Array.from(document.querySelectorAll("[data-review]"));

function present() {
  return document.activeElement ? document.activeElement.closest("[data-review]") : null;
}

function walk(step) {
  const all = cards();
  const at = all.indexOf(present());
  const next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step))];
  if (next) next.focus();
}

function act(key) {
  const card = present();
  const button = card && card.querySelector('[data-key="' + key + '"]');
  if (!button) return;
  button.click();
  const office = key === "f" && button.parentElement.open && card.querySelector("[name=told]");
  if (office) office.focus();
}

function leaveReferral() {
  const card = present();
  const referral = card && card.querySelector("details[open]");
  if (!referral) return;
  referral.open = false;
  card.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") leaveReferral();
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if ("arfu".includes(event.key)) act(event.key);
  else return;
  event.preventDefault();
});

// The page is older than what it asks about: the text is gone, or the reader's session is.
const isOutdated = (answer) => answer.status === 403 || answer.status === 404;

// What comes back is a card; anything else is a page, of the sign-in mostly.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (isOutdated(answer) || (answer.status < 400 && !answer.responseText.includes("data-review"))) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
});

function tellFailure(event) {
  if (isOutdated(event.detail.xhr)) return;
  const card = event.detail.target;
  const told = document.querySelector("[data-queue-failed]").content.firstElementChild;
  if (!card.querySelector("[role=alert]")) card.prepend(told.cloneNode(true));
}

document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:responseError", tellFailure);

// The answer replaces the card; the reader stays there, so that u can undo and j goes on.
document.addEventListener("htmx:afterSwap", (event) => {
  const card = event.detail.elt && document.getElementById(event.detail.elt.id);
  if (card) card.focus();
});
