import assert from "node:assert/strict";
import { test } from "node:test";

import { attachCopying } from "../../static/web/copy.js";

function pageWith(text, clipboard) {
  const label = { textContent: "Copy" };
  const button = {
    hidden: true,
    dataset: { copy: "words", copied: "Copied" },
    querySelector: () => label,
    addEventListener: (_name, act) => { button.click = act; },
  };
  const document = { querySelectorAll: () => [button], getElementById: () => text };
  return { page: { document, navigator: { clipboard } }, button, label };
}

test("the button copies the text and says so", async () => {
  const copied = [];
  const { page, button, label } = pageWith({ innerText: "一\n二" }, { writeText: async (words) => copied.push(words) });
  attachCopying(page);
  await button.click();
  assert.equal(button.hidden, false);
  assert.deepEqual(copied, ["一\n二"]);
  assert.equal(label.textContent, "Copied");
});

test("with a form named the same tap sends it, after the copying", async () => {
  const done = [];
  const { page, button } = pageWith({ innerText: "text" }, { writeText: async () => done.push("copied") });
  const text = page.document.getElementById();
  const form = { requestSubmit: () => done.push("sent") };
  page.document.getElementById = (id) => (id === "the-form" ? form : text);
  button.dataset.then = "the-form";
  attachCopying(page);
  await button.click();
  assert.deepEqual(done, ["copied", "sent"]);
});

test("a text area gives its value", async () => {
  const copied = [];
  const { page, button } = pageWith({ value: "typed", innerText: "" }, { writeText: async (words) => copied.push(words) });
  attachCopying(page);
  await button.click();
  assert.deepEqual(copied, ["typed"]);
});

test("without a clipboard the button stays away", () => {
  const { page, button } = pageWith({}, undefined);
  attachCopying(page);
  assert.equal(button.hidden, true);
});
