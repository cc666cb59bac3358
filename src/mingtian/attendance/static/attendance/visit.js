// How this visit came about, read from the address: to add somebody, to help somebody, or only
// as the preview that WeChat shows before the reader asks for the whole page (module wechat).

const SNAPSHOT = /(?:^|; )snapshot=1/;
const KEPT = ["add", "help", "snapshot"];

export function visitOf(page) {
  const asked = new URLSearchParams(page.location.search);
  const isSnapshot = asked.get("snapshot") === "1" || asked.get("is_snapshotuser") === "1"
    || SNAPSHOT.test(page.document.cookie);
  return {
    isSnapshot,
    isHelping: asked.has("help"),
    isInWeChat: /MicroMessenger/.test(page.navigator.userAgent),
    isPlain: !isSnapshot && !KEPT.some((name) => asked.has(name)),
    // The other language goes on where this one was.
    keepInLinks(links) {
      const more = KEPT.filter((name) => asked.has(name)).map((name) => "&" + name + "=1").join("");
      links.forEach((link) => { link.search += more; });
    },
    leaveSnapshot(event) {
      event.preventDefault();
      page.document.cookie = "snapshot=; path=/; max-age=0; samesite=lax";
      page.location.replace(page.location.pathname);
    },
  };
}
