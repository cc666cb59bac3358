// The queue by keyboard: j and k walk, a approves, r keeps a text back, f refers, u undoes.
// Nothing happens while somebody types or holds a modifier.

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
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if ("arfu".includes(event.key)) act(event.key);
  else return;
  event.preventDefault();
});

// The answer replaces the card; the reader stays there, so that u can undo and j goes on.
document.addEventListener("htmx:afterSwap", (event) => {
  const card = event.detail.elt && document.getElementById(event.detail.elt.id);
  if (card) card.focus();
});
