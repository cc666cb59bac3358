/* Who signs out leaves nothing of the own work on the telephone: drafts, and pages kept for use without
   a network. Where drafts were not sent yet, it asks first: <form data-leaving="What is asked">. */

const OWN = ["mingtian.draft.", "mingtian.pairs."];
const SHELVES = ["mingtian-pairs"];

export function attachLeaving(page = window) {
  const names = (fronts) => Object.keys(page.localStorage).filter((name) => fronts.some((front) => name.startsWith(front)));
  for (const form of page.document.querySelectorAll("form[data-leaving]")) {
    form.addEventListener("submit", (event) => {
      if (names(OWN.slice(0, 1)).length && !page.confirm(form.dataset.leaving)) {
        event.preventDefault();
        return;
      }
      names(OWN).forEach((name) => page.localStorage.removeItem(name));
      SHELVES.forEach((shelf) => page.caches && page.caches.delete(shelf));
    });
  }
}

if (typeof window !== "undefined") attachLeaving();
