// For the class teacher: moves people between not yet, arrived and completed. Asks for states
// by public id only; the names are already in the page and travel once.

const EVERY_MS = 10000;

export function settle(section, states) {
  for (const [person, state] of Object.entries(states)) {
    const line = section.querySelector(`[data-person="${person}"]`);
    const list = section.querySelector(`[data-state-list="${state}"]`);
    if (line && list && line.parentElement !== list) list.append(line);
  }
  section.querySelectorAll("[data-state-list]").forEach((list) => {
    const state = list.dataset.stateList;
    const count = list.children.length;
    section.querySelector(`[data-state-count="${state}"]`).textContent = String(count);
    section.querySelector(`[data-state-none="${state}"]`).hidden = count > 0;
  });
}

export function attachNames(section, page = window) {
  if (!section) return;
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
