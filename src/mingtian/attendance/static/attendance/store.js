// What a phone remembers, in local storage, for 14 days. A record that cannot be read is dropped
// alone; where storage is absent or full the page goes on in memory and `durable` says so.

const PREFIX = "mt:";
export const KEPT_MS = 14 * 24 * 3600 * 1000;

export function storageOf(page) {
  try {
    return page.localStorage;
  } catch (forbidden) {
    return null;
  }
}

export function openStore(backing, clock) {
  const memory = new Map();
  let durable = works(backing);

  function read(name) {
    if (memory.has(name)) return memory.get(name);
    try {
      return parse(backing.getItem(name));
    } catch (refused) {
      return null;
    }
  }

  function fresh(name) {
    const kept = read(name);
    if (kept === null || clock() - kept.at > KEPT_MS) return null;
    return kept.value;
  }

  function names() {
    const found = new Set(memory.keys());
    // A full storage can still be read.
    for (let place = 0; place < sizeOf(backing); place += 1) {
      const name = backing.key(place);
      if (name && name.startsWith(PREFIX)) found.add(name);
    }
    return Array.from(found).sort();
  }

  return {
    isDurable: () => durable,
    get: (key) => fresh(PREFIX + key),
    put(key, value) {
      const kept = { at: clock(), value };
      try {
        backing.setItem(PREFIX + key, JSON.stringify(kept));
        memory.delete(PREFIX + key);
        durable = true;
      } catch (refused) {
        durable = false;
        memory.set(PREFIX + key, kept);
      }
    },
    remove(key) {
      memory.delete(PREFIX + key);
      if (sizeOf(backing)) backing.removeItem(PREFIX + key);
    },
    keys: (start) =>
      names()
        .map((name) => name.slice(PREFIX.length))
        .filter((key) => key.startsWith(start) && fresh(PREFIX + key) !== null),
    sweep() {
      names().forEach((name) => {
        // Type size and the phone's own name are small and outlive a campaign.
        if (/^mt:(map|seat):/.test(name) && fresh(name) === null) this.remove(name.slice(PREFIX.length));
      });
    },
  };
}

function works(backing) {
  try {
    backing.setItem(PREFIX + "try", "1");
    backing.removeItem(PREFIX + "try");
    return true;
  } catch (refused) {
    return false;
  }
}

function sizeOf(backing) {
  try {
    return backing.length || 0;
  } catch (refused) {
    return 0;
  }
}

function parse(text) {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text);
    return kept && typeof kept.at === "number" && "value" in kept ? kept : null;
  } catch (corrupt) {
    return null;
  }
}
