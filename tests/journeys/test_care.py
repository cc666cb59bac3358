"""A case in a real browser: opened, assessed, planned, approved without a name, reported, handed over."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mingtian.care.rules import SCALES
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of, now
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME, make_child
from tests.journeys.conftest import WAYS, Stage, signed_in
from tests.journeys.widths import hold_at_both

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WORDS = {
    "zh-CN": {
        "open": "开启个案", "assess": "评估孩子的情况", "some": "有些担忧", "found": "您了解到的情况",
        "keep": "保存", "plan": "制定方案", "study": "学习生活", "agreed": "监护人（孩子不满14周岁）",
        "on": "同意日期", "again": "下次评估日期", "send": "送办公室审批", "approve": "批准方案",
        "do": "要办的事", "report": "报告侵害或危险", "police": "公安", "told": "我已告知",
        "none": "请选择您告诉了谁", "cases": "个案清单", "approved": "已批准",
    },
    "en-GB": {
        "open": "Open the case", "assess": "Assess how the child is", "some": "some worry",
        "found": "What you found", "keep": "Keep", "plan": "Write the plan", "study": "Study and life",
        "agreed": "The guardian (child below 14)", "on": "Agreed on", "again": "Look at it again on",
        "send": "Send to the office", "approve": "Approve the plan", "do": "Something to do",
        "report": "Report harm or danger", "police": "Police", "told": "I have told them",
        "none": "Choose whom you told", "cases": "All cases by number", "approved": "approved",
    },
}  # fmt: skip


@pytest.mark.parametrize(("locale", "size"), WAYS[:2])
def test_a_case_from_the_register_to_an_approved_plan(
    browser: Browser, stage: Stage, locale: str, size: ViewportSize
) -> None:
    tree, called = stage.evening.tree, WORDS[locale]
    mark = locale[:2]
    worker = make_staff("child-director", tree.village, Role.CASE_WORKER)
    child = make_child(
        worker, tree.village, tree.school, now=now(), consents=(ConsentPurpose.CASE_WORK,)
    )
    page = signed_in(browser, stage, worker, size=size, locale=locale).new_page()
    page.goto("/desk/care/")
    hold_at_both(page, f"care-empty-{mark}")
    page.goto(f"/desk/care/children/{child.public_id}/open")
    hold_at_both(page, f"care-open-{mark}")
    page.get_by_role("button", name=called["open"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    there = page.url
    assess(page, called, mark)
    plan(page, called, mark)
    hold_at_both(page, f"care-case-{mark}")

    supervising = make_staff("town-office", tree.town, Role.OFFICE)
    office = signed_in(browser, stage, supervising, size=size, locale=locale).new_page()
    office.goto("/desk/care/cases?show=plan")
    hold_at_both(office, f"care-list-{mark}")
    assert NAME not in office.content()
    office.goto(there)
    office.get_by_role("button", name=called["approve"]).click()
    expect(office.get_by_text(called["approved"], exact=True).first).to_be_visible()
    hold_at_both(office, f"care-case-office-{mark}")
    assert NAME not in office.content()

    page.goto(there)
    page.get_by_role("link", name=next_step(called["do"])).click()
    hold_at_both(page, f"care-service-{mark}")
    report(page, there, called, mark)
    office.goto("/desk/care/")
    hold_at_both(office, f"care-own-office-{mark}")
    page.goto("/desk/care/")
    hold_at_both(page, f"care-own-{mark}")


def next_step(said: str) -> re.Pattern[str]:
    """What the one button at the top of a case is called."""
    return re.compile(f"(下一步|Next).*{said}$", re.IGNORECASE)


def assess(page: Page, called: dict[str, str], mark: str) -> None:
    page.get_by_role("link", name=next_step(called["assess"])).click()
    for item in SCALES[0].items:
        group = page.locator(f"input[name=points_{item}][value='1']")
        group.check()
    page.get_by_label(called["found"]).fill("与祖母同住，父母在外打工。")
    hold_at_both(page, f"care-assess-{mark}")
    page.get_by_role("button", name=called["keep"]).click()


def plan(page: Page, called: dict[str, str], mark: str) -> None:
    page.get_by_role("link", name=next_step(called["plan"])).click()
    page.get_by_label(called["study"]).fill("每晚读半小时")
    page.get_by_label(called["agreed"]).check()
    page.get_by_label(called["on"], exact=True).fill(day_of(now()).isoformat())
    page.get_by_label(called["again"]).fill((day_of(now()) + timedelta(days=90)).isoformat())
    hold_at_both(page, f"care-plan-{mark}")
    page.get_by_role("button", name=called["send"]).click()
    expect(page.get_by_text("每晚读半小时")).to_be_visible()


def report(page: Page, there: str, called: dict[str, str], mark: str) -> None:
    """One tap leads to the page, the second is the press."""
    page.goto(there)
    page.get_by_role("link", name=called["report"]).click()
    page.get_by_role("button", name=called["told"]).click()
    expect(page.get_by_text(called["none"])).to_be_visible()
    hold_at_both(page, f"care-duty-refused-{mark}")
    page.get_by_label(called["police"]).check()
    page.get_by_role("button", name=called["told"]).click()
    hold_at_both(page, f"care-report-{mark}")
