"""Confirm a day at a unit, correct a number with its reason, answer a question (STA-1, STA-4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mingtian.closings.days import DayRow, days_just_over
from mingtian.closings.models import Confirmation, Correction, Question, Summary
from mingtian.closings.queries.days import (
    SumRow,
    find_closing,
    list_houses_below,
    list_sums,
)
from mingtian.closings.queries.oddities import find_oddities
from mingtian.closings.rules import (
    HOUSES,
    Answer,
    Column,
    Reason,
    check_confirming,
    check_correction,
    check_reason,
)
from mingtian.closings.statements import lock_day
from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.groups.rules import is_quiet
from mingtian.org.queries import UnitRow, path_on

LOOKED_AT = timedelta(hours=1)
"""So long after its end, and after its closing, a day is looked at for oddities."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """A number to be set right. ``reason`` and ``note`` come as they were typed."""

    kind: int
    column: Column
    new: int
    reason: str
    note: str = ""


def confirm(*, day: DayRow, unit: UnitRow, path: str, by: Actor, now: datetime) -> Confirmation:
    """Confirm the unit's figures as they stand; a second time returns what stands, unless changed.

    Figures that changed since (late phones, a correction) are confirmed anew, and the earlier
    confirmation is kept. Raises RuleBroken before the end and after the freezing.
    """
    with transaction.atomic():
        lock_day(day.lecture_id)
        frozen = find_closing(day.lecture_id) is not None
        check_confirming(ends_at=day.ends_at, frozen=frozen, now=now)
        counts = counts_of(day, path)
        standing = Confirmation.objects.filter(
            lecture_id=day.lecture_id, unit_id=unit.id, superseded_at=None
        ).first()
        if standing is not None and standing.counts == counts:
            return standing
        if standing is not None:
            standing.superseded_at = now
            standing.save(update_fields=["superseded_at"])
        below = list_houses_below(day, path, HOUSES) if unit.kind not in HOUSES else []
        made = Confirmation.objects.create(
            lecture_id=day.lecture_id,
            unit_id=unit.id,
            counts=counts,
            silent=sum(each.confirmed_at is None for each in below),
            confirmed_by_id=by.user_id,
            confirmed_at=now,
        )
        _note("closings.confirmed", day, unit.public_id, by, now, silent=made.silent)
    return made


def counts_of(day: DayRow, path: str) -> dict[str, list[int]]:
    """Return arrived and completed below a path by kind, in the form that is kept."""
    counts = counts_of_rows(list_sums(day, path))
    return {str(kind): list(pair) for kind, pair in counts.items()}


def counts_of_rows(rows: Iterable[SumRow]) -> dict[int, tuple[int, int]]:
    """Return arrived and completed by kind, without kinds of which nobody came."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row.kind][0] += row.arrived
        sums[row.kind][1] += row.completed
    return {
        kind: (arrived, completed)
        for kind, (arrived, completed) in sorted(sums.items())
        if arrived or completed
    }


def correct(*, day: DayRow, unit: UnitRow, wish: Wish, by: Actor, now: datetime) -> Correction:
    """Set a class's number right; the old one is kept beside the new, with the reason.

    Raises RuleBroken without a reason, above the roster, after the freezing, before the end.
    """
    reason = check_reason(wish.reason, wish.note)
    with transaction.atomic():
        lock_day(day.lecture_id)
        frozen = find_closing(day.lecture_id) is not None
        check_confirming(ends_at=day.ends_at, frozen=frozen, now=now)
        arrived, completed, expected = _present(day, unit.id, wish.kind)
        old = arrived if wish.column is Column.ARRIVED else completed
        check_correction(
            column=wish.column, new=wish.new, arrived=arrived, completed=completed,
            expected=expected,
        )  # fmt: skip
        if wish.new == old:
            raise RuleBroken("correction_changes_nothing")
        made = Correction.objects.create(
            lecture_id=day.lecture_id,
            unit_id=unit.id,
            kind=wish.kind,
            column=wish.column.value,
            old=old,
            new=wish.new,
            reason=reason.value,
            note=wish.note.strip() if reason is Reason.OTHER or wish.note else "",
            corrected_by_id=by.user_id,
            corrected_at=now,
        )
        _note(
            "closings.corrected", day, unit.public_id, by, now,
            kind=wish.kind, column=wish.column.value, old=old, new=wish.new, reason=reason.value,
        )  # fmt: skip
    return made


def _present(day: DayRow, unit_id: int, kind: int) -> tuple[int, int, int | None]:
    """Return arrived, completed and expected of one kind at a counting unit, as they stand."""
    found = [row for row in list_sums(day, _leaf(day, unit_id)) if row.kind == kind]
    expected = [row.expected for row in found if row.expected is not None]
    return (
        sum(row.arrived for row in found),
        sum(row.completed for row in found),
        sum(expected) if expected else None,
    )


def _leaf(day: DayRow, unit_id: int) -> str:
    return ".".join(map(str, path_on(unit_id, day.held_on)))


def ask(*, day: DayRow, path: str, now: datetime) -> int:
    """Ask the school about what looks odd below a path; return how many questions are new.

    A question that was asked keeps its answer; its number follows what is found.
    """
    found = find_oddities(day, path)
    asked = 0
    with transaction.atomic():
        for (unit_id, oddity), number in sorted(found.items()):
            _row, new = Question.objects.get_or_create(
                lecture_id=day.lecture_id, unit_id=unit_id, oddity=oddity.value,
                defaults={"number": number, "asked_at": now},
            )  # fmt: skip
            asked += new
    return asked


def ask_everywhere(*, now: datetime) -> int:
    """Ask about the days that ended or closed within the last hour; return how many are new."""
    days = days_just_over(after=now - LOOKED_AT, until=now)
    return sum(ask(day=day, path=path, now=now) for day, path in days)


def answer(
    *, day: DayRow, question: str, units: Iterable[int], said: str, by: Actor, now: datetime
) -> Question:
    """Keep what the school says to a question about one of its ``units``.

    Raises RuleBroken for a question that is not among them, and for no answer.
    """
    if said not in {each.value for each in Answer}:
        raise RuleBroken("oddity_answer_missing")
    with transaction.atomic():
        found = (
            Question.objects.select_for_update(no_key=True)
            .filter(lecture_id=day.lecture_id, public_id=question, unit_id__in=list(units))
            .first()
        )
        if found is None:
            raise RuleBroken("question_unknown")
        found.answer, found.answered_by_id, found.answered_at = said, by.user_id, now
        found.save(update_fields=["answer", "answered_by", "answered_at"])
        _note("closings.answered", day, f"question:{question}", by, now, answer=said)
    return found


def send_summary(*, day: DayRow, unit: UnitRow, by: Actor, now: datetime) -> bool:
    """Note that the class teacher took the evening's summary into the group; False the second time.

    Raises RuleBroken before the lecture's end, and while families rest: from nine until seven.
    """
    if now < day.ends_at:
        raise RuleBroken("day_not_over")
    if is_quiet(now):
        raise RuleBroken("too_late_for_families")
    with transaction.atomic():
        _row, new = Summary.objects.get_or_create(
            lecture_id=day.lecture_id, unit_id=unit.id,
            defaults={"sent_by_id": by.user_id, "sent_at": now},
        )  # fmt: skip
        if new:
            _note("closings.summary_sent", day, unit.public_id, by, now)
    return new


def _note(
    action: str, day: DayRow, unit: str, by: Actor, now: datetime, **detail: str | int
) -> None:
    subject = unit if ":" in unit else f"unit:{unit}"
    audit.record(
        actor=by.username, action=action, subject=subject, now=now, lecture=day.lecture_id, **detail
    )
