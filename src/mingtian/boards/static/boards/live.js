// Follows one board: server-sent events first, asking again and again where they fail.
// Knows nothing of the page; tells `on.frame`, `on.alive` and `on.lost`.

const GRACE_MS = 5000; // A stream that ends and comes back at once is no loss.
const SILENCE_MS = 40000; // The server speaks at least every fifteen seconds.
const POLL_MS = 2000;
const SLOWEST_MS = 30000;
const POLLS_BEFORE_STREAM = 30;

export function pause(failures) {
  return failures ? Math.min(POLL_MS * 2 ** failures, SLOWEST_MS) : POLL_MS;
}

export function follow(facts, on, page = window) {
  let etag = facts.etag;
  let timer = 0;
  let watchdog = 0;

  function heard() {
    page.clearTimeout(timer);
    timer = 0;
    page.clearTimeout(watchdog);
    watchdog = 0;
  }

  function take(text) {
    const frame = JSON.parse(text);
    etag = frame.etag;
    on.frame(frame);
  }

  function stream() {
    const source = new page.EventSource(facts.stream + "?etag=" + encodeURIComponent(etag));
    const watch = () => {
      heard();
      watchdog = page.setTimeout(giveUp, SILENCE_MS);
    };
    const giveUp = () => {
      heard();
      source.close();
      on.lost();
      poll(0, 0);
    };
    source.onopen = watch;
    source.addEventListener("frame", (event) => {
      watch();
      take(event.data);
    });
    source.addEventListener("still", (event) => {
      watch();
      on.alive(JSON.parse(event.data).read_at);
    });
    source.addEventListener("trouble", () => {
      watch();
      on.lost();
    });
    source.onerror = () => {
      if (source.readyState === page.EventSource.CLOSED) giveUp();
      else if (!timer) timer = page.setTimeout(on.lost, GRACE_MS);
    };
  }

  async function poll(failures, answered) {
    if (answered >= POLLS_BEFORE_STREAM && page.EventSource) return stream();
    try {
      const reply = await page.fetch(facts.frame, {
        headers: { "If-None-Match": `"${etag}"` },
        cache: "no-store",
      });
      if (reply.status === 200) take(await reply.text());
      else if (reply.status === 304) on.alive(reply.headers.get("Read-At"));
      else throw new Error(String(reply.status));
      page.setTimeout(poll, pause(0), 0, answered + 1);
    } catch (failure) {
      on.lost();
      page.setTimeout(poll, pause(failures + 1), failures + 1, 0);
    }
  }

  if (page.EventSource) stream();
  else poll(0, 0);
}
