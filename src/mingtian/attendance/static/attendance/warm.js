// Fetches the lists and the first piece of the lecture while the player library is still on its
// way. On a slow link that library takes seconds; what is small need not wait for it.

const FRESH_MS = 6000;
// Where the player begins: so many pieces behind the end of a live list.
export const BEHIND = 2;

const lines = (text) => text.split("\n").filter((line) => line && !line.startsWith("#"));

export function firstRung(text, address) {
  if (!text.includes("#EXT-X-STREAM-INF")) return null;
  const named = lines(text)[0];
  return named ? new URL(named, address).href : null;
}

export function firstPiece(text, address) {
  const pieces = lines(text);
  const named = pieces[Math.max(0, pieces.length - BEHIND)];
  return named ? new URL(named, address).href : null;
}

export function createWarm({ get, clock }) {
  const texts = new Map();

  async function text(address) {
    const answer = await get(address);
    if (!answer.ok) throw new Error(String(answer.status));
    const body = await answer.text();
    texts.set(address, { body, at: clock() });
    return body;
  }

  return {
    async up(address) {
      try {
        const top = await text(address);
        const rung = firstRung(top, address);
        const piece = firstPiece(rung ? await text(rung) : top, rung || address);
        // Kept by the browser: pieces never change. Read to its end, else it would be given up.
        if (piece) await (await get(piece)).arrayBuffer();
      } catch (weak) {
        // Nothing is lost: the player asks for the same by itself.
      }
    },
    // The text of a list that was fetched just now, once; a player that comes back wants news.
    take(address) {
      const kept = texts.get(address);
      texts.delete(address);
      return kept && clock() - kept.at < FRESH_MS ? kept.body : null;
    },
  };
}

// The library's own loader of lists, except for what is here already.
export function warmLoader(Base, warm) {
  return class extends Base {
    load(context, config, callbacks) {
      const body = warm.take(context.url);
      if (body === null) {
        super.load(context, config, callbacks);
        return;
      }
      this.context = context;
      const { loading } = this.stats;
      loading.start = loading.first = loading.end = performance.now();
      this.stats.loaded = this.stats.total = body.length;
      // Later, as from a network: the library is not ready for an answer within the call.
      Promise.resolve().then(() => this.context && callbacks.onSuccess(
        { url: context.url, data: body, code: 200 }, this.stats, context, null));
    }
  };
}
