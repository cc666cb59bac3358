"""A class watches together (CAM-4): its teacher opens the viewing and counts heads.

The heads are a figure of their own. Ticks say who of the class was there, for certificates;
they are notes by hand and never touch what phones recorded.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingtian.attendance.actions import by_hand
from mingtian.attendance.models import ByHand, Gathering
from mingtian.attendance.queries.by_hand import ClassSituation, find_class_situation
from mingtian.attendance.rules import How
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind

MOST_HEADS = 500


def open_gathering(
    *, lecture_id: int, unit_id: int, now: datetime, actor: str, by: int | None = None
) -> Gathering:
    """Open the viewing of a class; when it is open already, return it."""
    with transaction.atomic():
        before = _check(lecture_id, unit_id, now)
        gathering, new = Gathering.objects.get_or_create(
            lecture_id=lecture_id,
            unit_id=unit_id,
            defaults={"opened_by_id": by, "opened_at": now},
        )
        if new:
            _record("attendance.gathering_opened", before, lecture_id, now=now, actor=actor)
    return gathering


def count_heads(
    *, lecture_id: int, unit_id: int, heads: int, now: datetime, actor: str
) -> Gathering:
    """Keep how many are in the room; may be corrected until the lecture closes."""
    if not 1 <= heads <= MOST_HEADS:
        raise RuleBroken("heads_out_of_range", most=MOST_HEADS)
    with transaction.atomic():
        before = _check(lecture_id, unit_id, now)
        gathering = _locked(lecture_id, unit_id)
        ticked = _ticked(lecture_id, unit_id)
        if heads < len(ticked):
            raise RuleBroken("heads_below_ticks", ticked=len(ticked))
        if gathering.heads != heads:
            earlier, gathering.heads, gathering.counted_at = gathering.heads, heads, now
            gathering.save(update_fields=["heads", "counted_at"])
            _record(
                "attendance.heads_counted", before, lecture_id, now=now, actor=actor,
                heads=heads, earlier=earlier,
            )  # fmt: skip
    return gathering


def tick_present(
    *,
    lecture_id: int,
    unit_id: int,
    person_ids: Collection[int],
    now: datetime,
    actor: str,
    by: int | None = None,
) -> int:
    """Let the notes "in class" of this class be exactly these; return how many changed.

    Somebody who is noted in another way stays so. All must be counted in this class.
    """
    with transaction.atomic():
        _check(lecture_id, unit_id, now)
        gathering = _locked(lecture_id, unit_id)
        ticked, wanted = _ticked(lecture_id, unit_id), set(person_ids)
        if gathering.heads is not None and len(wanted) > gathering.heads:
            raise RuleBroken("ticks_above_heads", heads=gathering.heads)
        changed = 0
        for person_id in sorted(wanted - ticked):
            before = by_hand.check_person(person_id=person_id, lecture_id=lecture_id, now=now)
            if before.unit_id != unit_id:
                raise RuleBroken("person_not_invited")
            note = by_hand.write_note(person_id, lecture_id, before, How.IN_CLASS, now=now, by=by)
            if note is not None:
                by_hand.record(
                    "attendance.noted", before, lecture_id, How.IN_CLASS, now=now, actor=actor
                )
                changed += 1
        for person_id in sorted(ticked - wanted):
            changed += by_hand.undo_note(
                person_id=person_id, lecture_id=lecture_id, now=now, actor=actor
            )
    return changed


def drop_gathering(*, lecture_id: int, unit_id: int, now: datetime, actor: str) -> bool:
    """Take back a viewing that was opened by mistake, with its ticks; False when there is none."""
    with transaction.atomic():
        before = _check(lecture_id, unit_id, now)
        gathering = _find_locked(lecture_id, unit_id)
        if gathering is None:
            return False
        for person_id in sorted(_ticked(lecture_id, unit_id)):
            by_hand.undo_note(person_id=person_id, lecture_id=lecture_id, now=now, actor=actor)
        heads = gathering.heads
        gathering.delete()
        _record(
            "attendance.gathering_dropped", before, lecture_id, now=now, actor=actor, heads=heads
        )
    return True


def _check(lecture_id: int, unit_id: int, now: datetime) -> ClassSituation:
    before = find_class_situation(lecture_id=lecture_id, unit_id=unit_id)
    if before is None or not before.invited or before.unit_kind is not UnitKind.CLASS:
        raise RuleBroken("class_not_invited")
    if now < before.doors_at:
        raise RuleBroken("lecture_ahead")
    if now >= before.closes_at:
        raise RuleBroken("gathering_after_closing")
    return before


def _locked(lecture_id: int, unit_id: int) -> Gathering:
    gathering = _find_locked(lecture_id, unit_id)
    if gathering is None:
        raise RuleBroken("gathering_missing")
    return gathering


def _find_locked(lecture_id: int, unit_id: int) -> Gathering | None:
    """Return the viewing, locked, so that counting, ticking and taking back come one by one."""
    return (
        Gathering.objects.select_for_update(no_key=True, of=("self",))
        .filter(lecture_id=lecture_id, unit_id=unit_id)
        .first()
    )


def _ticked(lecture_id: int, unit_id: int) -> set[int]:
    notes = ByHand.objects.filter(
        lecture_id=lecture_id, unit_id=unit_id, how=How.IN_CLASS.value, undone_at=None
    )
    return set(notes.values_list("person_id", flat=True))


def _record(
    action: str,
    before: ClassSituation,
    lecture_id: int,
    *,
    now: datetime,
    actor: str,
    **detail: int | None,
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=f"unit:{before.unit}",
        now=now,
        lecture=lecture_id,
        **detail,
    )
