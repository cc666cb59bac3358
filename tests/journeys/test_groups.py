"""A liaison group in a real browser: registered, posted to, acknowledged, its board read first."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from mingtian.core.clock import day_of, now
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from tests.journeys.conftest import DESK, PHONE, Stage, signed_in
from tests.journeys.looking import hold

pytestmark = [pytest.mark.journey, pytest.mark.slow]

TEXT = "今晚八点《未成年人保护法》开讲，请各校19:30提醒班主任。"
TIP = "先让孩子连上家里的无线网再扫码，进得快。\n老人手机请把字体调大。"


def office(browser: Browser, stage: Stage, size: ViewportSize = PHONE) -> BrowserContext:
    """The county's office, signed in."""
    user = make_staff(f"anping{size['width']}", stage.evening.tree.county, Role.OFFICE)
    return signed_in(browser, stage, user, size=size)


def principal(browser: Browser, stage: Stage, locale: str = "zh-CN") -> BrowserContext:
    return signed_in(browser, stage, stage.cast.principal, locale=locale)


def register(page: Page, stage: Stage) -> None:
    page.goto("/desk/groups/")
    hold(page, "groups-empty-zh-360")
    page.get_by_role("link", name="登记联系群").first.click()
    page.get_by_label("用途").fill("大讲堂期间联系各校，布置、提醒、交流")
    page.get_by_label("群人数").fill("34")
    page.get_by_label("负责人").select_option("role:office")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("任务完成，群即关闭")).to_be_visible()
    hold(page, "groups-refused-zh-360")
    closes = day_of(now()) + timedelta(days=12)
    page.get_by_label("计划关闭日期").fill(closes.isoformat())
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("安平县·关爱明天·中小学联系群")
    hold(page, "groups-group-zh-360")


def post(page: Page) -> str:
    page.goto("/desk/groups/")
    hold(page, "groups-register-zh-360")
    page.get_by_role("link", name="发一段文字").click()
    page.get_by_label("内容").fill(TEXT)
    page.get_by_label("全部：城乡中小学（1个群）").check()
    hold(page, "groups-compose-zh-360")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_text("还有2个单位未确认")).to_be_visible()
    page.get_by_role("button", name="已发到群里了").click()
    expect(page.get_by_text("已在群里")).to_be_visible()
    hold(page, "groups-post-zh-360")
    return page.url


def test_a_group_from_its_registration_to_its_tips(browser: Browser, stage: Stage) -> None:
    county, school = office(browser, stage), principal(browser, stage)
    page = county.new_page()
    register(page, stage)
    there = post(page)

    page = school.new_page()
    page.goto(there)
    hold(page, "groups-received-zh-360")
    page.get_by_role("button", name="第一小学已收到").click()
    expect(page.get_by_text("已确认收到")).to_be_visible()
    page.goto(f"/desk/groups/of/{stage.evening.tree.school.public_id}")
    hold(page, "groups-register-school-zh-360")
    page.get_by_role("link", name="安平县·关爱明天·中小学联系群").click()
    page.get_by_role("link", name="怎样进得快").click()
    page.get_by_label("您要写的话").fill(TIP)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("待阅看")).to_be_visible()
    board = page.url

    page = county.new_page()
    page.goto(board)
    hold(page, "groups-board-zh-360")
    page.get_by_role("button", name="予以显示").click()
    page.get_by_role("button", name="列为提示").click()
    page.goto("/desk/groups/tips")
    expect(page.get_by_text("先让孩子连上家里的无线网再扫码")).to_be_visible()
    hold(page, "groups-tips-zh-360")


def test_the_same_pages_on_a_computer_in_english(browser: Browser, stage: Stage) -> None:
    county = office(browser, stage)
    page = county.new_page()
    register(page, stage)
    there = post(page)
    wide = signed_in(
        browser,
        stage,
        make_staff("anping", stage.evening.tree.county, Role.OFFICE),
        size=DESK,
        locale="en-GB",
    )
    page = wide.new_page()
    unit = stage.evening.tree.county.public_id
    for name, address in (
        ("register", f"/desk/groups/of/{unit}"),
        ("posts", f"/desk/groups/of/{unit}/posts"),
        ("lists", f"/desk/groups/of/{unit}/lists"),
        ("compose", f"/desk/groups/of/{unit}/posts/new"),
        ("new", f"/desk/groups/of/{unit}/new"),
        ("post", there),
    ):
        page.goto(address)
        hold(page, f"groups-{name}-en-1280")
    page.goto(f"/desk/groups/of/{unit}")
    page.get_by_role("link", name="安平县·关爱明天·中小学联系群").click()
    hold(page, "groups-group-en-1280")
    page.get_by_role("link", name="Robot").click()
    hold(page, "groups-robot-en-1280")
