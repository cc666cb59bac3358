"""The measured sizes of large type (domain.md 11.7) on the pages of families.

Measured in the browser, on what is really shown: text at least 18 px and the main text 30 px,
lines 1.3 of the type, paragraphs 1.3 lines apart, targets 60 by 60, contrast 4.5 to 1.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Stage
from tests.journeys.test_family_entry import name_child
from tests.journeys.test_family_evening import agree

pytestmark = [pytest.mark.journey, pytest.mark.slow]

BESIDE = [
    "/e/c1ass001?help=1", "/e/v111age1", "/e/teacher1", "/e/zzzzzzzz", "/notice",
    "/e/c1ass001?snapshot=1", "/hall/999999",
]  # fmt: skip

MEASURE = """
() => {
  const shown = (e) => e.getClientRects().length > 0 && !e.closest(".unseen, .skip")
    && getComputedStyle(e).visibility !== "hidden";
  const own = (e) => Array.from(e.childNodes)
    .filter((n) => n.nodeType === 3).map((n) => n.textContent.trim()).join("");
  const name = (e) => e.tagName.toLowerCase() + "." + e.className + " " + own(e).slice(0, 20);
  const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] >= 0.9) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (e) => {
    const pair = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  };
  const inside = Array.from(document.querySelectorAll("body *")).filter(shown);
  const texts = inside.filter((e) => own(e) && !e.closest("svg, video, script, template"))
    .map((e) => {
      const style = getComputedStyle(e);
      const size = parseFloat(style.fontSize);
      return { name: name(e), size, line: parseFloat(style.lineHeight) / size, contrast: contrast(e),
        isOnPicture: Boolean(e.closest(".stage")) };
    });
  const targets = inside.filter((e) => e.matches("a, button, input, select, textarea, summary, label.choice")
      && !e.matches(".choice input"))
    .map((e) => { const box = e.getBoundingClientRect(); return { name: name(e), width: box.width, height: box.height }; });
  const gaps = Array.from(document.querySelectorAll("main p + p")).filter(shown)
    .filter((e) => shown(e.previousElementSibling) && e.parentElement.matches(".stack, section, header"))
    .map((e) => {
      const line = parseFloat(getComputedStyle(e).lineHeight);
      const gap = e.getBoundingClientRect().top - e.previousElementSibling.getBoundingClientRect().bottom;
      return { name: name(e), lines: (gap + line) / line };
    });
  return { texts, targets, gaps, width: document.documentElement.scrollWidth };
}
"""


@pytest.fixture(params=["zh-CN", "en-GB"])
def elder(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> Iterator[BrowserContext]:
    """A small phone on which large type was chosen once."""
    context = browser.new_context(
        viewport=PHONE,
        locale=request.param,
        base_url=stage.origin,
        # Colours are measured where they come to rest.
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "type", "value": "large", "url": stage.origin}])
    yield context
    context.close()


def faults(page: Page) -> list[str]:
    """Return everything shown that misses a size."""
    page.wait_for_function("() => document.documentElement.dataset.type === 'large'")
    found = page.evaluate(MEASURE)
    missed: list[dict[str, Any]] = [
        *(one for one in found["texts"] if one["size"] < 18 or one["line"] < 1.295),
        *(one for one in found["texts"] if one["contrast"] < 4.5 and not one["isOnPicture"]),
        *(one for one in found["targets"] if one["width"] < 59.5 or one["height"] < 59.5),
        *(one for one in found["gaps"] if one["lines"] < 1.295),
    ]
    if found["width"] > PHONE["width"]:
        missed.append({"page is too wide": found["width"]})
    assert len(found["texts"]) > 3
    return [str(one) for one in missed]


def test_every_size_holds_from_the_code_to_the_hall(elder: BrowserContext, stage: Stage) -> None:
    page = elder.new_page()
    page.goto("/e/c1ass001")
    expect(page.locator("[data-submit]")).to_be_visible()
    assert faults(page) == []
    largest = "parseFloat(getComputedStyle(document.querySelector('.steps p')).fontSize)"
    assert page.evaluate(largest) >= 30

    page.locator("[data-submit]").click()
    assert faults(page) == []

    name_child(page, 0)
    agree(page)
    page.locator("[data-submit]").click()
    page.wait_for_url("**/hall/**")
    expect(page.locator("[data-standing-word]")).not_to_be_empty()
    assert faults(page) == []

    page.goto("/e/c1ass001?add=1")
    page.locator("[data-remove]").click()
    assert faults(page) == []


def test_every_size_holds_on_the_pages_beside(elder: BrowserContext, stage: Stage) -> None:
    page = elder.new_page()
    for path in BESIDE:
        page.goto(path)
        assert faults(page) == [], path


def test_large_type_is_one_tap_from_the_top_and_remembered(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=stage.origin)
    page = context.new_page()
    page.goto("/e/c1ass001")
    switch = page.get_by_role("button", name="大字")
    box = switch.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"] / 3

    switch.click()

    large = "document.documentElement.dataset.type === 'large'"
    assert page.evaluate(large)
    page.goto(f"/hall/{stage.evening.lecture.pk}")
    assert page.evaluate(large)
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    context.close()
