// One helper, several families: after each entry the page says who is in and offers the next.

import { find, setText } from "./page.js";
import { membersOf } from "./members.js";
import { emptyForm } from "./form.js";

export function createHelping(form, words, onNext) {
  const done = find("done");

  function show(sentence, who) {
    form.hidden = true;
    done.hidden = false;
    setText(find("done-words"), sentence);
    setText(find("done-who"), who);
    done.focus();
    done.scrollIntoView({ block: "center" });
  }

  find("next").addEventListener("click", () => {
    done.hidden = true;
    form.hidden = false;
    emptyForm(form);
    onNext();
    const first = Array.from(form.querySelectorAll("[data-number], [data-step]"))
      .find((each) => each.getClientRects().length);
    if (first) first.focus();
  });

  // The list grows with each family; the empty form comes first.
  const begin = () => form.appendChild(find("homes"));

  return {
    begin,
    signedIn: (seat) => show(words.helped, membersOf(seat, words)),
    declined: () => show(words.declined, ""),
  };
}
