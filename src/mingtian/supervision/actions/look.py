"""Look at an evening at its stages: marks, alerts, and whom to call (STA-3, STA-1, SUP-3)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from mingtian.closings.queries import DayRow, find_day, list_houses_below
from mingtian.closings.rules import HOUSES, due_at
from mingtian.core import audit
from mingtian.org.queries import path_on
from mingtian.org.rules import UnitKind
from mingtian.supervision.comparing import Comparison, compare
from mingtian.supervision.models import Alert, ContactTask, Look, Mark
from mingtian.supervision.rules import Stage, Why, look_at, look_until
from mingtian.supervision.statements import rows

BY = "system:supervision"
LOOKED_BACK = timedelta(days=1)


def look_around(*, now: datetime) -> int:
    """Look at whatever is due and was not looked at; return how many looks were new.

    Safe to repeat, to miss and to run twice at once: a look is a row, and there is one of each.
    Falls of a stage that the next one has overtaken are not looked for any more.
    """
    found = rows("lectures_to_look_at", {"now": now, "after": now - LOOKED_BACK})
    done = set(
        Look.objects.filter(lecture_id__in=[each for (each,) in found]).values_list(
            "lecture_id", "stage"
        )
    )
    new = 0
    for (lecture,) in found:
        if all((lecture, stage.value) in done for stage in Stage):
            continue
        day = find_day(lecture)
        assert day is not None, "it was found just now"
        for stage in Stage:
            if (lecture, stage.value) not in done and _is_due(day, stage, now):
                new += look(day=day, stage=stage, now=now)
    return new


def look(*, day: DayRow, stage: Stage, now: datetime) -> bool:
    """Look at one evening for one stage; False when that was done, by whomever."""
    with transaction.atomic():
        _row, new = Look.objects.get_or_create(
            lecture_id=day.lecture_id, stage=stage.value, defaults={"looked_at": now}
        )
        if not new:
            return False
        number = _call_silent(day, now) if stage is Stage.DUE else _compare(day, stage, now)
        audit.record(
            actor=BY, action="supervision.looked", subject=f"lecture:{day.lecture_id}", now=now,
            stage=stage.value, found=number,
        )  # fmt: skip
    return True


def settle(*, now: datetime) -> None:  # noqa: ARG001 - the hour of settling is that of confirming
    """Take back the calls to silent units that have confirmed before anybody called."""
    rows("settle", {})


def _is_due(day: DayRow, stage: Stage, now: datetime) -> bool:
    begins = look_at(
        stage, starts_at=day.starts_at, ends_at=day.ends_at,
        due_at=due_at(UnitKind.SCHOOL, day.ends_at),
    )  # fmt: skip
    ends = look_until(stage, starts_at=day.starts_at, ends_at=day.ends_at, closes_at=day.closes_at)
    return begins <= now < ends


def _compare(day: DayRow, stage: Stage, now: datetime) -> int:
    """Keep the marks of a stage and raise its alerts; return how many."""
    found = compare(day, stage)
    Mark.objects.bulk_create([_mark(day, stage, each) for each in found])
    falls = [each for each in found if each.is_fall]
    callers = _superiors([each.unit_id for each in falls], day)
    raised = 0
    for fall in falls:
        if fall.unit_id not in callers or fall.band is None:
            continue
        due = day.closes_at if stage is Stage.FINAL else day.ends_at
        task = _task(day, fall.unit_id, callers[fall.unit_id], Why.FALL, now, due)
        Alert.objects.create(
            lecture_id=day.lecture_id, unit_id=fall.unit_id, stage=stage.value, value=fall.value,
            before=fall.before or 0, usual=fall.band.usual, low=fall.band.low, raised_at=now,
            task=task,
        )  # fmt: skip
        raised += 1
    return raised


def _mark(day: DayRow, stage: Stage, found: Comparison) -> Mark:
    band = found.band
    return Mark(
        lecture_id=day.lecture_id, unit_id=found.unit_id, stage=stage.value, value=found.value,
        before=found.before, usual=band.usual if band else None, low=band.low if band else None,
        high=band.high if band else None,
    )  # fmt: skip


def _call_silent(day: DayRow, now: datetime) -> int:
    """Let somebody call each school and township that has not confirmed; return how many.

    Where a call of this evening waits already, it asks about both.
    """
    path = ".".join(map(str, path_on(day.scope_id, day.held_on)))
    silent = {each.id for each in list_houses_below(day, path, HOUSES) if not each.confirmed_at}
    waiting = ContactTask.objects.filter(lecture_id=day.lecture_id, done_at=None)
    callers = _superiors(silent - set(waiting.values_list("about_id", flat=True)), day)
    due = max(now, due_at(UnitKind.COUNTY, day.ends_at))
    for unit_id, owner_id in sorted(callers.items()):
        _task(day, unit_id, owner_id, Why.SILENT, now, due)
    return len(callers)


def _task(
    day: DayRow, about_id: int, owner_id: int, why: Why, now: datetime, due: datetime
) -> ContactTask:
    """Return the one call of this evening and reason; a later stage adds to it."""
    task, _new = ContactTask.objects.get_or_create(
        lecture_id=day.lecture_id, about_id=about_id, why=why.value,
        defaults={"owner_id": owner_id, "made_at": now, "due_at": due},
    )  # fmt: skip
    return task


def _superiors(unit_ids: Collection[int], day: DayRow) -> dict[int, int]:
    return dict(rows("superiors", {"units": list(unit_ids), "day": day.held_on}))
