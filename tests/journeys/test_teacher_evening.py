"""The evening of those who keep it: few taps for the class teacher, fewer for the school.

The clock of the server is set, because nothing goes to families after nine and these journeys are
run at any hour.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from mingtian.attendance.models import ByHand
from mingtian.campaigns.models import Campaign, Denominator, Lecture
from mingtian.closings.models import Confirmation, Summary
from mingtian.core.clock import day_of
from mingtian.org.rules import Role
from mingtian.prompts.actions import keep_rhythm
from mingtian.prompts.models import Prompt
from mingtian.testing.cast import make_staff
from mingtian.testing.make import invented_name
from tests.journeys.clock import Clock
from tests.journeys.conftest import DESK, PHONE, Stage, signed_in
from tests.journeys.looking import faults, fits, picture

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MOST_TAPS_OF_A_TEACHER = 8
MOST_TAPS_OF_A_SCHOOL = 3


@pytest.fixture
def beside(clock: Clock) -> dict[str, str]:
    return clock.environment


@pytest.fixture
def tonight(stage: Stage, clock: Clock) -> Stage:
    """The lecture from eight to nine on this day; ten pupils of Class 1 are expected."""
    starts = clock.put(20, 0)
    Campaign.objects.filter(pk=stage.evening.campaign.pk).update(
        first_on=day_of(starts), last_on=day_of(starts)
    )
    Lecture.objects.filter(pk=stage.evening.lecture.pk).update(
        held_on=day_of(starts), doors_at=starts - timedelta(minutes=10), starts_at=starts,
        ends_at=starts + timedelta(hours=1), closes_at=starts + timedelta(hours=16),
    )  # fmt: skip
    Denominator.objects.create(
        campaign=stage.evening.campaign, unit=stage.evening.tree.class_one, kind=1, persons=10
    )
    return stage


class Taps:
    """A thumb that counts."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, there: Locator) -> None:
        there.click()
        self.number += 1


@pytest.fixture
def teacher(browser: Browser, tonight: Stage) -> Iterator[BrowserContext]:
    context = signed_in(browser, tonight, tonight.cast.teacher)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=tonight.origin)
    yield context
    context.close()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name).first


def test_a_class_teacher_keeps_the_evening_with_eight_taps(
    teacher: BrowserContext, tonight: Stage, clock: Clock
) -> None:
    """See who is missing, remind, help one, and send the summary, from the desk."""
    tap, page = Taps(), teacher.new_page()
    keep_rhythm(now=clock.put(19, 57))
    page.goto("/desk")
    picture(page, "evening-desk-zh-360")

    tap(link(page, "提醒本班家庭"))
    expect(page.get_by_text("还未进入")).to_be_visible()
    expect(link(page, invented_name(0))).to_be_visible()
    picture(page, "reminders-class-zh-360")
    # The button's own word is on the page before: what is asked for stands on the next one.
    with page.expect_navigation():
        tap(button(page, "复制并记为已转达"))
    expect(page.get_by_text("已转达").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "今晚20:00" in copied.replace(" ", "")
    assert invented_name(0) not in copied

    clock.put(20, 5)
    tap(link(page, invented_name(0)))
    tap(page.get_by_text("电话收听"))
    tap(button(page, "登记"))
    expect(page.locator('[data-state-list="noted"]')).to_contain_text(invented_name(0))

    clock.put(7, 30, days=1)
    tap(page.locator('.places__row a[href="/desk"]').first)
    tap(link(page, "把当晚小结发到班级群"))
    picture(page, "summary-zh-360")
    with page.expect_navigation():
        tap(button(page, "复制并记为已发"))
    expect(page.get_by_text("您已发到群里")).to_be_visible()

    assert tap.number <= MOST_TAPS_OF_A_TEACHER
    assert ByHand.objects.count() == 1
    assert Summary.objects.count() == 1
    unit = tonight.evening.tree.class_one
    assert not Prompt.objects.filter(unit=unit, passed_on_at=None, missed=False).exists()


def test_a_school_confirms_with_three_taps(browser: Browser, tonight: Stage, clock: Clock) -> None:
    context = signed_in(browser, tonight, tonight.cast.principal)
    tap, page = Taps(), context.new_page()
    clock.put(21, 5)
    page.goto("/desk")

    tap(link(page, "确认当晚数字"))
    tap(button(page, "确认这些数字"))
    expect(page.get_by_text("这些数字已确认")).to_be_visible()
    context.close()

    assert tap.number <= MOST_TAPS_OF_A_SCHOOL
    assert Confirmation.objects.count() == 1


def test_after_nine_the_text_is_gone_and_nothing_is_asked(
    teacher: BrowserContext, tonight: Stage, clock: Clock
) -> None:
    keep_rhythm(now=clock.put(19, 57))
    clock.put(21, 1)
    page = teacher.new_page()
    page.goto("/desk")
    expect(link(page, "提醒本班家庭")).to_have_count(0)
    expect(link(page, "把当晚小结发到班级群")).to_have_count(0)

    lecture, unit = tonight.evening.lecture.pk, tonight.evening.tree.class_one.public_id
    page.goto(f"/desk/days/{lecture}/{unit}/summary")

    expect(page.get_by_text("已过九点")).to_be_visible()
    expect(page.locator("[data-copy]")).to_have_count(0)


@pytest.mark.parametrize(("viewport", "width"), [(PHONE, 360), (DESK, 1280)])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_break_no_rule_and_fit(
    browser: Browser, tonight: Stage, clock: Clock, language: str, viewport: ViewportSize,
    width: int,
) -> None:  # fmt: skip
    keep_rhythm(now=clock.put(19, 40))
    keep_rhythm(now=clock.put(19, 57))
    tree, cast = tonight.evening.tree, tonight.cast
    county = make_staff("anping", tree.county, Role.OFFICE)
    people = (
        ("class", cast.teacher, tree.class_one), ("school", cast.principal, tree.school),
        ("county", county, tree.county), ("city", cast.office, tree.city),
    )  # fmt: skip

    found = {}
    for name, user, unit in people:
        context = signed_in(browser, tonight, user, size=viewport, locale=language)
        page = context.new_page()
        page.goto(f"/desk/prompts/{tonight.evening.lecture.pk}/{unit.public_id}")
        picture(page, f"reminders-{name}-{language}-{width}")
        found[name] = [*faults(page), *([] if fits(page) else ["too wide"])]
        context.close()

    assert found == {name: [] for name, _user, _unit in people}
