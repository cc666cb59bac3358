"""Choose pilot communities and key families, end them, tell what was learned (PIL-1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingtian.campaigns.queries import CampaignRow
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, list_ancestors, list_holders
from mingtian.org.rules import IN_OFFICE
from mingtian.people.queries.homes import latest_consent
from mingtian.people.rules import PILOTS_SINCE
from mingtian.readiness.actions.actor import note
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.readiness.queries.pilots import list_homes_of, list_villages
from mingtian.readiness.queries.work import Under
from mingtian.readiness.rules import (
    LONGEST_FINDING,
    NEAR_VOLUNTEERS,
    check_consent,
    check_words,
)
from mingtian.readiness.rules.norms import check_free_text


@dataclass(frozen=True, kw_only=True, slots=True)
class PilotWish:
    """A community (public id) to be a pilot; ``coordinator`` is a person's key, or None."""

    village: str
    reason: str
    coordinator: int | None
    consent_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyWish:
    """A key family as it was written down; ``home`` is a home's public id, or empty."""

    reason: str
    consent_on: date | None
    home: str = ""


def choose_pilot(
    *, campaign: CampaignRow, under: Under, wish: PilotWish, by: Actor, now: datetime
) -> Pilot:
    """Make a community below the chooser a pilot.

    Raises RuleBroken without a consent, for one that is elsewhere, for one chosen before, and for
    a coordinator who keeps no office of it.
    """
    consent_on = check_consent(wish.consent_on, day_of(now))
    reason = check_words(wish.reason)
    check_free_text(reason)
    villages = {each.public_id: each for each in list_villages(under)}
    if wish.village not in villages:
        raise RuleBroken("not_of_this_campaign")
    village = villages[wish.village]
    coordinator = _coordinator(village.id, wish.coordinator, day_of(now))
    try:
        with transaction.atomic():
            pilot = Pilot.objects.create(
                campaign_id=campaign.id, unit_id=village.id, reason=reason,
                coordinator_id=coordinator, consent_on=consent_on,
                chosen_by_id=by.user_id, chosen_at=now,
            )  # fmt: skip
            note("pilot_chosen", f"unit:{village.public_id}", by, now, campaign=campaign.public_id)
    except IntegrityError as error:
        raise RuleBroken("pilot_chosen_already") from error
    return pilot


def end_pilot(
    *, campaign: CampaignRow, under: Under, pilot: str, by: Actor, now: datetime
) -> Pilot:
    """End a pilot below the chooser; its families go, what was learned stays. Repeated: nothing."""
    with transaction.atomic():
        found = _locked(campaign, under, pilot)
        if found.ended_on is not None:
            return found
        gone, _kinds = PilotFamily.objects.filter(pilot=found).delete()
        found.ended_on = day_of(now)
        found.save(update_fields=["ended_on"])
        note("pilot_ended", f"pilot:{found.public_id}", by, now, families=gone)
    return found


def tell_finding(
    *, campaign: CampaignRow, under: Under, pilot: str, text: str, by: Actor, now: datetime
) -> Pilot:
    """Keep what a pilot has taught, for all posts that see the pilot. It names no family.

    Raises RuleBroken for nothing said, and for demands.
    """
    finding = check_words(text.replace("\r\n", "\n"), most=LONGEST_FINDING)
    check_free_text(finding)
    with transaction.atomic():
        found = _locked(campaign, under, pilot)
        if found.finding != finding:
            found.finding, found.told_at = finding, now
            found.save(update_fields=["finding", "told_at"])
            note("finding_told", f"pilot:{found.public_id}", by, now)
    return found


def write_family(
    *, campaign: CampaignRow, unit: UnitRow, wish: FamilyWish, by: Actor, now: datetime
) -> PilotFamily:
    """Write a key family of the community down under the next number.

    Raises RuleBroken without a consent, for a home that is not of the community, has withdrawn or
    has agreed to no notice that tells of pilots, twice for one home, and after the pilot's end.
    """
    consent_on = check_consent(wish.consent_on, day_of(now))
    reason = check_words(wish.reason)
    home = _home(unit, wish.home, day_of(now)) if wish.home else None
    with transaction.atomic():
        pilot = (
            Pilot.objects.select_for_update(no_key=True)
            .filter(campaign_id=campaign.id, unit_id=unit.id)
            .first()
        )
        if pilot is None:
            raise RuleBroken("not_of_this_campaign")
        if pilot.ended_on is not None:
            raise RuleBroken("pilot_has_ended")
        if home is not None and pilot.families.filter(household_id=home).exists():
            raise RuleBroken("pilot_home_twice")
        pilot.families_given += 1
        pilot.save(update_fields=["families_given"])
        family = PilotFamily.objects.create(
            pilot=pilot, number=pilot.families_given, household_id=home, reason=reason,
            consent_on=consent_on, chosen_at=now,
        )  # fmt: skip
        note("family_written", f"pilot:{pilot.public_id}", by, now, number=family.number)
    return family


def drop_family(
    *, campaign: CampaignRow, unit: UnitRow, family: str, by: Actor, now: datetime
) -> bool:
    """Let a key family go, at its wish or the office's; its number is not given again."""
    with transaction.atomic():
        own = PilotFamily.objects.filter(
            pilot__campaign_id=campaign.id, pilot__unit_id=unit.id, public_id=family
        )
        gone, _kinds = own.delete()
        if gone:
            note("family_dropped", f"unit:{unit.public_id}", by, now)
    return bool(gone)


def _locked(campaign: CampaignRow, under: Under, pilot: str) -> Pilot:
    below = [each.id for each in list_villages(under)]
    found = (
        Pilot.objects.select_for_update(no_key=True)
        .filter(campaign_id=campaign.id, unit_id__in=below, public_id=pilot)
        .first()
    )
    if found is None:
        raise RuleBroken("not_of_this_campaign")
    return found


def _coordinator(village_id: int, person: int | None, today: date) -> int | None:
    """Return somebody in an office of the village or its township, None where none is named."""
    if person is None:
        return None
    near = [row.id for row in list_ancestors(village_id, today) if row.kind in NEAR_VOLUNTEERS]
    if all(post.user_id != person for post in list_holders(near, today, IN_OFFICE)):
        raise RuleBroken("pilot_coordinator_elsewhere")
    return person


def _home(unit: UnitRow, home: str, today: date) -> int:
    keys = {public_id: key for public_id, key, _size in list_homes_of(unit, today)}
    consent = latest_consent(keys[home]) if home in keys else None
    if consent is None or consent.withdrawn_at is not None:
        raise RuleBroken("pilot_home_unknown")
    if consent.version < PILOTS_SINCE:
        raise RuleBroken("pilot_home_not_told")
    return keys[home]
