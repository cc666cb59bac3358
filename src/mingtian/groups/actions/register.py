"""Register a group, change what is kept about it, close it; lists of groups (GRP-1, GRP-2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.groups.actions.stopping import stop_robot
from mingtian.groups.models import DistributionList, Group
from mingtian.groups.queries.register import list_usable
from mingtian.groups.rules import MEMBER_KINDS, MOST_NAME, GroupFacts, check_group
from mingtian.org.queries import UnitRow, list_holders
from mingtian.org.rules import Line

KEPT = (
    "name", "purpose", "platform", "audience", "kinds", "size", "in_charge", "in_charge_role",
    "code_expires_on", "closes_on",
)  # fmt: skip


def register_group(
    *, unit: UnitRow, line: Line, facts: GroupFacts, by: Actor, now: datetime
) -> str:
    """Register a group of the unit and return its public id.

    Raises RuleBroken without a closing date, with one in the past, for a name that an open group
    of the unit has, and for a person in charge who has no post there.
    """
    _check(unit.id, facts, now, None)
    group = Group(unit_id=unit.id, line=line.value, created_at=now, created_by_id=by.user_id)
    _fill(group, facts)
    with transaction.atomic():
        try:
            with transaction.atomic():
                group.save(force_insert=True)
        except IntegrityError as error:
            raise RuleBroken("group_name_taken") from error
        _note("groups.registered", group.public_id, by, now, platform=facts.platform.value)
    return group.public_id


def change_group(*, group_id: int, facts: GroupFacts, by: Actor, now: datetime) -> None:
    """Change what is kept about an open group; the trail says when its closing date moved."""
    with transaction.atomic():
        group = Group.objects.select_for_update(no_key=True).get(pk=group_id)
        if group.closed_on is not None:
            raise RuleBroken("group_closed")
        _check(group.unit_id, facts, now, group)
        before = group.closes_on
        _fill(group, facts)
        try:
            with transaction.atomic():
                group.save(update_fields=list(KEPT))
        except IntegrityError as error:
            raise RuleBroken("group_name_taken") from error
        moved = {"closes_before": str(before)} if before != group.closes_on else {}
        _note(
            "groups.changed", group.public_id, by, now, closes=str(group.closes_on), **moved
        )  # fmt: skip


def close_group(*, group_id: int, by: Actor, now: datetime) -> bool:
    """Note that the group was closed on the platform today; False the second time.

    Its robot goes with it.
    """
    with transaction.atomic():
        group = Group.objects.select_for_update(no_key=True).get(pk=group_id)
        if group.closed_on is not None:
            return False
        group.closed_on = day_of(now)
        group.save(update_fields=["closed_on"])
        stop_robot(group.pk)
        _note("groups.closed", group.public_id, by, now)
    return True


def make_list(*, unit: UnitRow, name: str, groups: Sequence[str], by: Actor, now: datetime) -> str:
    """Keep a list of groups under a name and return its public id.

    Raises RuleBroken without a name, without groups, for groups that are not the unit's to use.
    """
    called = name.strip()
    if not called:
        raise RuleBroken("list_name_missing")
    if len(called) > MOST_NAME:
        raise RuleBroken("group_words_too_long", most=MOST_NAME)
    usable = {row.public_id: row.id for row in list_usable(unit.id, day_of(now))}
    if not groups:
        raise RuleBroken("no_groups")
    if set(groups) - usable.keys():
        raise RuleBroken("group_foreign")
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = DistributionList.objects.create(unit_id=unit.id, name=called, created_at=now)
        except IntegrityError as error:
            raise RuleBroken("list_name_taken") from error
        made.groups.set([usable[each] for each in groups])
        audit.record(
            actor=by.username, action="groups.list_made", subject=f"list:{made.public_id}",
            now=now, unit=unit.public_id, groups=len(set(groups)),
        )  # fmt: skip
    return made.public_id


def remove_list(*, unit: UnitRow, public_id: str, by: Actor, now: datetime) -> bool:
    """Remove a list of the unit; its groups stay. False when it is not there (any more)."""
    with transaction.atomic():
        found = DistributionList.objects.filter(unit_id=unit.id, public_id=public_id)
        if not found.delete()[0]:
            return False
        audit.record(
            actor=by.username, action="groups.list_removed", subject=f"list:{public_id}",
            now=now, unit=unit.public_id,
        )  # fmt: skip
    return True


def _check(unit_id: int, facts: GroupFacts, now: datetime, group: Group | None) -> None:
    today = day_of(now)
    check_group(facts, today=today, closes_before=group.closes_on if group else None)
    if facts.in_charge is None or (group and facts.in_charge == group.in_charge_id):
        return
    holders = list_holders([unit_id], today)
    if facts.in_charge not in {holder.user_id for holder in holders}:
        raise RuleBroken("in_charge_unknown")


def _fill(group: Group, facts: GroupFacts) -> None:
    assert facts.closes_on is not None, "check_group refuses a group without it"
    group.name, group.purpose = facts.name.strip(), facts.purpose.strip()
    group.platform, group.audience = facts.platform.value, facts.audience.value
    group.kinds = sorted(kind.value for kind in MEMBER_KINDS[facts.audience])
    group.size = facts.size
    group.in_charge_id = facts.in_charge
    group.in_charge_role = facts.in_charge_role.value if facts.in_charge_role else ""
    group.code_expires_on, group.closes_on = facts.code_expires_on, facts.closes_on


def _note(action: str, group: str, by: Actor, now: datetime, **detail: str | int) -> None:
    audit.record(actor=by.username, action=action, subject=f"group:{group}", now=now, **detail)
