"""The fallback by picture: an office switches it on, a family sends, the class teacher tallies."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.screenshots.models import Picture
from mingtian.screenshots.tests.conftest import drawn, encoded
from tests.journeys.conftest import DESK, PHONE, Stage, signed_in
from tests.journeys.looking import faults, fits, missed, picture
from tests.journeys.test_family_evening import enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def on_desk(browser: Browser, stage: Stage, user: User, path: str) -> Page:
    """Open a page at somebody's desk."""
    context = signed_in(browser, stage, user, size=DESK)
    page = context.new_page()
    page.goto(path)
    return page


def look(page: Page, name: str) -> None:
    """Hold the page against the rules in both languages, at a desk and on a phone."""
    for language in ("en", "zh-hans"):
        cookie = {"name": "lang", "value": language, "url": page.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.reload()
        assert faults(page) == []
        page.set_viewport_size(DESK)
        picture(page, f"{name}-{language}")
        page.set_viewport_size(PHONE)
        assert fits(page)
        picture(page, f"{name}-{language}-phone")


def test_from_the_switch_over_the_family_to_the_tally(
    browser: Browser, phone: BrowserContext, stage: Stage, tmp_path: Path
) -> None:
    campaign, unit = stage.evening.campaign.public_id, stage.evening.tree.class_one.public_id
    switch = on_desk(browser, stage, stage.cast.office, f"/desk/campaigns/{campaign}/screenshots")
    expect(switch.get_by_text("国办函〔2026〕12号")).to_be_visible()
    look(switch, "screenshots-off")
    switch.get_by_label("我已阅读").check()
    switch.get_by_role("button", name="开启").click()
    expect(switch.get_by_text("已开启")).to_be_visible()

    home = phone.new_page()
    enter(home, stage, 0, "妈妈")
    home.goto("/my")
    shot = tmp_path / "shot.png"
    shot.write_bytes(encoded(drawn((1080, 2400), mark=1)))
    home.locator("input[type=file]").set_input_files(shot)
    home.locator("input[type=file]").scroll_into_view_if_needed()
    assert missed(home) == {}
    picture(home, "screenshots-send")
    home.get_by_role("button", name="发送图片").click()
    expect(home.get_by_text("已于")).to_be_visible()
    assert Picture.objects.count() == 1

    tally = on_desk(browser, stage, stage.cast.teacher, f"/desk/screenshots/{unit}")
    expect(tally.get_by_role("img", name="图片 1")).to_be_visible()
    tally.wait_for_function("() => document.querySelector('.shot img')?.naturalHeight === 1080")
    look(tally, "screenshots-tally")
    tally.get_by_role("button", name="已统计").click()
    expect(tally.get_by_text("没有待统计的图片")).to_be_visible()
    assert not Picture.objects.exists()
    switch.context.close()
    tally.context.close()
