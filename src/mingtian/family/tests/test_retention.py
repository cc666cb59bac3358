"""After the term persons go; totals, rosters and the validity of certificates stay."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.attendance.models import Appeal, ByHand, Record, Seat, Tally
from mingtian.attendance.queries import differences
from mingtian.attendance.queries.by_hand import list_beside_below
from mingtian.campaigns.models import Campaign, Denominator
from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.queries.homes import find_published
from mingtian.certificates.actions.unlocking import unlock_persons
from mingtian.certificates.models import Certificate
from mingtian.certificates.queries.rates import rate_of, unlock_rates_below
from mingtian.comments.models import Like
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.family.actions.retention import end_term, plan_term
from mingtian.family.keepers import KEEPERS, term_counters, term_enders
from mingtian.family.kept_words import COUNTS
from mingtian.family.tasks import end_terms_that_are_over
from mingtian.family.tests.conftest import FULL_HOUR, NEXT_DAY, Family, make_seat
from mingtian.org.models import Placement
from mingtian.people.actions.consents import record_consent
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.models import Consent, Household, Person, Receipt, Standing
from mingtian.people.rules import ExemptReason, GivenBy, StandingState
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.screenshots.models import Picture
from mingtian.testing.make import ACTOR, DAY, NOW, make_household
from mingtian.wechat.actions import remember_seats
from mingtian.wechat.models import PhoneSeat

AFTER = NOW + timedelta(days=188, hours=12)
"""Past midnight in Shanghai, 181 days after the last day."""


def run(campaign: Campaign, *options: str) -> str:
    out = StringIO()
    call_command("retention", "--campaign", campaign.public_id, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: AFTER)


@pytest.fixture
def rich(family: Family) -> Family:
    """A home of which every module keeps something, and a pupil of the class without a home."""
    evening, child = family.evening, family.children[0]
    family.attended(child, FULL_HOUR)
    family.attended(family.persons["mother"], FULL_HOUR >> 30)
    Denominator.objects.create(
        campaign=evening.campaign, unit=evening.tree.class_one, kind=1, persons=10
    )
    decide(evening.pupils[7], StandingState.EXEMPT)
    decide(evening.pupils[8], StandingState.UNWILLING)
    unlock_persons(
        campaign=row_of(evening.campaign), person_ids=[child.pk], now=NEXT_DAY, actor=ACTOR
    )
    lecture = evening.lecture
    ByHand.objects.create(
        lecture=lecture, person=evening.pupils[2], unit=evening.tree.class_one, kind=1,
        how="telephone", recorded_at=NOW,
    )  # fmt: skip
    open_appeal(
        person_id=family.persons["mother"].pk, lecture_id=lecture.pk, text="We watched.",
        now=NEXT_DAY, actor=ACTOR,
    )  # fmt: skip
    Like.objects.create(lecture=lecture.pk, person=child.pk, at=NOW)
    Picture.objects.create(
        lecture=lecture, household=family.household, unit=evening.tree.class_one,
        content_sealed=b"x", fingerprint=b"x", sent_at=NOW, delete_at=NOW,
    )  # fmt: skip
    pilot = Pilot.objects.create(
        campaign=evening.campaign, unit=evening.tree.village, reason="邻里相熟", consent_on=DAY,
        chosen_at=NOW,
    )  # fmt: skip
    PilotFamily.objects.create(
        pilot=pilot, number=1, household=family.household, reason="祖孙同住", consent_on=DAY,
        chosen_at=NOW,
    )  # fmt: skip
    remember_seats(account=b"phone", tokens=[family.token], now=NEXT_DAY)
    return family


def row_of(campaign: Campaign) -> CampaignRow:
    row = find_published(campaign.public_id)
    assert row is not None
    return row


def decide(pupil: Person, state: StandingState) -> None:
    exempt = state is StandingState.EXEMPT
    decision = Decision(
        state=state,
        starts_on=DAY,
        reason=ExemptReason.NO_SMARTPHONE if exempt else None,
        review_on=DAY + timedelta(days=90) if exempt else None,
    )
    decide_standing(person_id=pupil.pk, decision=decision, now=NOW, actor=ACTOR)


REMOVED = {
    "wechat": 1, "screenshots": 1, "comments": 1, "certificates": 1,
    "phones": 1, "records": 2, "notes": 1, "questions": 1, "pilot_families": 1,
    "households": 1, "relatives": 1, "consents": 1, "standings": 2, "names": 10,
}  # fmt: skip


def test_after_the_term_names_and_persons_go_and_totals_stay(rich: Family, after: None) -> None:
    lecture, campaign = rich.evening.lecture, rich.evening.campaign
    certificate = Certificate.objects.get()
    totals = list(Tally.objects.order_by("unit", "kind").values_list("unit", "kind", "arrived"))

    report = run(campaign)

    for kept in (Household, Seat, Record, Person, Standing, Consent, ByHand, Appeal, Like):
        assert not kept.objects.exists(), kept
    assert (
        list(Tally.objects.order_by("unit", "kind").values_list("unit", "kind", "arrived"))
        == totals
    )
    assert differences(lecture.pk) == []
    certificate.refresh_from_db()
    assert (certificate.person, certificate.revoked_at) == (None, None)
    receipt = Receipt.objects.get(what="term_over")
    assert receipt.public_id in report
    assert receipt.counts == REMOVED
    entry = AuditEntry.objects.get(action="family.term_ended")
    assert entry.detail == {**REMOVED, "receipt": receipt.public_id}


def test_a_dry_run_counts_what_the_real_run_removes_and_changes_nothing(
    rich: Family, after: None
) -> None:
    campaign = row_of(rich.evening.campaign)

    dry = run(rich.evening.campaign, "--dry-run")
    planned = plan_term(campaign, keep_days=180, now=AFTER)

    assert "2024-03-24 00:00" in dry
    assert planned.removed == REMOVED
    assert Record.objects.count() == 2
    assert not Receipt.objects.exists()
    real = end_term(campaign=campaign, keep_days=180, now=AFTER, actor=ACTOR)
    assert real.removed == planned.removed
    connection.check_constraints()
    assert not any(plan_term(campaign, keep_days=180, now=AFTER).removed.values())


def test_every_module_takes_part_and_every_word_of_the_report_is_known(
    rich: Family, after: None
) -> None:
    """A module of a later day that keeps something may not be forgotten at the term's end."""
    planned = plan_term(row_of(rich.evening.campaign), keep_days=180, now=AFTER)

    assert set(term_counters()) == set(term_enders()) == set(KEEPERS)
    assert planned.removed.keys() <= COUNTS.keys()


def test_who_was_exempt_stays_a_number_when_the_decisions_go(rich: Family, after: None) -> None:
    """CER-2: a rate that was published does not move, nor what stands beside an evening."""
    before = exempt_of(rich)

    run(rich.evening.campaign)

    assert exempt_of(rich) == before == (1, 1)


def exempt_of(family: Family) -> tuple[int, int]:
    """How many are exempt at the evening, and in the rate of certificates."""
    path = Placement.objects.get(unit=family.evening.tree.class_one, line="leads").path
    beside = list_beside_below(
        lecture_id=family.evening.lecture.pk, path=path, line="leads", day=DAY
    )
    rates = unlock_rates_below(
        campaign=row_of(family.evening.campaign), path=path, line="leads", day=DAY
    )
    return (
        sum(row.number for row in beside if row.what == "exempt"),
        rate_of(rates).exempt,
    )


def test_what_hangs_on_a_home_alone_does_not_hold_it_back(rich: Family, after: None) -> None:
    """A link of a phone that was taken off since belongs to no campaign any more."""
    PhoneSeat.objects.update(seat=2**40)

    run(rich.evening.campaign)

    connection.check_constraints()
    assert not PhoneSeat.objects.exists()
    assert not Household.objects.exists()


def test_a_roster_that_the_next_campaign_needs_keeps_its_names(rich: Family, after: None) -> None:
    Campaign.objects.create(
        name="明年", scope=rich.evening.tree.city, first_on=DAY + timedelta(days=200),
        last_on=DAY + timedelta(days=207), kinds=[1, 2], state="draft",
    )  # fmt: skip

    run(rich.evening.campaign)

    assert Person.objects.count() == 10
    assert not Household.objects.exists()
    assert not Record.objects.exists()


def test_who_came_onto_the_roster_after_the_campaign_stays(rich: Family, after: None) -> None:
    Person.objects.filter(pk=rich.evening.pupils[9].pk).update(created_at=AFTER)

    run(rich.evening.campaign)

    assert Person.objects.get().pk == rich.evening.pupils[9].pk


def test_a_home_that_agreed_on_paper_and_never_had_a_phone_goes_too(
    family: Family, after: None
) -> None:
    home = make_household(family.evening.pupils[5])
    record_consent(home.pk, given_by=GivenBy.PAPER, language="en", now=NOW, actor=ACTOR)

    run(family.evening.campaign)

    assert not Household.objects.exists()
    assert not Consent.objects.exists()


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
    assert Person.objects.filter(household=family.household).exists()


def test_a_second_run_finds_nothing_more(family: Family, after: None) -> None:
    run(family.evening.campaign)

    run(family.evening.campaign)

    last = AuditEntry.objects.filter(action="family.term_ended").latest("pk").detail
    assert not any(number for what, number in last.items() if what != "receipt")


def test_an_unknown_campaign_is_refused(evening: object) -> None:
    with pytest.raises(CommandError):
        call_command("retention", "--campaign", "000000000000")


def test_the_command_says_why_it_refuses(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)

    with pytest.raises(CommandError, match="2024-03-24"):
        run(family.evening.campaign)


def test_the_night_after_the_term_lets_everybody_go_once(rich: Family) -> None:
    campaign = row_of(rich.evening.campaign)
    end_terms_that_are_over(AFTER - timedelta(days=2))
    assert Household.objects.exists()

    end_terms_that_are_over(AFTER)
    end_terms_that_are_over(AFTER + timedelta(days=1))

    assert not Household.objects.exists()
    ended = AuditEntry.objects.filter(
        action="family.term_ended", subject=f"campaign:{campaign.public_id}"
    )
    assert ended.count() == 1
