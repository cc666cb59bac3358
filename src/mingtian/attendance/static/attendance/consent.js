// The question before a home is counted for the first time: may this be recorded? It has two
// answers of equal weight, and the one that says no leads to the hall as well.

export function createConsent(form, audience) {
  const part = form.querySelector("[data-consent]");
  const submit = form.querySelector("[data-submit]");
  const step = form.querySelector("[data-consent-step]");
  const guest = form.querySelector("[data-guest]");
  const chosen = () => part.querySelector("input[name=by]:checked");
  let isDemanded = false;

  function giver() {
    if (audience !== "class") return "self";
    return chosen() ? chosen().value : null;
  }

  return {
    // The server knows of no consent although this page did not ask: ask, whatever is chosen.
    demand() {
      isDemanded = true;
    },
    reset() {
      isDemanded = false;
      if (chosen()) chosen().checked = false;
    },
    ask(isNewHome) {
      const isAsked = isNewHome || isDemanded;
      part.hidden = !isAsked;
      guest.hidden = !isAsked;
      step.hidden = !isAsked;
      // Side by side with a refusal the consent may not shout.
      submit.classList.toggle("button--call", !isAsked);
    },
    isAsked: () => !part.hidden,
    isMissing: () => !part.hidden && giver() === null,
    given: () =>
      part.hidden ? null : { version: Number(part.getAttribute("data-consent")), by: giver() },
  };
}
