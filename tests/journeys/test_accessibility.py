"""The rules of axe on the pages that most people see (domain.md 11.7)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Stage
from tests.journeys.test_family_evening import enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]


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
