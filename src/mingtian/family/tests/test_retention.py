"""After the term persons go; totals, rosters and the validity of certificates stay."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mingtian.attendance.models import Record, Seat, Tally
from mingtian.attendance.queries import differences
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries.homes import find_published
from mingtian.certificates.actions.unlocking import unlock_persons
from mingtian.certificates.models import Certificate
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.family.actions.retention import end_term
from mingtian.family.tests.conftest import FULL_HOUR, NEXT_DAY, Family, make_seat
from mingtian.people.models import Household, Person, Receipt
from mingtian.testing.make import ACTOR, DAY, NOW

AFTER = NOW + timedelta(days=188, hours=12)
"""Past midnight in Shanghai, 181 days after the last day."""


def run(campaign: Campaign, *options: str) -> str:
    out = StringIO()
    call_command("retention", "--campaign", campaign.public_id, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: AFTER)


def test_after_the_term_persons_go_and_totals_stay(family: Family, after: None) -> None:
    lecture, campaign = family.evening.lecture, family.evening.campaign
    child = family.children[0]
    family.attended(child, FULL_HOUR)
    row = find_published(campaign.public_id)
    assert row is not None
    unlock_persons(campaign=row, person_ids=[child.pk], now=NEXT_DAY, actor=ACTOR)
    certificate = Certificate.objects.get(person=child.pk)
    totals = list(Tally.objects.order_by("unit", "kind").values_list("unit", "kind", "arrived"))

    report = run(campaign)

    assert not Household.objects.exists()
    assert not Seat.objects.exists()
    assert not Record.objects.exists()
    assert not Person.objects.exclude(kin="").exists()
    assert Person.objects.get(pk=child.pk).household is None
    assert (
        list(Tally.objects.order_by("unit", "kind").values_list("unit", "kind", "arrived"))
        == totals
    )
    assert differences(lecture.pk) == []
    certificate.refresh_from_db()
    assert (certificate.person, certificate.revoked_at) == (None, None)
    receipt = Receipt.objects.get(what="term_over")
    assert receipt.public_id in report
    entry = AuditEntry.objects.get(action="family.term_ended")
    assert (entry.detail["homes"], entry.detail["persons"], entry.detail["records"]) == (1, 2, 1)


def test_a_dry_run_counts_and_changes_nothing(family: Family, after: None) -> None:
    family.attended(family.children[0], FULL_HOUR)

    report = run(family.evening.campaign, "--dry-run")

    assert "2024-03-24 00:00" in report
    assert Record.objects.count() == 1
    assert Household.objects.count() == 1
    assert not Receipt.objects.exists()


def test_before_the_term_is_over_nothing_goes(family: Family) -> None:
    campaign = find_published(family.evening.campaign.public_id)
    assert campaign is not None

    with pytest.raises(RuleBroken) as refused:
        end_term(campaign=campaign, keep_days=180, now=AFTER - timedelta(days=2), actor=ACTOR)

    assert refused.value.code == "retention_too_early"
    assert refused.value.facts == {"day": "2024-03-24"}
    assert Household.objects.exists()


def test_a_home_of_a_later_campaign_stays(family: Family, after: None) -> None:
    first = family.evening.campaign
    family.attended(family.children[0], FULL_HOUR)
    later = Campaign.objects.create(
        name="明年", scope=family.evening.tree.city, first_on=DAY + timedelta(days=180),
        last_on=DAY + timedelta(days=190), kinds=[1, 2], state="open", opened_at=NOW,
    )  # fmt: skip
    make_seat(replace(family.evening, campaign=later), family.household, family.children)

    run(first)

    assert Household.objects.filter(pk=family.household.pk).exists()
    assert Seat.objects.get().campaign_id == later.pk
    assert not Record.objects.exists()


def test_a_second_run_finds_nothing_more(family: Family, after: None) -> None:
    run(family.evening.campaign)

    run(family.evening.campaign)

    assert AuditEntry.objects.filter(action="family.term_ended").last().detail["homes"] == 0  # type: ignore[union-attr]


def test_an_unknown_campaign_is_refused(evening: object) -> None:
    with pytest.raises(CommandError):
        call_command("retention", "--campaign", "000000000000")


def test_the_command_says_why_it_refuses(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)

    with pytest.raises(CommandError, match="2024-03-24"):
        run(family.evening.campaign)
