// The big screen: a clock, a full-screen button, a screen that stays on, and a list of units that
// turns its pages where it is longer than the screen.

const SHANGHAI = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

const PAGE_MS = 10000;

// Where the list shows next: a screenful further, or the top again after the last line.
export function nextPage(top, height, whole) {
  if (whole <= height + 1 || top + height >= whole - 1) return 0;
  return Math.min(top + height, whole - height);
}

export function attachWall(page = window) {
  const clock = page.document.querySelector("[data-clock]");
  const tell = () => {
    clock.textContent = SHANGHAI.format(new Date());
  };
  tell();
  page.setInterval(tell, 1000);

  const button = page.document.querySelector("[data-full-screen]");
  if (page.document.documentElement.requestFullscreen) {
    button.hidden = false;
    button.addEventListener("click", () => page.document.documentElement.requestFullscreen());
  }

  const units = page.document.querySelector(".wall__units");
  page.setInterval(() => {
    units.scrollTop = nextPage(units.scrollTop, units.clientHeight, units.scrollHeight);
  }, PAGE_MS);

  const stayOn = () => {
    if (page.document.visibilityState === "visible" && page.navigator.wakeLock)
      page.navigator.wakeLock.request("screen").catch(() => {});
  };
  stayOn();
  page.document.addEventListener("visibilitychange", stayOn);
}

if (typeof document !== "undefined" && document.querySelector("[data-clock]")) attachWall();
