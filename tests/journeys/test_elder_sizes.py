"""Large type (domain.md 11.7): one tap from the top, remembered, its main text 30 px.

What else large type must keep is measured on every family page in `test_every_family_page`.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE, Stage, visit

pytestmark = [pytest.mark.journey, pytest.mark.slow]

LARGE = "document.documentElement.dataset.type === 'large'"


@pytest.mark.parametrize(("locale", "word"), [("zh-CN", "大字"), ("en-GB", "Large")])
def test_large_type_is_one_tap_from_the_top_and_remembered(
    browser: Browser, stage: Stage, locale: str, word: str
) -> None:
    page = visit(browser, stage, locale=locale).new_page()
    for path in ("/e/c1ass001", "/my"):
        page.goto(path)
        box = page.get_by_role("button", name=word).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < PHONE["height"] / 3

    page.goto("/e/c1ass001")
    page.get_by_role("button", name=word).click()

    assert page.evaluate(LARGE)
    assert main_text(page, ".steps p") >= 30
    page.goto(f"/hall/{stage.evening.lecture.pk}")
    assert page.evaluate(LARGE)
    assert main_text(page, ".standing p") >= 30
    expect(page.get_by_role("button", name=word)).to_have_attribute("aria-pressed", "true")
    page.goto("/my")
    assert page.evaluate(LARGE)
    assert main_text(page, "main p:not(.soft)") >= 30


def main_text(page: Page, selector: str) -> float:
    size: float = page.locator(selector).first.evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    return size
