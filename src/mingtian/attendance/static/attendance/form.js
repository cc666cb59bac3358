// The form of the entry page: rows of pupils, chips of kin, counters of residents.

const MOST_PUPILS = 4;

const words = (input) => input.value.trim().replace(/\s+/g, " ");

export function collect(form, audience) {
  if (audience === "community") return { people: [], kin: counted(form) };
  const people = Array.from(form.querySelectorAll("[data-pupil]"))
    .map((row) => ({
      number: words(row.querySelector("[data-number]")),
      name: words(row.querySelector("[data-name]")),
    }))
    .filter((person) => person.number || person.name);
  const kin = Array.from(form.querySelectorAll("[data-kin] input:checked")).map((box) => box.value);
  return { people, kin: audience === "class" ? kin : [] };
}

function counted(form) {
  const kinds = [];
  form.querySelectorAll("[data-counter]").forEach((counter) => {
    const output = counter.querySelector("output");
    for (let left = Number(output.value || output.textContent); left > 0; left -= 1) {
      kinds.push(counter.getAttribute("data-counter"));
    }
  });
  return kinds;
}

// The code for what is missing, or null. The server decides; this spares a journey.
export function isWorthSending(form, audience, hasSeat) {
  const { people, kin } = collect(form, audience);
  if (audience === "community") return kin.length ? null : "nobody_counted";
  // A home that is known already may add a relative without naming its child again.
  if (people.length === 0) return hasSeat && kin.length ? null : "nobody_named";
  return people.some((person) => !person.number || !person.name) ? "half_named" : null;
}

const FIELDS = {
  not_on_roster: "people", ask_class_teacher: "people", nobody_named: "people",
  half_named: "people", nobody_counted: "count", two_households: "home", too_many_people: "kin",
  consent_needed: "consent", nobody_agreed: "consent",
};

export const fieldFor = (code) => FIELDS[code] || "all";

export function addPupil(list, sentence) {
  const rows = list.querySelectorAll("[data-pupil]");
  if (rows.length >= MOST_PUPILS) return;
  const row = rows[0].cloneNode(true);
  const number = rows.length + 1;
  row.querySelectorAll("input").forEach((input) => {
    input.value = "";
    input.removeAttribute("aria-invalid");
    input.id = input.id.replace(/\d+$/, String(number));
  });
  row.querySelectorAll("label").forEach((label) => {
    label.htmlFor = label.htmlFor.replace(/\d+$/, String(number));
  });
  const title = row.querySelector("[data-which]");
  title.hidden = false;
  title.textContent = sentence.replace("{n}", String(number));
  list.appendChild(row);
  row.querySelector("input").focus();
}

export function stepCount(event, sentence) {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const counter = button.closest("[data-counter]");
  const output = counter.querySelector("output");
  const next = Number(output.textContent) + Number(button.getAttribute("data-step"));
  output.textContent = String(Math.min(8, Math.max(0, next)));
  output.setAttribute("aria-label", sentence.replace("{n}", output.textContent));
}

// For the next family: nothing of the last one stays in the form.
export function emptyForm(form) {
  form.reset();
  Array.from(form.querySelectorAll("[data-pupil]")).slice(1).forEach((row) => row.remove());
  form.querySelectorAll("[data-counter] output").forEach((output) => {
    output.textContent = "0";
    output.removeAttribute("aria-label");
  });
}
