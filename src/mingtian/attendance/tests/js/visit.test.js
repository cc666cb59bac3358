import assert from "node:assert/strict";
import { test } from "node:test";
import { visitOf } from "../../static/attendance/visit.js";

function openAt(search, cookie = "", userAgent = "Mozilla/5.0") {
  const replaced = [];
  const location = { search, pathname: "/e/k7m2q9xd", replace: (address) => replaced.push(address) };
  return { location, document: { cookie }, navigator: { userAgent }, replaced };
}

test("an address without wishes is a plain visit", () => {
  const visit = visitOf(openAt("?lang=en"));

  assert.equal(visit.isPlain, true);
  assert.equal(visit.isHelping, false);
});

test("a preview is known by either address or by its cookie", () => {
  assert.equal(visitOf(openAt("?snapshot=1")).isSnapshot, true);
  assert.equal(visitOf(openAt("?is_snapshotuser=1")).isSnapshot, true);
  assert.equal(visitOf(openAt("", "lang=en; snapshot=1")).isSnapshot, true);
  assert.equal(visitOf(openAt("", "nosnapshot=1")).isSnapshot, false);
  assert.equal(visitOf(openAt("", "snapshot=0")).isSnapshot, false);
});

test("a preview never opens the hall by itself", () => {
  assert.equal(visitOf(openAt("?snapshot=1")).isPlain, false);
});

test("the other language goes on with the same wish", () => {
  const link = { search: "?lang=en" };
  visitOf(openAt("?help=1")).keepInLinks([link]);

  const previewed = { search: "?lang=en" };
  visitOf(openAt("?snapshot=1")).keepInLinks([previewed]);

  assert.equal(link.search, "?lang=en&help=1");
  assert.equal(previewed.search, "?lang=en&snapshot=1");
});

test("leaving the preview forgets its cookie and opens the page whole", () => {
  const page = openAt("?snapshot=1", "snapshot=1");
  visitOf(page).leaveSnapshot({ preventDefault() {} });

  assert.match(page.document.cookie, /^snapshot=; .*max-age=0/);
  assert.deepEqual(page.replaced, ["/e/k7m2q9xd"]);
});

test("WeChat is known by its own word in the browser's name", () => {
  assert.equal(visitOf(openAt("", "", "Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.49")).isInWeChat, true);
  assert.equal(visitOf(openAt("")).isInWeChat, false);
});
