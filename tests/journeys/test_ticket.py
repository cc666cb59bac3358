"""A school passes a ticket up that it cannot solve, and the county answers for it (SUP-4)."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, ViewportSize, expect

from mingtian.core.clock import now
from mingtian.org.rules import Role
from mingtian.supervision.models import Ticket
from mingtian.testing.cast import make_staff
from tests.journeys.conftest import DESK, PHONE, WAYS, Stage, signed_in
from tests.journeys.looking import hold

pytestmark = [pytest.mark.journey, pytest.mark.slow]

WHY = "学校自己解决不了，机房的交换机坏了"


@pytest.fixture
def ticket(stage: Stage) -> Ticket:
    """Asked by a class, held by its school."""
    tree = stage.evening.tree
    return Ticket.objects.create(
        about=tree.class_one, office=tree.school, opened_by=stage.cast.teacher, opened_at=now(),
        cause="network", words="全校断网，机房的交换机没有电", lecture=stage.evening.lecture,
    )  # fmt: skip


@pytest.mark.parametrize(("locale", "size"), WAYS[:2])
def test_a_school_passes_a_ticket_up(
    browser: Browser, stage: Stage, ticket: Ticket, locale: str, size: ViewportSize
) -> None:
    tree = stage.evening.tree
    county = make_staff("county", tree.county, Role.OFFICE)

    def page_of(user: User, size: ViewportSize) -> Page:
        page = signed_in(browser, stage, user, size=size, locale=locale).new_page()
        page.goto(f"/desk/supervision/tickets/{ticket.public_id}")
        return page

    school = page_of(stage.cast.principal, size)
    hold(school, f"ticket-school-{locale[:2]}")
    school.locator("details:has(#pass_words) > summary").click()
    school.locator("#pass_words").fill(WHY)
    school.locator("form[action$='/pass-up'] button").click()
    expect(school.get_by_text(WHY)).to_be_visible()
    hold(school, f"ticket-passed-{locale[:2]}")
    ticket.refresh_from_db()
    assert ticket.office == tree.county
    above = page_of(county, DESK if size == PHONE else PHONE)
    expect(above.get_by_text(WHY)).to_be_visible()
    hold(above, f"ticket-county-{locale[:2]}")
