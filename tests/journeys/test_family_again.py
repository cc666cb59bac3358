"""A family that comes back: after a withdrawal, and from a page that is not there."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mingtian.attendance.models import Record
from mingtian.people.models import Consent
from tests.journeys.conftest import Stage
from tests.journeys.looking import missed, picture
from tests.journeys.test_family_evening import PATIENCE_MS, enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def withdraw(page: Page) -> None:
    page.goto("/my/withdraw")
    page.get_by_role("button", name="撤回").click()
    page.wait_for_url(re.compile("/my/receipt/"))


def test_a_home_that_withdrew_is_counted_again_after_one_page(
    phone: BrowserContext, stage: Stage
) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    withdraw(page)
    page.goto(f"/hall/{stage.evening.lecture.pk}")
    page.get_by_role("link", name="重新参加").click(timeout=PATIENCE_MS)

    page.wait_for_url(re.compile("/my/agree"))
    assert missed(page) == {}
    picture(page, "agree")
    page.locator("label.choice", has=page.locator("[value=guardian]")).click()
    page.get_by_role("button", name="同意，重新计入").click()

    page.wait_for_url(re.compile(f"/hall/{stage.evening.lecture.pk}"))
    expect(page.locator("[data-standing-word]")).to_have_text("已记录", timeout=PATIENCE_MS)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert Record.objects.filter(live__isnull=False).exists()


def test_a_page_that_is_not_there_leads_a_family_to_its_own(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/my/nowhere")

    page.get_by_role("link", name="我家的讲堂").click()

    page.wait_for_url(re.compile("/my$"))
    expect(page.locator("[data-state=none]")).to_be_visible()
