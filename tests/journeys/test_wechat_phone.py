"""A phone whose storage WeChat has wiped finds its home again, at the family's wish."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mingtian.attendance.models import Seat
from mingtian.wechat.models import PhoneSeat
from mingtian.wechat.tests.published import APPID, SECRET, WeChat, running
from tests.journeys.conftest import Stage
from tests.journeys.test_family_evening import enter
from tests.journeys.test_screenshots import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def wechat() -> Iterator[WeChat]:
    """The published protocol on this machine."""
    with running(WeChat()) as there:
        yield there


@pytest.fixture
def beside(wechat: WeChat) -> dict[str, str]:
    """The journeys' server with WeChat set up."""
    return {
        "MINGTIAN_WECHAT_APPID": APPID,
        "MINGTIAN_WECHAT_SECRET": SECRET,
        "MINGTIAN_WECHAT_OPEN": wechat.origin,
        "MINGTIAN_WECHAT_API": wechat.origin,
    }


def wipe(phone: BrowserContext, page: Page) -> None:
    """Forget everything, as a phone does that clears what pages keep."""
    page.evaluate("localStorage.clear()")
    phone.clear_cookies()


def test_a_wiped_phone_is_recognised_and_goes_on_with_its_home(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    page.goto("/my")
    page.get_by_role("link", name="用微信识别").click()
    expect(page.get_by_role("heading", name="记住这部手机")).to_be_visible()
    look(page, "wechat-remember")
    page.get_by_role("button", name="记住这部手机").click()
    expect(page.get_by_text("以后能认出这部手机。")).to_be_visible()
    assert PhoneSeat.objects.count() == 1

    wipe(phone, page)
    page.goto("/my")
    page.get_by_role("link", name="用微信识别").click()
    expect(page.get_by_role("heading", name="这部手机来过")).to_be_visible()
    look(page, "wechat-restore")
    page.get_by_role("button", name="用这个家庭继续").click()

    expect(page.get_by_role("heading", name="我家的讲堂")).to_be_visible()
    assert Seat.objects.count() == 1


def test_wechat_in_trouble_leads_on_in_words(
    phone: BrowserContext, stage: Stage, wechat: WeChat
) -> None:
    wechat.behaviour = "busy"
    page = phone.new_page()

    page.goto("/my")
    page.get_by_role("link", name="用微信识别").click()

    expect(page.get_by_text("微信繁忙")).to_be_visible()
    look(page, "wechat-trouble")
    page.get_by_role("link", name="继续").click()
    expect(page).to_have_url(f"{stage.origin}/my")


def test_a_snapshot_page_is_explained_by_the_entry_and_counts_nothing(
    phone: BrowserContext, stage: Stage, wechat: WeChat
) -> None:
    wechat.snapshot = True
    page = phone.new_page()

    page.goto("/wechat/start?next=/e/c1ass001")

    expect(page).to_have_url(re.compile("/e/c1ass001"))
    expect(page.get_by_text("微信现在只显示预览")).to_be_visible()
    assert not Seat.objects.exists()
