// For the class teacher: moves people between the lists of the evening, opens one pupil as a
// sheet over the class, copies the reminder. Asks for states by public id only; the names are
// already in the page and travel once. Without this script each name leads to a page.

const EVERY_MS = 10000;

export function settle(section, states) {
  for (const [person, state] of Object.entries(states)) {
    const line = section.querySelector(`[data-person="${person}"]`);
    const list = section.querySelector(`[data-state-list="${state}"]`);
    if (!line || !list || line.parentElement === list) continue;
    // Everybody keeps the place of the roster: who comes late stands no lower.
    const next = Array.from(list.children).find((other) => Number(other.dataset.place) > Number(line.dataset.place));
    list.insertBefore(line, next || null);
  }
  section.querySelectorAll("[data-state-list]").forEach((list) => {
    const state = list.dataset.stateList;
    const count = list.children.length;
    section.querySelector(`[data-state-count="${state}"]`).textContent = String(count);
    section.querySelector(`[data-state-none="${state}"]`).hidden = count > 0;
    const part = section.querySelector(`[data-state-part="${state}"]`);
    if (part && "mayHide" in part.dataset) part.hidden = count === 0;
  });
}

// The sheet opens when htmx has put a pupil into it; a browser without dialogs follows the link.
export function attachSheet(section, page = window) {
  const sheet = section.querySelector("[data-sheet]");
  if (!sheet) return;
  if (!sheet.showModal || !page.htmx) {
    section.querySelectorAll("[hx-get]").forEach((link) => link.removeAttribute("hx-get"));
    return;
  }
  // Signed out since, or no longer of this class: the answer is another page, and no sheet.
  sheet.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const link = detail.requestConfig.elt;
    if (detail.xhr.status === 200 && detail.xhr.responseURL === link.href) return;
    detail.shouldSwap = false;
    page.location.assign(link.href);
  });
  sheet.addEventListener("htmx:afterSwap", () => {
    if (!sheet.open) sheet.showModal();
  });
  sheet.addEventListener("click", (event) => {
    if (event.target !== sheet && !event.target.closest("[data-close]")) return;
    event.preventDefault();
    sheet.close();
  });
}

export function attachReminder(section, page = window) {
  const button = section.querySelector("[data-copy]");
  if (!button || !page.navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await page.navigator.clipboard.writeText(section.querySelector("[data-reminder]").value);
    button.textContent = button.dataset.copied;
  });
}

export function attachNames(section, page = window) {
  if (!section) return;
  attachSheet(section, page);
  attachReminder(section, page);
  const ask = async () => {
    try {
      const reply = await page.fetch(section.dataset.states, { cache: "no-store" });
      if (reply.ok) settle(section, await reply.json());
    } catch (offline) {
      // The board already says that the connection is lost.
    }
    page.setTimeout(ask, EVERY_MS);
  };
  page.setTimeout(ask, EVERY_MS);
}
