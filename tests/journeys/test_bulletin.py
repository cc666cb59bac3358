"""The city's bulletin from the closing of the day to the numbered document: five actions, counted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.bulletins.actions import switch
from mingtian.bulletins.models import Bulletin
from mingtian.campaigns.models import Denominator, Lecture
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of, now
from tests.journeys.conftest import DESK, PHONE, Stage, signed_in
from tests.journeys.looking import hold, picture

pytestmark = [pytest.mark.journey, pytest.mark.slow]

MOST_ACTIONS = 5


@pytest.fixture
def closed(stage: Stage) -> Stage:
    """The evening is over and no phone may come any more; two counties have figures."""
    over = now() - timedelta(hours=1)
    Lecture.objects.filter(pk=stage.evening.lecture.pk).update(
        doors_at=over - timedelta(minutes=70), starts_at=over - timedelta(hours=1), ends_at=over,
        closes_at=over + timedelta(minutes=30), held_on=day_of(over),
    )  # fmt: skip
    tree = stage.evening.tree
    for unit, expected, arrived in ((tree.class_one, 40, 36), (tree.far_class, 38, 30)):
        Denominator.objects.create(
            campaign=stage.evening.campaign, unit=unit, kind=1, persons=expected
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots)"
                " VALUES (%s, %s, 1, %s, %s, 0), (%s, %s, 101, %s, 0, 0)",
                [stage.evening.lecture.pk, unit.pk, arrived, arrived - 4,
                 stage.evening.lecture.pk, unit.pk, arrived - 2],
            )  # fmt: skip
    return stage


@pytest.fixture
def office(browser: Browser, closed: Stage) -> Iterator[BrowserContext]:
    """The city's office at its desk."""
    context = signed_in(browser, closed, closed.cast.office, size=DESK)
    yield context
    context.close()


def address(stage: Stage, more: str) -> str:
    city = stage.evening.tree.city.public_id
    return f"/desk/bulletins/{stage.evening.lecture.pk}/{city}/{more}"


def test_the_city_issues_its_bulletin_in_five_actions(
    office: BrowserContext, closed: Stage
) -> None:
    page = office.new_page()
    city = closed.evening.tree.city
    page.goto(f"/desk/days/{closed.evening.lecture.pk}/{city.public_id}")
    actions = 0

    def press(role: str, name: str) -> None:
        nonlocal actions
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        actions += 1

    press("button", "冻结当日")
    press("link", "今天")
    press("link", "印发通报")
    press("button", "起草")
    expect(page.get_by_role("heading", name="总体情况")).to_be_visible()
    picture(page, "bulletin-draft-zh-1280")
    press("button", "印发")
    expect(page.get_by_text("岚山关工委〔").first).to_be_visible()

    found = Bulletin.objects.get()
    assert actions <= MOST_ACTIONS
    assert found.issued_at is not None
    assert "到课66人" in found.group_text
    assert "待确认" not in found.title
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        hold(page, f"bulletin-issued-zh-{size['width']}")
    with page.expect_download() as word:
        page.get_by_role("link", name="Word").click()
    assert word.value.suggested_filename.endswith(".docx")


def test_its_pages_hold_what_every_page_is_held_against(browser: Browser, closed: Stage) -> None:
    switch(
        campaign=closed.evening.campaign.public_id, on=True, ground="mandate", words="通知要求",
        by=Actor(username="system:test"), now=now(),
    )  # fmt: skip
    for locale, size in (("zh-CN", PHONE), ("en-GB", PHONE), ("zh-CN", DESK), ("en-GB", DESK)):
        context = signed_in(browser, closed, closed.cast.office, size=size, locale=locale)
        page = context.new_page()
        name = f"{locale[:2]}-{size['width']}"
        for more in ("bulletin", "note", "units?by=rate", "switch"):
            page.goto(address(closed, more))
            draft_first(page)
            hold(page, f"bulletins-{more.partition('?')[0]}-{name}")
        page.goto("/desk/bulletins/")
        hold(page, f"bulletins-archive-{name}")
        context.close()


def draft_first(page: Page) -> None:
    """Let the first visit of a paper make its draft."""
    button = page.locator("form[action$='/begin'] button").first
    if button.is_visible():
        button.click()
