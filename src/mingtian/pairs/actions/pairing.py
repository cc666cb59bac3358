"""A pair begins, changes hands, rests and ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from mingtian.care.rules import Area
from mingtian.children.queries import ChildRow, check_consent
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.pairs import rules
from mingtian.pairs.access import PairPlace, get_pair_to_arrange
from mingtian.pairs.actions.common import (
    begin,
    check_in_line,
    end,
    give,
    locked,
    note,
    source,
)
from mingtian.pairs.models import Duty, Goal, Pair, Visit
from mingtian.pairs.rules import Ending
from mingtian.vault.access import Door
from mingtian.vault.actions import end_parts
from mingtian.vault.rules import FieldClass, FileState, Part

TWICE_WITHIN = timedelta(minutes=2)
"""The same pair asked for again so soon by the same person is a double click."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PairSpec:
    """A pair as it is agreed. Goals are for whoever has the case to write; an office leaves them out."""

    helper_id: int
    beside_id: int | None = None
    rhythm: int = rules.USUAL_RHYTHM
    until: date | None = None
    goals: Mapping[Area, str] = field(default_factory=dict)


def start_pair(door: Door, child: ChildRow, spec: PairSpec) -> Pair:
    """Pair a vetted helper of the child's line with the child, from today on.

    Needs the guardian's consent, and the child's from 14. Two at once for the same two: one stays, the
    other is told ``pair_exists``.
    """
    day = day_of(door.now)
    _check_child(child, day)
    rules.check_dates(spec.rhythm, spec.until, day)
    helpers = [spec.helper_id, *([spec.beside_id] if spec.beside_id else [])]
    if len(set(helpers)) < len(helpers):
        raise RuleBroken("pair_same_helper")
    for each in helpers:
        check_in_line(door, child.id, each)
    goals = {area: rules.check_goal(text) for area, text in spec.goals.items()}
    try:
        with transaction.atomic():
            row = Pair.objects.create(
                child_id=child.id, starts_on=day, until=spec.until, rhythm=spec.rhythm,
                by_id=door.user_id, at=door.now,
            )  # fmt: skip
            for each in helpers:
                begin(door, row, user_id=each, is_lead=each == spec.helper_id)
    except IntegrityError:
        return _clicked_twice(door, child.id, spec)
    note(door, "began", row, rhythm=row.rhythm)
    if door.user_id in helpers or Part.WORKER in door.parts(child.id):
        _write_goals(door, row, goals)
    return row


def set_goals(door: Door, place: PairPlace, goals: Mapping[Area, str]) -> int:
    """Agree on goals; one that changed ends the earlier in its area. Returns how many changed.

    Two who agree on the same area at once: the first counts (``pair_goals_meanwhile``). A helper locks no
    pair: changing it is not the helper's.
    """
    row = Pair.objects.get(pk=place.row.pk)
    if row.ended_at is not None:
        raise RuleBroken("pair_ended")
    checked = {area: rules.check_goal(text) for area, text in goals.items()}
    try:
        with transaction.atomic():
            return _write_goals(door, row, checked)
    except IntegrityError:
        raise RuleBroken("pair_goals_meanwhile") from None


def set_rhythm(door: Door, place: PairPlace, *, rhythm: int, until: date | None) -> None:
    """Agree on another rhythm or another last day; who helps keeps or loses sight with it."""
    row = locked(place)
    rules.check_dates(rhythm, until, day_of(door.now))
    is_moved = row.until != until
    row.rhythm, row.until = rhythm, until
    row.save(update_fields=["rhythm", "until"])
    note(door, "agreed", row, rhythm=rhythm, until=until.isoformat() if until else "")
    if is_moved:
        _give_anew(door, row)


def hand_over(
    door: Door, place: PairPlace, *, user_id: int, words: str = "", with_notes: bool = False
) -> Pair:
    """Let another helper of the line go on in the first one's place; that one's sight ends at once.

    ``words`` are what the successor should know, from whoever has the case. The predecessor's visit
    notes, also of one who has left already, stay closed to the successor unless ``with_notes``.
    """
    row = locked(place)
    _check_going_on(door, row, user_id)
    before = list(Duty.objects.select_for_update().filter(pair=row, ends_at=None))
    if any(duty.is_lead and duty.user_id == user_id for duty in before):
        return row
    last = Duty.objects.filter(pair=row, is_lead=True).order_by("-starts_at", "-pk").first()
    for duty in before:
        if duty.is_lead or duty.user_id == user_id:
            end(door, row, duty, Ending.HANDED_OVER)
    own = _begun(door, row, user_id=user_id, is_lead=True)
    said = rules.check_note(words)
    if said and place.works:
        _write_note(door, own, said)
    if with_notes and last is not None:
        Visit.objects.filter(Q(by_id=last.user_id) | Q(handed_to_id=last.user_id), pair=row).update(
            handed_to_id=user_id
        )
    note(door, "handed_over", row, to=user_id, with_notes=with_notes)
    return row


def set_beside(door: Door, place: PairPlace, *, user_id: int | None) -> None:
    """Let somebody help beside the first, or nobody any more."""
    row = locked(place)
    held = Duty.objects.select_for_update().filter(pair=row, ends_at=None)
    if user_id is not None and held.filter(user_id=user_id, is_lead=False).exists():
        return
    if user_id is not None:
        if held.filter(user_id=user_id).exists():
            raise RuleBroken("pair_same_helper")
        _check_going_on(door, row, user_id)
    for duty in held.filter(is_lead=False):
        end(door, row, duty, Ending.WISH)
    if user_id is not None:
        _begun(door, row, user_id=user_id, is_lead=False)


def end_by_number(door: Door, child: int, public_id: str) -> None:
    """End a helper's duty for a child that has moved away. The pair waits for another, as after one who left."""
    duty = Duty.objects.select_related("pair").filter(child_id=child, public_id=public_id).first()
    if duty is None:
        return
    row = locked(get_pair_to_arrange(door, duty.pair.public_id))
    held = Duty.objects.select_for_update().filter(pk=duty.pk, ends_at=None).first()
    if held is not None:
        end(door, row, held, Ending.CHILD_GONE)


def pause_pair(door: Door, place: PairPlace) -> None:
    """Let a pair rest: no silence is told of it. Twice is once."""
    row = locked(place)
    if row.paused_at is None:
        row.paused_at = door.now
        row.save(update_fields=["paused_at"])
        note(door, "paused", row)


def resume_pair(door: Door, place: PairPlace) -> None:
    """Go on after a rest; silence counts from today."""
    row = locked(place)
    if row.paused_at is not None:
        row.paused_at, row.resumed_on = None, day_of(door.now)
        row.save(update_fields=["paused_at", "resumed_on"])
        note(door, "resumed", row)


def end_pair(door: Door, place: PairPlace, why: Ending) -> None:
    """End a pair and all sight that it gave, at once. Ended twice is ended once."""
    row = Pair.objects.select_for_update().get(pk=place.row.pk)
    if row.ended_at is not None:
        return
    for duty in Duty.objects.select_for_update().filter(pair=row, ends_at=None):
        end(door, row, duty, why)
    row.ended_at, row.ended_for = door.now, why
    row.save(update_fields=["ended_at", "ended_for"])
    note(door, "ended", row, why=why.value)


def _check_child(child: ChildRow, day: date) -> None:
    if child.state is not FileState.OPEN:
        raise RuleBroken("pair_file_closed")
    check_consent(child.id, ConsentPurpose.HELPING, day)


def _check_going_on(door: Door, row: Pair, user_id: int) -> None:
    check_consent(row.child_id, ConsentPurpose.HELPING, day_of(door.now))
    check_in_line(door, row.child_id, user_id)


def _begun(door: Door, row: Pair, *, user_id: int, is_lead: bool) -> Duty:
    try:
        with transaction.atomic():
            return begin(door, row, user_id=user_id, is_lead=is_lead)
    except IntegrityError:
        raise RuleBroken("pair_exists") from None


def _clicked_twice(door: Door, child: int, spec: PairSpec) -> Pair:
    """Return the pair that the same click has made; refuse a second one for the same two."""
    before = Pair.objects.filter(
        child_id=child, by_id=door.user_id, at__gt=door.now - TWICE_WITHIN, ended_at=None,
        duties__user_id=spec.helper_id, duties__ends_at=None, duties__is_lead=True,
    ).first()  # fmt: skip
    if before is None:
        raise RuleBroken("pair_exists")
    return before


def _give_anew(door: Door, row: Pair) -> None:
    for duty in Duty.objects.filter(pair=row, ends_at=None):
        end_parts(door, row.child_id, source=source(duty))
        give(door, row, duty)


def _write_goals(door: Door, row: Pair, goals: Mapping[Area, str]) -> int:
    if not goals:
        return 0
    seal = door.keys([row.child_id], [FieldClass.HELPING])[row.child_id]
    held = {goal.area: goal for goal in Goal.objects.filter(pair=row, ended_at=None)}
    changed = 0
    for area, text in goals.items():
        before = held.get(area)
        said = before and seal.open(
            FieldClass.HELPING, before.text, "pairs_goal", "text", before.public_id
        )
        if (said or "") == text:
            continue
        if before is not None:
            before.ended_at = door.now
            before.save(update_fields=["ended_at"])
        if text:
            own = Goal(pair=row, child_id=row.child_id, area=area, by_id=door.user_id, at=door.now)
            own.text = seal.seal(FieldClass.HELPING, text, "pairs_goal", "text", own.public_id)
            own.save(force_insert=True)
        changed += 1
    if changed:
        note(door, "goals_agreed", row, areas=changed)
    return changed


def _write_note(door: Door, duty: Duty, words: str) -> None:
    seal = door.keys([duty.child_id], [FieldClass.HELPING])[duty.child_id]
    duty.note = seal.seal(FieldClass.HELPING, words, "pairs_duty", "note", duty.public_id)
    duty.save(update_fields=["note"])
