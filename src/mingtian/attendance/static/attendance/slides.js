// The picture of the moment for whoever only listens: one small image every half minute.

// Which slide stands now, or -1. Live by the server's clock, in a replay by the place in it.
export function slideAt(lecture, { kind, now, currentTime }) {
  if (!lecture.slide_count) return -1;
  const passed = kind === "live" ? now - lecture.starts_at : currentTime * 1000;
  const last = Math.min(lecture.slide_count, Math.ceil((lecture.ends_at - lecture.starts_at) / lecture.slide_ms)) - 1;
  if (passed < 0) return -1;
  return Math.min(last, Math.floor(passed / lecture.slide_ms));
}

export const slideAddress = (lecture, index) =>
  lecture.slides_url + String(index).padStart(5, "0") + ".jpg";

// Puts slides into `image`; the one before stays until the next is there.
export function createSlides({ lecture, image, describe }) {
  let shown = -1;
  let coming = -1;

  function fetchSlide(index) {
    const next = new Image();
    coming = index;
    next.onload = () => {
      coming = -1;
      shown = index;
      image.src = next.src;
      image.alt = describe(index);
      image.hidden = false;
    };
    // Asked again a second later, as long as it is the slide of the moment.
    next.onerror = () => { coming = -1; };
    next.src = slideAddress(lecture, index);
  }

  return {
    show(moment) {
      const index = slideAt(lecture, moment);
      image.hidden = shown < 0;
      if (index >= 0 && index !== shown && index !== coming) fetchSlide(index);
    },
    hide() {
      image.hidden = true;
    },
    has: () => lecture.slide_count > 0,
  };
}
