"""A family's evening on a small phone, and the board that sees it."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.attendance.models import Record
from mingtian.testing.make import invented_name
from tests.journeys.conftest import PHONE, Stage, visit
from tests.journeys.looking import picture

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_MS = 45_000


def enter(page: Page, stage: Stage, child: int, *kin: str) -> None:
    """Scan the code of Class 1 and enter with one child."""
    page.goto("/e/c1ass001")
    page.locator("[data-number]").fill(str(child + 1))
    page.locator("[data-name]").fill(invented_name(child))
    for word in kin:
        page.get_by_text(word, exact=True).click()
    agree(page)
    page.locator("[data-submit]").click()
    page.wait_for_url(re.compile(f"/hall/{stage.evening.lecture.pk}"))


def agree(page: Page) -> None:
    """Say that a parent or guardian agrees to being counted."""
    page.locator("[data-consent] label.choice", has=page.locator("[value=guardian]")).click()


def played(page: Page) -> float:
    seconds: float = page.evaluate("document.querySelector('[data-video]').currentTime")
    return seconds


def test_scan_enter_watch_lose_the_network_and_lose_nothing(
    phone: BrowserContext, desk: BrowserContext, stage: Stage
) -> None:
    board = desk.new_page()
    board.goto(f"/boards/{stage.evening.lecture.pk}/{stage.evening.tree.school.public_id}")
    arrived = board.locator('[data-figure="arrived"] [data-number]').first
    expect(arrived).to_have_text("0")

    page = phone.new_page()
    enter(page, stage, 0, "妈妈")

    standing = page.locator("[data-standing-word]")
    expect(standing).to_have_text("已记录", timeout=PATIENCE_MS)
    page.wait_for_function(
        "() => document.querySelector('[data-video]').currentTime > 0", timeout=PATIENCE_MS
    )
    before = played(page)
    page.wait_for_function(
        "before => document.querySelector('[data-video]').currentTime > before + 1",
        arg=before,
        timeout=PATIENCE_MS,
    )
    expect(arrived).to_have_text("2", timeout=PATIENCE_MS)
    expect(page.locator("[data-ribbon] .recorded").first).to_be_attached(timeout=PATIENCE_MS)
    picture(page, "hall", whole=False)

    phone.set_offline(True)
    expect(standing).to_have_text(re.compile("保存在本机"), timeout=PATIENCE_MS)
    stored = Record.objects.filter(kind=1).values_list("live", flat=True).get()

    phone.set_offline(False)
    expect(standing).to_have_text("已记录", timeout=PATIENCE_MS)
    later = Record.objects.filter(kind=1).values_list("live", flat=True).get()
    assert stored is not None
    assert later is not None
    assert later & stored == stored
    picture(board, "board-school", whole=False)


def test_the_second_evening_opens_on_the_lecture(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    enter(page, stage, 1)

    page.goto("/e/c1ass001")

    page.wait_for_url(re.compile(f"/hall/{stage.evening.lecture.pk}"))


def test_entering_in_english_with_large_type(browser: Browser, stage: Stage) -> None:
    context = visit(browser, stage, locale="en-GB")
    page = context.new_page()
    page.goto("/e/c1ass001")
    size = "parseFloat(getComputedStyle(document.querySelector('.soft')).fontSize)"
    usual = page.evaluate(size)

    page.get_by_role("button", name=re.compile("Large")).first.click()

    assert page.evaluate(size) > usual
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(page.get_by_role("heading", name="Grade 3 Class 1")).to_be_visible()
    page.locator("[data-number]").fill("3")
    page.locator("[data-name]").fill(invented_name(2))
    page.get_by_text("Grandmother (maternal)", exact=True).click()
    agree(page)
    page.locator("[data-submit]").click()
    page.wait_for_url(re.compile("/hall/"))
    expect(page.locator("[data-standing-word]")).to_have_text("Recorded", timeout=PATIENCE_MS)
    context.close()


def test_a_wrong_name_is_said_beside_the_field_and_nothing_is_lost(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto("/e/c1ass001")
    page.locator("[data-number]").fill("1")
    page.locator("[data-name]").fill("周小满")
    agree(page)

    page.locator("[data-submit]").click()

    expect(page.locator("[data-error-people]")).to_be_visible()
    expect(page.locator("[data-name]")).to_have_value("周小满")
    assert not Record.objects.exists()


def test_a_mistyped_code_lets_one_type_again(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto("/e/zzzzzzzz")

    field = page.locator("[data-when-state=unknown] input").first
    expect(field).to_be_visible()
    field.fill("C1AS S001")
    field.press("Enter")

    page.wait_for_url(re.compile("/e/"))
    expect(page.get_by_role("heading", name="三年级一班")).to_be_visible()


def test_an_unknown_lecture_is_a_page_with_a_way_on(phone: BrowserContext, stage: Stage) -> None:
    page = phone.new_page()
    page.goto("/hall/999999")

    page.get_by_role("link", name="我家的讲堂").click()

    expect(page.get_by_role("heading", name="我家的讲堂")).to_be_visible()
