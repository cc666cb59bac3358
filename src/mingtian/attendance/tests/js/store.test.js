import assert from "node:assert/strict";
import { test } from "node:test";
import { KEPT_MS, openStore } from "../../static/attendance/store.js";
import { base64url, phoneId } from "../../static/attendance/phone.js";
import { createStorage } from "./world.js";

test("what was put is there again after the page was closed", () => {
  const storage = createStorage();
  openStore(storage, () => 1000).put("map:4:3:0", { live: "3ff" });

  assert.deepEqual(openStore(storage, () => 2000).get("map:4:3:0"), { live: "3ff" });
});

test("after fourteen days a record is gone and swept away", () => {
  const storage = createStorage();
  openStore(storage, () => 0).put("map:4:3:0", {});
  const later = openStore(storage, () => KEPT_MS + 1);

  assert.equal(later.get("map:4:3:0"), null);
  later.sweep();
  assert.equal(storage.kept.has("mt:map:4:3:0"), false);
});

test("a corrupt record is dropped and its neighbours stay", () => {
  const storage = createStorage();
  const store = openStore(storage, () => 0);
  store.put("map:4:3:0", { live: "1" });
  storage.setItem("mt:map:5:3:0", "{half");
  storage.setItem("mt:map:6:3:0", '"text"');

  assert.deepEqual(store.keys("map:"), ["map:4:3:0"]);
});

for (const [what, storage] of [["absent", null], ["forbidden", { setItem() { throw new Error("SecurityError"); } }]]) {
  test(`with storage ${what} the page goes on in memory and says so`, () => {
    const store = openStore(storage, () => 0);
    store.put("map:4:3:0", { live: "1" });

    assert.equal(store.isDurable(), false);
    assert.deepEqual(store.get("map:4:3:0"), { live: "1" });
    assert.deepEqual(store.keys("map:"), ["map:4:3:0"]);
  });
}

test("a full storage keeps the new record in memory", () => {
  const storage = createStorage(1);
  const store = openStore(storage, () => 0);
  store.put("one", 1);
  store.put("two", 2);

  assert.equal(store.get("one"), 1);
  assert.equal(store.get("two"), 2);
  assert.equal(store.isDurable(), false);
});

test("a phone's name has 22 signs and stays the same", () => {
  const store = openStore(createStorage(), () => 0);
  const fill = (bytes) => bytes.fill(255);
  const name = phoneId(store, fill);

  assert.match(name, /^[A-Za-z0-9_-]{22}$/);
  assert.equal(phoneId(store, (bytes) => bytes.fill(1)), name);
});

test("the name is the usual base64url of its bytes", () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, place) => place * 37);

  assert.equal(base64url(bytes), Buffer.from(bytes).toString("base64url"));
});
