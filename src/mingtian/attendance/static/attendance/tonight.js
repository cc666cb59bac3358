// Which evening a learning code leads to now, by the server's clock.

import { filled, find, setText } from "./page.js";
import { dayWords, lectureFor, sameDay, timeWords } from "./phase.js";

export const hallOf = (lecture) => "/hall/" + lecture.id;

export function createTonight(facts, words, store) {
  const serverNow = () => Date.now() + (store.get("clock") || 0);
  const lecture = () => lectureFor(facts.lectures || [], serverNow());

  function sentenceFor(each) {
    const now = serverNow();
    const values = { time: timeWords(each.starts_at), title: each.title, number: each.number,
      day: dayWords(each.starts_at, document.documentElement.lang) };
    const sentence = now > each.ends_at ? words.ended
      : sameDay(now, each.starts_at) ? words.tonight : words.on_day;
    return filled(sentence, values);
  }

  return {
    lecture,
    show() {
      const meant = lecture();
      document.querySelectorAll("[data-to-hall]").forEach((link) => {
        link.hidden = !meant;
        if (meant) link.href = hallOf(meant);
      });
      if (meant) setText(find("evening"), sentenceFor(meant));
    },
  };
}
