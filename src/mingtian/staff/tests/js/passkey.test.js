import assert from "node:assert/strict";
import { test } from "node:test";

import { answerFrom, attachPasskeys, optionsFrom, toBytes, toText } from "../../static/staff/passkey.js";

test("bytes travel as text without padding and come back the same", () => {
  const bytes = Uint8Array.from([0, 251, 255, 62, 63, 1]);

  assert.equal(toText(bytes.buffer), "APv_Pj8B");
  assert.deepEqual(toBytes("APv_Pj8B"), bytes);
  assert.deepEqual(toBytes(toText(Uint8Array.from([7]).buffer)), Uint8Array.from([7]));
});

test("the options hold bytes where the browser wants them", () => {
  const options = optionsFrom({
    challenge: "AQI",
    user: { id: "Aw", name: "anhe" },
    excludeCredentials: [{ id: "BA", type: "public-key" }],
    rp: { id: "localhost" },
  });

  assert.deepEqual(options.challenge, Uint8Array.from([1, 2]));
  assert.deepEqual(options.user, { id: Uint8Array.from([3]), name: "anhe" });
  assert.deepEqual(options.excludeCredentials[0].id, Uint8Array.from([4]));
  assert.equal(options.rp.id, "localhost");
});

test("the answer holds text where the server wants it, and only what there is", () => {
  const answer = answerFrom({
    id: "BA",
    rawId: Uint8Array.from([4]).buffer,
    type: "public-key",
    getClientExtensionResults: () => ({}),
    response: { clientDataJSON: Uint8Array.from([1]).buffer, signature: Uint8Array.from([2]).buffer },
  });

  assert.deepEqual(answer, {
    id: "BA",
    rawId: "BA",
    type: "public-key",
    authenticatorAttachment: null,
    clientExtensionResults: {},
    response: { clientDataJSON: "AQ", signature: "Ag" },
  });
});

test("a browser without passkeys keeps the form hidden", () => {
  const form = { hidden: true };
  const page = { document: { querySelector: () => form } };

  attachPasskeys(page);

  assert.equal(form.hidden, true);
});
