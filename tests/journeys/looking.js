// What looking.py asks of a page; each answers about what is really shown.
(() => {
  const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0 && !e.closest(".unseen, .skip")
    && getComputedStyle(e).visibility !== "hidden";
  const own = (e) => Array.from(e.childNodes)
    .filter((n) => n.nodeType === 3).map((n) => n.textContent.trim()).join("");
  const name = (e) => e.tagName.toLowerCase() + "." + (e.className.baseVal || e.className) + " "
    + (own(e) || e.textContent.trim()).slice(0, 20);

  return {
    async atRest() {
      // Without script nothing follows, and no frame is ever told of: waiting for one would not end.
      if (matchMedia("(scripting: none)").matches) return;
      // A frame further, what follows the size of its place (a chart) has followed.
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await document.fonts.ready;
      const ends = (one) => one.effect && Number.isFinite(one.effect.getComputedTiming().endTime);
      await Promise.all(document.getAnimations().filter(ends).map((one) => one.finished.catch(() => null)));
      const awaited = (image) => image.currentSrc && image.loading !== "lazy";
      await Promise.all(Array.from(document.images).filter(awaited).map((image) => image.decode().catch(() => null)));
    },

    // Text that its box cuts off, and text or targets that the frame of a picture cuts off.
    cutOff() {
      const leaves = Array.from(document.querySelectorAll("body *")).filter(shown)
        .filter((e) => own(e) || e.matches("button, a, input, textarea"));
      const isNarrow = (e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline"
        && !e.matches("input, textarea, select");
      const isClipped = (e) => {
        const box = e.getBoundingClientRect();
        if (box.right > document.documentElement.clientWidth + 1) return true;
        for (let at = e.parentElement; at; at = at.parentElement) {
          if (getComputedStyle(at).overflowY !== "hidden") continue;
          const frame = at.getBoundingClientRect();
          return box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        }
        return false;
      };
      const pen = document.createElement("canvas").getContext("2d");
      const isChoiceCut = (e) => {
        if (!e.matches("select") || !e.selectedOptions.length) return false;
        const style = getComputedStyle(e);
        pen.font = style.font;
        return pen.measureText(e.selectedOptions[0].text).width > e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      };
      const selects = Array.from(document.querySelectorAll("select")).filter(shown).filter(isChoiceCut);
      return [...leaves.filter((e) => isNarrow(e) || isClipped(e)), ...selects].map(name);
    },

    sizes() {
      const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b]
        .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        for (let at = e; at; at = at.parentElement) {
          const colour = rgb(getComputedStyle(at).backgroundColor);
          if (colour.length < 4 || colour[3] >= 0.9) return colour;
        }
        return [255, 255, 255];
      };
      const contrast = (e) => {
        const pair = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
        return (pair[0] + 0.05) / (pair[1] + 0.05);
      };
      const inside = Array.from(document.querySelectorAll("body *")).filter(shown);
      const texts = inside.filter((e) => own(e) && !e.closest("svg, video, script, template, option"))
        .map((e) => {
          const style = getComputedStyle(e);
          const size = parseFloat(style.fontSize);
          return { name: name(e), size, line: parseFloat(style.lineHeight) / size, contrast: contrast(e),
            isOnPicture: Boolean(e.closest(".stage")), isOff: e.matches(":disabled, :disabled *") };
        });
      // A link inside a sentence is as high as its line; WCAG 2.5.8 leaves it out.
      const isInSentence = (e) => e.matches("a") && getComputedStyle(e).display === "inline" && own(e.parentElement);
      const targets = inside.filter((e) => e.matches("a, button, input, select, textarea, summary, label.choice")
          && !e.matches(".choice input") && !isInSentence(e))
        .map((e) => { const box = e.getBoundingClientRect(); return { name: name(e), width: box.width, height: box.height }; });
      const gaps = Array.from(document.querySelectorAll("main p + p")).filter(shown)
        .filter((e) => e.previousElementSibling.offsetHeight && shown(e.previousElementSibling) && e.parentElement.matches(".stack, section, header"))
        .map((e) => {
          const line = parseFloat(getComputedStyle(e).lineHeight);
          const gap = e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom;
          return { name: name(e), lines: (gap + line) / line };
        });
      return { texts, targets, gaps };
    },

    // Numbers all that the keyboard must reach; of a group of radio buttons one.
    stops() {
      const groups = new Set();
      const stops = Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary"))
        .filter((e) => e.checkVisibility() && e.getClientRects().length && !e.disabled && e.type !== "hidden")
        .filter((e) => e.type !== "radio" || !(groups.has(e.name) || !groups.add(e.name)));
      stops.forEach((e, place) => { e.dataset.stop = place; });
      return stops.map(name);
    },

    // Where the focus is, and whether one sees it: an outline of two pixels or more.
    focus() {
      const e = document.activeElement;
      const group = e.type === "radio"
        ? Array.from(document.getElementsByName(e.name)).find((one) => one.dataset.stop !== undefined) : e;
      const look = getComputedStyle(e.closest(".choice") && e.nextElementSibling || e);
      const isSeen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
      return group && group.dataset.stop !== undefined ? [Number(group.dataset.stop), isSeen] : null;
    },
  };
})()
