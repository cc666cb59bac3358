"""A file opened in an emergency and its notice next morning; a request and its approval.

The server's clock is set: three hours pass, and the office is told at seven.
"""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mingtian.children.rules import ConsentPurpose
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME, make_child
from tests.journeys.clock import Clock
from tests.journeys.conftest import WAYS, Stage, signed_in
from tests.journeys.widths import hold_at_both

pytestmark = [pytest.mark.journey, pytest.mark.slow]

REASON = "家长报告孩子夜里没有回家"
BOTH_LANGUAGES = pytest.mark.parametrize(("locale", "size"), WAYS[:2])
WORDS = {
    "zh-CN": {
        "ask": "申请查阅档案", "emergency": "紧急情况下立即打开",
        "open": "打开档案", "read": "查阅档案", "over": "您的查阅时间已到",
        "look": "查看紧急打开的档案", "fine": "情况正常", "purpose": "紧急情况", "send": "发出请求",
        "decide": "决定儿童档案申请", "grant": "同意", "approved": "经批准的查阅",
    },
    "en-GB": {
        "ask": "Ask to read the file", "emergency": "Open at once in an emergency",
        "open": "Open the file", "read": "Read the file",
        "over": "Your time for reading this file is over",
        "look": "Look at a file that was opened in an emergency", "fine": "All in order",
        "purpose": "emergency", "send": "Ask", "decide": "Decide a request about a child",
        "grant": "Grant", "approved": "reading that was approved",
    },
}  # fmt: skip


@dataclass(kw_only=True)
class People:
    """Browsers of those who meet over one child of the village, and how its number reads."""

    browser: Browser
    stage: Stage
    locale: str
    size: ViewportSize
    number: str

    @property
    def say(self) -> dict[str, str]:
        return WORDS[self.locale]

    def page(self, user: User) -> Page:
        context = signed_in(self.browser, self.stage, user, size=self.size, locale=self.locale)
        return context.new_page()

    def see(self, page: Page, what: str) -> None:
        """Hold the page against axe and both widths, and keep its pictures."""
        hold_at_both(page, f"vault-{self.locale[:2]}-{what}")


@pytest.fixture
def beside(clock: Clock) -> dict[str, str]:
    return clock.environment


@pytest.fixture
def people(browser: Browser, stage: Stage, clock: Clock, locale: str, size: ViewportSize) -> People:
    """A child of the village whose worker has noted it at six in the evening; it is seven now."""
    tree = stage.evening.tree
    child = make_child(
        make_staff("wanganhe", tree.village, Role.CASE_WORKER), tree.village, tree.school,
        now=clock.put(18, 0), consents=[ConsentPurpose.CASE_WORK],
    )  # fmt: skip
    clock.put(19, 0)
    return People(browser=browser, stage=stage, locale=locale, size=size, number=child.public_id)


@BOTH_LANGUAGES
def test_a_file_opened_in_an_emergency_closes_by_itself_and_is_looked_at_next_morning(
    people: People, clock: Clock
) -> None:
    tree, say = people.stage.evening.tree, people.say
    colleague = people.page(make_staff("zhouyinuo", tree.town, Role.CASE_WORKER))
    office = people.page(make_staff("lianghe", tree.town, Role.OFFICE))
    auditor = people.page(make_staff("hechuan", tree.city, Role.AUDITOR))

    break_glass(people, colleague)
    read_until_it_is_over(people, colleague, clock)

    clock.put(6, 59, days=1)
    office.goto("/desk")
    expect(office.get_by_role("link", name=say["look"])).to_have_count(0)
    clock.put(7, 1, days=1)
    office.goto("/desk")
    people.see(office, "desk-in-the-morning")
    office.get_by_role("link", name=say["look"]).click()
    expect(office.get_by_text(REASON)).to_be_visible()
    assert NAME not in office.content()
    people.see(office, "to-be-looked-at")
    office.get_by_role("button", name=say["fine"], exact=True).click()
    expect(office.get_by_role("button", name=say["fine"], exact=True)).to_have_count(0)
    people.see(office, "looked-at")
    office.goto("/desk")
    expect(office.get_by_role("link", name=say["look"])).to_have_count(0)

    auditor.goto("/desk/vault/readings")
    of_the_child = auditor.locator("tbody tr", has_text=people.number)
    expect(
        of_the_child.filter(has_text="zhouyinuo").filter(has_text=say["purpose"])
    ).not_to_have_count(0)
    assert NAME not in auditor.content()
    people.see(auditor, "readings")


def break_glass(people: People, colleague: Page) -> None:
    """Find the number in the register, and open the file behind it with a reason."""
    say = people.say
    colleague.goto("/desk/children/")
    people.see(colleague, "register")
    colleague.locator("main a", has_text=people.number).first.click()
    expect(colleague.get_by_role("heading", level=1)).to_contain_text(people.number)
    assert NAME not in colleague.content()
    people.see(colleague, "number")
    colleague.get_by_role("link", name=say["ask"]).click()
    colleague.get_by_text(say["emergency"]).click()
    what_has_happened = colleague.locator("form[action$='/open'] [name=reason]")
    what_has_happened.fill("急")
    colleague.get_by_role("button", name=say["open"], exact=True).click()
    expect(colleague.locator("[data-code]")).to_be_visible()
    expect(what_has_happened).to_have_value("急")
    people.see(colleague, "without-a-reason")
    what_has_happened.fill(REASON)
    colleague.get_by_role("button", name=say["open"], exact=True).click()
    expect(colleague.get_by_role("link", name=say["read"])).to_be_visible()
    people.see(colleague, "opened")


def read_until_it_is_over(people: People, colleague: Page, clock: Clock) -> None:
    say = people.say
    colleague.get_by_role("link", name=say["read"]).click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text(NAME)
    people.see(colleague, "file")
    there = colleague.url
    clock.put(21, 59)
    colleague.reload()
    expect(colleague.get_by_role("heading", level=1)).to_have_text(NAME)
    clock.put(22, 1)
    colleague.goto(there)
    assert NAME not in colleague.content()
    colleague.get_by_role("link", name=say["ask"]).click()
    expect(colleague.get_by_text(say["over"])).to_be_visible()
    people.see(colleague, "over")


@BOTH_LANGUAGES
def test_who_asks_reads_once_the_office_has_granted_it(people: People, clock: Clock) -> None:
    tree, say = people.stage.evening.tree, people.say
    colleague = people.page(make_staff("zhouyinuo", tree.town, Role.CASE_WORKER))
    office = people.page(make_staff("lianghe", tree.town, Role.OFFICE))

    colleague.goto(f"/desk/vault/children/{people.number}")
    people.see(colleague, "ask")
    colleague.locator("form[action$='/read'] [name=reason]").fill(REASON)
    colleague.get_by_role("button", name=say["send"], exact=True).click()
    expect(colleague.get_by_role("link", name=say["read"])).to_have_count(0)
    people.see(colleague, "asked")

    office.goto("/desk")
    office.get_by_role("link", name=say["decide"]).click()
    people.see(office, "to-be-decided")
    office.get_by_role("button", name=say["grant"], exact=True).click()
    expect(office.get_by_role("button", name=say["grant"], exact=True)).to_have_count(0)
    people.see(office, "granted")

    colleague.goto(f"/desk/vault/children/{people.number}")
    colleague.get_by_role("link", name=say["read"]).click()
    expect(colleague.get_by_role("heading", level=1)).to_have_text(NAME)
    clock.put(20, 0)
    office.goto("/desk/vault/readings")
    of_the_child = office.locator("tbody tr", has_text=people.number)
    expect(of_the_child.filter(has_text=say["approved"])).not_to_have_count(0)
    people.see(office, "readings-of-the-office")
