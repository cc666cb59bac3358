"""Certificates in a browser: the family's file, the check by anybody, the desk (CER-1 to CER-3)."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mingtian.attendance.actions import Attended, bring_in
from mingtian.campaigns.models import Campaign, Lecture
from mingtian.campaigns.queries import campaign_row
from mingtian.certificates.actions import unlock
from mingtian.certificates.models import Certificate
from mingtian.core.clock import now
from mingtian.people.models import Person
from mingtian.people.rules import Kin
from mingtian.testing.make import ACTOR
from tests.journeys.conftest import DESK, PHONE, Stage, visit
from tests.journeys.looking import faults, fits, hold
from tests.journeys.test_family_evening import enter

pytestmark = [pytest.mark.journey, pytest.mark.slow]

FULL = (1 << 60) - 1


@pytest.fixture(params=[("zh-CN", PHONE), ("en-GB", DESK)])
def reader(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> Iterator[BrowserContext]:
    locale, size = request.param
    context = visit(browser, stage, size=size, locale=locale)
    yield context
    context.close()


def end_the_evening(stage: Stage) -> None:
    """Let the lecture lie behind everybody, watched by all who are in."""
    over = now() - timedelta(hours=1)
    Lecture.objects.filter(pk=stage.evening.lecture.pk).update(
        doors_at=over - timedelta(hours=2), starts_at=over - timedelta(hours=1), ends_at=over
    )
    present = Person.objects.exclude(household=None)
    rows = [Attended(person=one.pk, unit=one.unit_id, kind=one.kind, live=FULL) for one in present]
    bring_in(
        lecture_id=stage.evening.lecture.pk, needed_slots=40, attended=rows, actor=ACTOR, now=over
    )


def test_a_mother_takes_her_certificate_away_and_anybody_checks_it(
    phone: BrowserContext, stage: Stage, browser: Browser
) -> None:
    page = phone.new_page()
    enter(page, stage, 0, "妈妈")
    end_the_evening(stage)

    page.goto("/my")
    own = page.locator("[data-certificate=unlocked]")
    expect(own).to_have_count(2)
    hold(page, "my-certificates-zh-360")
    mother = Certificate.objects.get(person=Person.objects.get(kin=Kin.MOTHER).pk)
    page.locator(f"#name-{mother.serial}").fill("何秀兰")
    card = own.filter(has=page.locator(f"#name-{mother.serial}"))
    with page.expect_download() as download:
        card.get_by_role("button", name="证书（PDF）").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")
    with page.expect_download() as download:
        card.get_by_role("button", name="签名文件").click()
    credential = json.loads(download.value.path().read_bytes())

    stranger = visit(browser, stage, script=False)
    check = stranger.new_page()
    check.goto(f"/c/{mother.serial}")
    expect(check.locator("[data-state=valid]")).to_be_visible()
    assert "何秀兰" not in check.content()
    assert credential["id"].endswith(f"/c/{mother.serial}")
    answers = stranger.request.get(credential["proof"]["verificationMethod"])
    assert answers.json()["type"] == "Multikey"
    stranger.close()


def test_the_check_by_keyboard_breaks_no_rule(reader: BrowserContext, stage: Stage) -> None:
    page = reader.new_page()
    page.goto("/c")
    assert fits(page)
    assert faults(page) == []

    page.locator("#number").focus()
    page.keyboard.type("0000 0000 0000 0001")
    page.keyboard.press("Enter")

    expect(page.locator("[data-state=unknown]")).to_be_visible()
    assert fits(page)
    assert faults(page) == []


@pytest.fixture
def office(desk: BrowserContext, stage: Stage) -> Page:
    return desk.new_page()


def test_the_desk_breaks_no_rule(office: Page, stage: Stage) -> None:
    campaign = campaign_row(Campaign.objects.select_related("scope").get())
    unlock(campaign=campaign, now=now(), actor=ACTOR)
    for address in (
        "/desk/certificates",
        f"/desk/campaigns/{campaign.public_id}/certificates",
        f"/desk/certificates/{campaign.public_id}/{stage.evening.tree.school.public_id}",
    ):
        office.goto(address)
        expect(office.locator("h1")).to_be_visible()
        assert fits(office)
        assert faults(office) == []
