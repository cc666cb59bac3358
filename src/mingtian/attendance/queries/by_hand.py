"""Reads of what stands beside the figures of phones: notes by hand, classes that watched
together, families signed in with help, exempt ones. A basis of its own, never added to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.attendance.models import ByHand, Gathering
from mingtian.attendance.rules import How
from mingtian.core.statements import named
from mingtian.org.rules import UnitKind

STATEMENTS = named(Path(__file__).with_name("by_hand.sql"))


@dataclass(frozen=True, kw_only=True, slots=True)
class BesideRow:
    """One number beside those of phones.

    ``what`` is a :class:`How` (persons noted by hand), ``exempt`` (pupils who are not expected
    and did not come), ``classes`` and ``heads`` (classes that watched together, people in the
    room) or ``helped`` (households signed in with help). ``group`` is the key of the unit one
    level down, None for the unit itself.
    """

    group: int | None
    what: str
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRow:
    """Somebody noted by hand at one lecture."""

    person_id: int
    lecture_id: int
    how: How
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class GatheringRow:
    """A class that watches together; ``heads`` is None until its teacher has counted."""

    lecture_id: int
    unit_id: int
    opened_at: datetime
    heads: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Situation:
    """A lecture, and one person before it, as far as a note by hand is concerned."""

    doors_at: datetime
    closes_at: datetime
    held_on: date
    campaign_state: str
    unit_id: int
    kind: int
    left_on: date | None
    person: str
    unit_kind: UnitKind
    kind_invited: bool
    unit_invited: bool
    departed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassSituation:
    """A lecture, and one unit before it."""

    doors_at: datetime
    closes_at: datetime
    campaign_state: str
    unit_kind: UnitKind
    unit: str
    invited: bool


def list_beside_below(
    *, lecture_id: int, path: str, line: str, day: date, leaves: bool = False
) -> list[BesideRow]:
    """Return what stands beside a subtree's figures, by the unit one level below ``path``.

    With ``leaves`` by the classes, groups and villages themselves. One statement, like :func:`mingtian.attendance.queries.list_sums_below`.
    """
    values: dict[str, Any] = {
        "lecture": lecture_id,
        "path": path,
        "line": line,
        "day": day,
        "leaves": leaves,
    }
    return [
        BesideRow(group=group, what=what, number=int(number))
        for group, what, number in _rows("beside_below", values)
    ]


def list_notes_at(*, lecture_id: int, person_ids: Iterable[int]) -> dict[int, NoteRow]:
    """Return the notes that stand for these persons at one lecture, by person."""
    rows = ByHand.objects.filter(
        lecture_id=lecture_id, person_id__in=list(person_ids), undone_at=None
    )
    return {each.person_id: _note_row(each) for each in rows}


def list_notes_of(person_ids: Iterable[int]) -> list[NoteRow]:
    """Return every note that stands for these persons, over all lectures."""
    rows = ByHand.objects.filter(person_id__in=list(person_ids), undone_at=None)
    return [_note_row(each) for each in rows.order_by("lecture_id", "person_id")]


def find_gathering(*, lecture_id: int, unit_id: int) -> GatheringRow | None:
    """Return the collective viewing of a class at a lecture, or None."""
    found = Gathering.objects.filter(lecture_id=lecture_id, unit_id=unit_id).first()
    if found is None:
        return None
    return GatheringRow(
        lecture_id=lecture_id, unit_id=unit_id, opened_at=found.opened_at, heads=found.heads
    )


def list_helped(*, lecture_id: int, household_ids: Iterable[int]) -> set[int]:
    """Return which of the households came to the lecture on a phone set up with help (SGN-1)."""
    households = list(household_ids)
    if not households:
        return set()
    values: dict[str, Any] = {"lecture": lecture_id, "households": households}
    return {row[0] for row in _rows("helped_of", values)}


def find_situation(*, lecture_id: int, person_id: int) -> Situation | None:
    """Return the lecture and the person, or None when either does not exist."""
    rows = _rows("situation", {"lecture": lecture_id, "person": person_id})
    if not rows:
        return None
    (doors, closes, held_on, state, unit, kind, left_on, person, unit_kind, *flags) = rows[0]
    kind_invited, unit_invited, departed = flags
    return Situation(
        doors_at=doors,
        closes_at=closes,
        held_on=held_on,
        campaign_state=state,
        unit_id=unit,
        kind=kind,
        left_on=left_on,
        person=person,
        unit_kind=UnitKind(unit_kind),
        kind_invited=kind_invited,
        unit_invited=unit_invited,
        departed=departed,
    )


def find_class_situation(*, lecture_id: int, unit_id: int) -> ClassSituation | None:
    """Return the lecture and the unit, or None when either does not exist."""
    rows = _rows("class_situation", {"lecture": lecture_id, "unit": unit_id})
    if not rows:
        return None
    doors, closes, state, kind, public_id, invited = rows[0]
    return ClassSituation(
        doors_at=doors,
        closes_at=closes,
        campaign_state=state,
        unit_kind=UnitKind(kind),
        unit=public_id,
        invited=invited,
    )


def _note_row(note: ByHand) -> NoteRow:
    return NoteRow(
        person_id=note.person_id,
        lecture_id=note.lecture_id,
        how=How(note.how),
        recorded_at=note.recorded_at,
    )


def _rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return list(cursor.fetchall())
