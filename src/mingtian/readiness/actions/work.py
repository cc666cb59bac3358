"""Share out the duties of the five-old (PER-1), keep the log of levers (PER-2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingtian.campaigns.queries import CampaignRow
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.people.queries import count_persons
from mingtian.people.rules import PersonKind
from mingtian.readiness.actions.actor import note
from mingtian.readiness.models import Activity, Duty
from mingtian.readiness.queries.work import list_groups
from mingtian.readiness.rules import (
    MOST_VOLUNTEERS,
    Lever,
    Task,
    check_chosen,
    check_day,
    check_size,
    check_words,
)
from mingtian.readiness.rules.norms import check_free_text


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyWish:
    """What so many five-old of a group (public id) are to do at a block. No names."""

    group: str
    task: str
    block: str
    volunteers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityWish:
    """A line of the log as it was typed; ``served`` counts person-times."""

    lever: str
    done_on: date
    what: str
    served: int


def write_duty(
    *, campaign: CampaignRow, unit: UnitRow, wish: DutyWish, by: Actor, now: datetime
) -> Duty:
    """Give a group below the unit a duty at a block; the same again changes nothing.

    Raises RuleBroken for a group elsewhere, more volunteers than its roster has, and a block
    that has this duty with another number.
    """
    task = check_chosen(wish.task, Task)
    block = check_words(wish.block, most=60)
    check_free_text(block)
    today = day_of(now)
    groups = {each.public_id: each for each in list_groups(unit.id, today)}
    if wish.group not in groups:
        raise RuleBroken("not_of_this_campaign")
    group = groups[wish.group]
    _check_volunteers(group, wish.volunteers, today)
    with transaction.atomic():
        duty, new = Duty.objects.get_or_create(
            campaign_id=campaign.id, unit_id=group.id, task=task, block=block,
            defaults={
                "volunteers": wish.volunteers, "written_by_id": by.user_id, "written_at": now,
            },
        )  # fmt: skip
        if not new and duty.volunteers != wish.volunteers:
            raise RuleBroken("duty_twice")
        if new:
            note(
                "duty_written", f"unit:{group.public_id}", by, now,
                campaign=campaign.public_id, task=task, volunteers=wish.volunteers,
            )  # fmt: skip
    return duty


def _check_volunteers(group: UnitRow, volunteers: int, today: date) -> None:
    """Refuse none, and more than stand on the roster where there is one."""
    counted = count_persons([group.id], today, [PersonKind.FIVE_OLD])
    most = counted.get((group.id, PersonKind.FIVE_OLD))
    if most is not None and volunteers > most:
        raise RuleBroken("above_volunteers", most=most)
    check_size(volunteers, least=1, most=MOST_VOLUNTEERS)


def remove_duty(
    *, campaign: CampaignRow, unit: UnitRow, duty: str, by: Actor, now: datetime
) -> bool:
    """Take a duty of a group below the unit off; False when it is not there."""
    below = [each.id for each in list_groups(unit.id, day_of(now))]
    with transaction.atomic():
        own = Duty.objects.filter(campaign_id=campaign.id, unit_id__in=below, public_id=duty)
        gone, _kinds = own.delete()
        if gone:
            note("duty_removed", f"unit:{unit.public_id}", by, now, duty=duty)
    return bool(gone)


def log_activity(
    *, campaign: CampaignRow, unit: UnitRow, wish: ActivityWish, by: Actor, now: datetime
) -> Activity:
    """Add a line to the unit's log; the same line again changes nothing.

    Raises RuleBroken for a day ahead, no words, demands, and a number that cannot be.
    """
    lever = check_chosen(wish.lever, Lever)
    what = check_words(wish.what)
    check_free_text(what)
    check_day(wish.done_on, day_of(now))
    check_size(wish.served)
    with transaction.atomic():
        line, new = Activity.objects.get_or_create(
            campaign_id=campaign.id, unit_id=unit.id, lever=lever, done_on=wish.done_on, what=what,
            defaults={"served": wish.served, "written_by_id": by.user_id, "written_at": now},
        )  # fmt: skip
        if new:
            note(
                "activity_logged", f"unit:{unit.public_id}", by, now,
                campaign=campaign.public_id, lever=lever, served=wish.served,
            )  # fmt: skip
    return line


def remove_activity(
    *, campaign: CampaignRow, unit: UnitRow, activity: str, by: Actor, now: datetime
) -> bool:
    """Take a line off the unit's own log; False when it is not there."""
    with transaction.atomic():
        own = Activity.objects.filter(campaign_id=campaign.id, unit_id=unit.id, public_id=activity)
        gone, _kinds = own.delete()
        if gone:
            note("activity_removed", f"unit:{unit.public_id}", by, now, activity=activity)
    return bool(gone)
