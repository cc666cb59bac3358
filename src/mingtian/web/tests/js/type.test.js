import assert from "node:assert/strict";
import { test } from "node:test";
import { applyType, rememberType } from "../../static/web/type.js";

function createRoot() {
  const attributes = new Map();
  return {
    attributes,
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
  };
}

const createPage = (protocol, storage) => ({ location: { protocol }, document: {}, localStorage: storage });

test("large type is a mark on the root, normal type is none", () => {
  const root = createRoot();
  applyType(root, "large");
  assert.equal(root.attributes.get("data-type"), "large");

  applyType(root, "normal");
  assert.equal(root.attributes.size, 0);
});

test("the choice is remembered for a year on the whole site", () => {
  const page = createPage("https:", { setItem() {} });
  rememberType(page, "large");

  assert.match(page.document.cookie, /^type=large; path=\/; max-age=31536000; samesite=lax; secure$/);
});

test("without storage the cookie alone remembers", () => {
  const page = createPage("http:", { setItem() { throw new Error("SecurityError"); } });
  rememberType(page, "normal");

  assert.match(page.document.cookie, /^type=normal/);
});
