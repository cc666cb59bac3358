"""Name who has charge of a school's evenings (SUP-5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mingtian.campaigns.queries import LectureRow, list_lectures
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.readiness.actions.actor import note
from mingtian.readiness.actions.checklists import School
from mingtian.readiness.models import Swap, Turn
from mingtian.readiness.queries.duty import Staff, list_staff
from mingtian.readiness.rules import check_evening
from mingtian.readiness.statements import lock_evenings


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Who is to have charge of a lecture, and who stands in: names of accounts, empty for nobody."""

    lecture_id: int
    first: str
    substitute: str = ""


def name_duty(*, school: School, wanted: Sequence[Wanted], by: Actor, now: datetime) -> int:
    """Set the turns of these evenings and return how many changed; all of them or none.

    Raises RuleBroken for an evening that is over, a lecture of another campaign, an account that
    is not of the school, a substitute without anybody in charge, and somebody who has a turn
    elsewhere that evening.
    """
    lectures = {each.id: each for each in list_lectures(school.campaign.id)}
    if any(each.lecture_id not in lectures for each in wanted):
        raise RuleBroken("not_of_this_campaign")
    if school.campaign.scope_id not in school.path:
        raise RuleBroken("not_of_this_campaign")
    staff = {each.username: each for each in list_staff(school.path, day_of(now))}
    changed = 0
    with transaction.atomic():
        lock_evenings(lectures[each.lecture_id].held_on for each in wanted)
        for each in wanted:
            changed += _set_evening(school, lectures[each.lecture_id], each, staff, now)
        if changed:
            note(
                "duty_named", f"unit:{school.unit.public_id}", by, now,
                campaign=school.campaign.public_id, turns=changed,
            )  # fmt: skip
    return changed


def _set_evening(
    school: School, lecture: LectureRow, wanted: Wanted, staff: dict[str, Staff], now: datetime
) -> int:
    """Set both places of one evening; the caller holds the day's lock."""
    own = Turn.objects.filter(lecture_id=lecture.id, unit_id=school.unit.id).select_related("user")
    standing = {turn.place: turn for turn in own}
    names = {Turn.FIRST: wanted.first, Turn.SUBSTITUTE: wanted.substitute}
    changes = [
        (place, name)
        for place, name in names.items()
        if name != (standing[place].user.get_username() if place in standing else "")
    ]
    if not changes:
        return 0
    check_evening(lecture.ends_at, now)
    if wanted.substitute and not wanted.first:
        raise RuleBroken("duty_without_first")
    if wanted.first and wanted.first == wanted.substitute:
        raise RuleBroken("duty_doubled", who=_of_school(wanted.first, staff).name)
    # Those who change places leave both before either is set.
    for place, _name in changes:
        if place in standing:
            standing[place].delete()
    for place, name in changes:
        if name:
            _set(school, lecture, place, _of_school(name, staff), now)
    return len(changes)


def _set(school: School, lecture: LectureRow, place: int, who: Staff, now: datetime) -> None:
    check_free(who.id, who.name, lecture.held_on, ())
    Turn.objects.create(
        lecture_id=lecture.id, unit_id=school.unit.id, place=place, user_id=who.id, named_at=now
    )


def check_free(user_id: int, name: str, day: date, besides: Sequence[int]) -> None:
    """Refuse somebody who has another turn that day; the caller holds the day's lock.

    ``besides`` are keys of turns that do not matter, because they are given away.
    """
    others = Turn.objects.filter(user_id=user_id, lecture__held_on=day).exclude(pk__in=besides)
    if others.exists():
        raise RuleBroken("duty_doubled", who=name)


def drop_open_swaps(turns: Sequence[int], now: datetime) -> None:
    """Let requests about turns that have changed lapse."""
    for column in ("turn_id__in", "back_id__in"):
        Swap.objects.filter(state=Swap.OPEN, **{column: turns}).update(
            state=Swap.WITHDRAWN, answered_at=now
        )


def _of_school(name: str, staff: dict[str, Staff]) -> Staff:
    if name not in staff:
        raise RuleBroken("not_of_this_campaign")
    return staff[name]
