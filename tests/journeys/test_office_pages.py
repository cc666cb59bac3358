"""Every page of help, tickets, visits, reminders and accounts: no fault of axe, nothing sideways."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from mingtian.core.clock import day_of, now
from mingtian.org.rules import Role
from mingtian.supervision.models import (
    Alert,
    ContactTask,
    FollowUp,
    Mark,
    Passing,
    Ticket,
    Visit,
)
from mingtian.testing.cast import make_staff
from tests.journeys.conftest import DESK, PHONE, Stage, sign_in, visit
from tests.journeys.looking import faults, fits, picture

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WAYS = [("zh-CN", PHONE), ("en-GB", PHONE), ("zh-CN", DESK), ("en-GB", DESK)]


@pytest.fixture
def made(stage: Stage) -> dict[str, str]:
    """A school whose number fell, its class's ticket passed up, a visit; public ids by what."""
    tree, lecture, at = stage.evening.tree, stage.evening.lecture, now()
    counted = {"lecture": lecture, "unit": tree.school, "stage": "early"}
    numbers = {"value": 90, "before": 202, "usual": 201, "low": 160}
    Mark.objects.create(**counted, **numbers, high=240)
    task = ContactTask.objects.create(
        lecture=lecture, about=tree.school, owner=tree.county, why="fall", made_at=at,
        due_at=at + timedelta(hours=1),
    )  # fmt: skip
    Alert.objects.create(**counted, **numbers, raised_at=at, task=task)
    asked = {"cause": "network", "words": "全校断网，机房的交换机没有电", "lecture": lecture}
    passed = Ticket.objects.create(
        about=tree.class_one, office=tree.county, opened_at=at - timedelta(minutes=9),
        passed_at=at, opened_by=stage.cast.teacher, **asked,
    )  # fmt: skip
    Passing.objects.create(
        ticket=passed, office=tree.school, above=tree.county, words="学校自己解决不了",
        passed_by=stage.cast.principal, passed_at=at, answer="已经重启", answered_at=at,
    )  # fmt: skip
    ticket = Ticket.objects.create(about=tree.class_one, office=tree.school, opened_at=at, **asked)
    going = Visit.objects.create(
        school=tree.school, visitor=tree.county, role="office", kind="helping", visits_at=at,
        year=at.year, purpose="帮老人登录", planned_at=at,
    )  # fmt: skip
    FollowUp.objects.create(visit=going, owner=tree.school, words="换网线", due_on=day_of(at))
    make_staff("city", tree.city, Role.OFFICE)
    return {
        "task": task.public_id, "passed": passed.public_id, "ticket": ticket.public_id,
        "visit": going.public_id,
    }  # fmt: skip


def everywhere(browser: Browser, stage: Stage, user: User) -> Iterator[Page]:
    """Open a page in each of the two languages at each of the two widths, for somebody signed in."""
    for tongue, size in WAYS:
        context = visit(browser, stage, size=size, locale=tongue)
        sign_in(context, user, stage.origin)
        yield context.new_page()
        context.close()


def hold(page: Page, paths: dict[str, str], shown: str) -> None:
    """Open each and hold it against the rules."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    tongue = page.evaluate("navigator.language")[:2]
    for name, path in paths.items():
        reply = page.goto(path)
        assert reply is not None
        assert reply.status == 200, name
        # What is folded up is looked at as well.
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        picture(page, f"{shown}-{name}-{tongue}-{width}")
        assert faults(page) == [], name
        assert fits(page), name


def test_the_pages_of_a_county_office(browser: Browser, stage: Stage, made: dict[str, str]) -> None:
    tree, lecture = stage.evening.tree, stage.evening.lecture.pk
    desk, own = "/desk/supervision", tree.county.public_id
    for page in everywhere(browser, stage, make_staff("county", tree.county, Role.OFFICE)):
        hold(page, {
            "help": f"{desk}/{lecture}/{own}",
            "school": f"{desk}/{lecture}/{tree.school.public_id}",
            "task": f"{desk}/tasks/{made['task']}",
            "ticket": f"{desk}/tickets/{made['passed']}",
            "ask": f"{desk}/{tree.school.public_id}/ask",
            "visits": f"{desk}/{own}/visits",
            "plan": f"{desk}/{own}/visits/new",
            "visit": f"{desk}/visits/{made['visit']}",
            "chain": f"/desk/prompts/{lecture}/{own}",
        }, "county")  # fmt: skip


def test_the_pages_of_a_school_that_passes_a_ticket_up(
    browser: Browser, stage: Stage, made: dict[str, str]
) -> None:
    tree, lecture = stage.evening.tree, stage.evening.lecture.pk
    make_staff("county", tree.county, Role.OFFICE)
    for page in everywhere(browser, stage, stage.cast.principal):
        hold(page, {
            "help": f"/desk/supervision/{lecture}/{tree.school.public_id}",
            "chain": f"/desk/prompts/{lecture}/{tree.school.public_id}",
            "ticket": f"/desk/supervision/tickets/{made['ticket']}",
        }, "school")  # fmt: skip
        if Ticket.objects.get(public_id=made["ticket"]).passed_at is None:
            page.locator("#pass_words").fill("交换机坏了")
            page.locator("form[action$='/pass-up'] button").click()
        expect(page.get_by_text("交换机坏了")).to_be_visible()
    assert Ticket.objects.get(public_id=made["ticket"]).office == tree.county


def test_the_pages_of_a_class_teacher(browser: Browser, stage: Stage, made: dict[str, str]) -> None:
    unit, lecture = stage.evening.tree.class_one.public_id, stage.evening.lecture.pk
    for page in everywhere(browser, stage, stage.cast.teacher):
        hold(page, {
            "help": f"/desk/supervision/{lecture}/{unit}",
            "ticket": f"/desk/supervision/tickets/{made['passed']}",
            "ask": f"/desk/supervision/{unit}/ask",
            "reminder": f"/desk/prompts/{lecture}/{unit}",
        }, "teacher")  # fmt: skip


def test_the_pages_of_accounts(browser: Browser, stage: Stage) -> None:
    tree = stage.evening.tree
    make_staff("auditor", tree.city, Role.AUDITOR)
    for page in everywhere(browser, stage, make_staff("city", tree.city, Role.OFFICE)):
        page.goto("/desk/account/")
        handing = page.locator("a[href*='/desk/staff/post']").first.get_attribute("href")
        assert handing
        hold(page, {
            "own": "/desk/account/",
            "password": "/desk/account/password",
            "factors": "/desk/account/factors",
            "people": "/desk/staff/",
            "search": "/desk/staff/?q=city",
            "post": handing,
            "invite": f"/desk/staff/invite?unit={tree.county.public_id}",
            "trail": f"/desk/staff/trail?first={day_of(now()) - timedelta(days=30)}",
        }, "staff")  # fmt: skip
