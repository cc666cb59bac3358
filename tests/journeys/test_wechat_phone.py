"""A phone whose storage WeChat has wiped finds its home again, at the family's wish."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.attendance.models import Seat
from mingtian.wechat.models import PhoneSeat
from mingtian.wechat.tests.conftest import AGENT
from mingtian.wechat.tests.published import APPID, SECRET, WeChat, running
from tests.journeys.conftest import PHONE, Stage
from tests.journeys.looking import missed
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


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """A small phone in Chinese, in WeChat's own browser."""
    context = browser.new_context(
        viewport=PHONE, locale="zh-CN", base_url=stage.origin, user_agent=AGENT
    )
    yield context
    context.close()


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
    assert missed(page) == {}
    page.get_by_role("button", name="记住这部手机").click()
    expect(page.get_by_text("以后能认出这部手机。")).to_be_visible()
    assert PhoneSeat.objects.count() == 1
    expect(page.get_by_role("button", name="记住这部手机", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="用这个家庭继续")).to_be_hidden()

    wipe(phone, page)
    page.goto("/my")
    page.get_by_role("link", name="用微信识别").click()
    expect(page.get_by_role("heading", name="这部手机来过")).to_be_visible()
    look(page, "wechat-restore")
    assert missed(page) == {}
    page.get_by_role("button", name="用这个家庭继续").click()

    expect(page.get_by_role("heading", name="我家的讲堂")).to_be_visible()
    assert Seat.objects.count() == 1


def test_a_wiped_phone_that_scans_again_is_led_back_to_the_hall(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    page.goto("/e/c1ass001")
    expect(page.get_by_text("这部手机来过吗？")).to_be_visible()
    enter(page, stage, 0, "妈妈")
    page.goto("/wechat/start?next=/my")
    page.get_by_role("button", name="记住这部手机").click()
    wipe(phone, page)

    page.goto("/e/c1ass001")
    look(page, "wechat-entry")
    assert missed(page) == {}
    page.get_by_role("link", name="用微信识别").click()
    page.get_by_role("button", name="用这个家庭继续").click()

    expect(page).to_have_url(re.compile("/hall/"))
    assert Seat.objects.count() == 1


def test_the_entry_says_nothing_of_wechat_outside_it(browser: Browser, stage: Stage) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=stage.origin)
    page = context.new_page()

    page.goto("/e/c1ass001")

    expect(page.locator("[data-enter]")).to_be_visible()
    expect(page.locator("[data-find-again]")).to_be_hidden()
    context.close()


def test_wechat_in_trouble_leads_on_in_words(
    phone: BrowserContext, stage: Stage, wechat: WeChat
) -> None:
    wechat.behaviour = "busy"
    page = phone.new_page()

    page.goto("/my")
    page.get_by_role("link", name="用微信识别").click()

    expect(page.get_by_text("微信繁忙")).to_be_visible()
    look(page, "wechat-trouble")
    assert missed(page) == {}
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
