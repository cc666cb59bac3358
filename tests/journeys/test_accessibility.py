"""The rules of axe on the pages that most people see (domain.md 11.7)."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.testing.make import invented_name
from tests.journeys.conftest import PHONE, Stage
from tests.journeys.test_family_evening import agree, enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MAIN_PARTS = "main button, main a, main label, main p, main h1, main h2, main input"
CUT = """
all => all.filter(e => e.getClientRects().length && e.scrollWidth > e.clientWidth + 1
    && !e.closest(".unseen") && getComputedStyle(e).display !== "inline")
  .map(e => e.outerHTML.slice(0, 90))
"""


def faults(page: Page) -> list[str]:
    """Return the rules that the page breaks, with the first element that does."""
    violations = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]


def test_family_pages_break_no_rule(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto("/e/c1ass001")
    expect(page.locator("[data-submit]")).to_be_visible()
    assert faults(page) == []

    enter(page, stage, 4)
    expect(page.locator("[data-standing-word]")).not_to_be_empty()
    assert faults(page) == []

    page.goto("/check/c1ass001")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["", "/evenings", "/wall"])
def test_boards_break_no_rule(desk: BrowserContext, stage: Stage, path: str) -> None:
    page = desk.new_page()
    unit = stage.evening.tree.school.public_id

    page.goto(f"/boards/{stage.evening.lecture.pk}/{unit}{path}")

    assert faults(page) == []


def test_a_refusal_is_a_page_that_breaks_no_rule(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()

    page.goto("/hall/999999")

    expect(page.get_by_role("link", name="再试一次")).to_be_visible()
    assert faults(page) == []


@pytest.fixture(
    params=[("zh-CN", "normal"), ("zh-CN", "large"), ("en-GB", "normal"), ("en-GB", "large")]
)
def family(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> Iterator[BrowserContext]:
    """A small phone in each language, with usual and with large type."""
    locale, kind = request.param
    # Colours that are still moving belong to no state; axe would measure one of them.
    context = browser.new_context(
        viewport=PHONE, locale=locale, base_url=stage.origin, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "type", "value": kind, "url": stage.origin}])
    yield context
    context.close()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_every_state_of_the_entry_breaks_no_rule(family: BrowserContext, stage: Stage) -> None:
    """Consent, its refusal, help, the list of homes, the preview, a wrong code, the notice."""
    page = family.new_page()
    page.goto("/e/c1ass001")
    page.locator("[data-submit]").click()
    expect(page.locator("[data-error-people]")).to_be_visible()
    assert faults(page) == []

    page.goto("/e/c1ass001?help=1")
    assert faults(page) == []
    page.locator("[data-number]").fill("1")
    page.locator("[data-name]").fill(invented_name(0))
    agree(page)
    page.locator("[data-submit]").click()
    expect(page.locator("[data-done]")).to_be_visible()
    assert faults(page) == []

    page.goto("/e/c1ass001?add=1")
    page.locator("[data-remove]").click()
    assert faults(page) == []
    for path in ("/e/v111age1", "/e/teacher1", "/e/zzzzzzzz", "/e/c1ass002?snapshot=1", "/notice"):
        page.goto(path)
        assert faults(page) == [], path
        assert fits(page), path


def test_text_twice_as_large_cuts_nothing_off(phone: BrowserContext, stage: Stage) -> None:
    """WCAG 1.4.4: the reader's own browser may double all text, on 360 pixels too."""
    page = phone.new_page()
    for path in ("/e/c1ass001", "/e/v111age1?help=1", "/notice"):
        page.goto(path)

        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.eval_on_selector_all(MAIN_PARTS, CUT) == [], path
        assert fits(page), path
