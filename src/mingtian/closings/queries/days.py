"""Reads of days: the lecture, how far a unit's day has come, its figures, who has confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mingtian.closings.days import DayRow
from mingtian.closings.models import Closing, Confirmation, Correction, Question, Summary
from mingtian.closings.rules import CONFIRMING, HOUSES, Answer, Column, Oddity, Reason, Stage
from mingtian.closings.statements import rows
from mingtian.org.queries import person_name, shown_name
from mingtian.org.rules import Line, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class SumRow:
    """Figures of one kind, corrected, summed by the unit one level down.

    ``group`` is None for the unit itself. ``expected`` is None where no denominator was frozen;
    ``counted`` is what the phones said before anybody corrected it.
    """

    group: int | None
    kind: int
    arrived: int
    completed: int
    expected: int | None
    counted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseRow:
    """A unit that confirms, and when it did; None while it is silent."""

    id: int
    public_id: str
    kind: UnitKind
    name: str
    name_en: str
    path: str
    confirmed_at: datetime | None
    silent: int

    @property
    def title(self) -> str:
        return shown_name(self.name, self.name_en)

    @property
    def is_house(self) -> bool:
        return self.kind in HOUSES


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmationRow:
    """What a unit confirmed: ``counts`` by kind are (arrived, completed)."""

    confirmed_at: datetime
    by: str
    counts: dict[int, tuple[int, int]]
    silent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionRow:
    """One correction; ``unit_id`` is the class, village or group."""

    public_id: str
    unit_id: int
    kind: int
    column: Column
    old: int
    new: int
    reason: Reason
    note: str
    by: str
    corrected_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionRow:
    """One oddity; ``answer`` is None while nobody has answered."""

    public_id: str
    unit_id: int
    oddity: Oddity
    number: int
    answer: Answer | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosingRow:
    """A frozen day; both digests are SHA-256 in hexadecimal, ``previous`` empty for the first."""

    lecture_id: int
    number: int
    lines: int
    head: str
    previous: str
    digest: str
    frozen_at: datetime
    by: str


def stage_of(day: DayRow, path: Sequence[int], now: datetime) -> Stage:
    """Return how far the day of a unit has come; ``path`` are the keys from the top down to it."""
    frozen, confirmed = said_by_people(day.lecture_id, path)
    return Stage(
        begun=now >= day.starts_at,
        closed=now >= day.ends_at,
        confirmed=confirmed,
        frozen=frozen,
    )


def said_by_people(lecture_id: int, path: Sequence[int]) -> tuple[bool, bool]:
    """Return whether a lecture is frozen, and whether the path's end or one above has confirmed."""
    [(frozen, confirmed)] = rows("stage", {"lecture": lecture_id, "path": list(path)})
    return frozen, confirmed


def list_sums(
    day: DayRow, path: str, line: Line = Line.LEADS, *, leaves: bool = False
) -> list[SumRow]:
    """Return the figures below an ltree path, corrected or frozen, by kind. One statement.

    By the unit one level down, or with ``leaves`` by class, village and group.
    """
    return list_settled(
        lecture_id=day.lecture_id, held_on=day.held_on, path=path, line=line, leaves=leaves
    )


def list_settled(
    *, lecture_id: int, held_on: date, path: str, line: Line, leaves: bool = False
) -> list[SumRow]:
    """Return the same for whoever knows the lecture by its number and day only."""
    values = {
        "lecture": lecture_id,
        "path": path,
        "line": line.value,
        "day": held_on,
        "leaves": leaves,
    }
    return [
        SumRow(group=each[0], kind=each[1], arrived=int(each[2]), completed=int(each[3]),
               expected=None if each[4] is None else int(each[4]), counted=int(each[5]))
        for each in rows("sums_below", values)
    ]  # fmt: skip


def list_houses_below(
    day: DayRow, path: str, kinds: Iterable[UnitKind] = CONFIRMING
) -> list[HouseRow]:
    """Return the confirming units of these kinds below a path that take part, in tree order."""
    values = {
        "lecture": day.lecture_id,
        "path": path,
        "day": day.held_on,
        "kinds": [kind.value for kind in kinds],
    }
    return [
        HouseRow(id=each[0], public_id=each[1], kind=UnitKind(each[2]), name=each[3],
                 name_en=each[4], path=each[5], confirmed_at=each[6], silent=each[7] or 0)
        for each in rows("houses_below", values)
    ]  # fmt: skip


def find_confirmation(lecture_id: int, unit_id: int) -> ConfirmationRow | None:
    """Return the confirmation that stands, or None."""
    found = (
        Confirmation.objects.filter(lecture_id=lecture_id, unit_id=unit_id, superseded_at=None)
        .select_related("confirmed_by")
        .first()
    )
    if found is None:
        return None
    return ConfirmationRow(
        confirmed_at=found.confirmed_at,
        by=person_name(found.confirmed_by),
        counts={int(kind): (pair[0], pair[1]) for kind, pair in found.counts.items()},
        silent=found.silent,
    )


def list_corrections(lecture_id: int, unit_ids: Iterable[int]) -> list[CorrectionRow]:
    """Return every correction at these counting units, the oldest first."""
    found = Correction.objects.filter(lecture_id=lecture_id, unit_id__in=list(unit_ids))
    return [
        CorrectionRow(
            public_id=each.public_id,
            unit_id=each.unit_id,
            kind=each.kind,
            column=Column(each.column),
            old=each.old,
            new=each.new,
            reason=Reason(each.reason),
            note=each.note,
            by=person_name(each.corrected_by),
            corrected_at=each.corrected_at,
        )
        for each in found.select_related("corrected_by").order_by("corrected_at", "pk")
    ]


def list_questions(lecture_id: int, unit_ids: Iterable[int]) -> list[QuestionRow]:
    """Return the questions about these counting units, those without an answer first."""
    found = Question.objects.filter(lecture_id=lecture_id, unit_id__in=list(unit_ids))
    return [
        QuestionRow(
            public_id=each.public_id,
            unit_id=each.unit_id,
            oddity=Oddity(each.oddity),
            number=each.number,
            answer=Answer(each.answer) if each.answer else None,
        )
        for each in found.order_by("answer", "unit_id", "oddity")
    ]


def find_closing(lecture_id: int) -> ClosingRow | None:
    """Return the closing of a day, or None while it is not frozen."""
    found = Closing.objects.select_related("frozen_by").filter(lecture_id=lecture_id).first()
    return closing_row(found) if found else None


def closing_row(found: Closing) -> ClosingRow:
    """Return a closing as a row."""
    return ClosingRow(
        lecture_id=found.lecture_id,
        number=found.number,
        lines=found.lines,
        head=found.head,
        previous=found.previous,
        digest=found.digest,
        frozen_at=found.frozen_at,
        by=person_name(found.frozen_by),
    )


def summary_sent_at(lecture_id: int, unit_id: int) -> datetime | None:
    """Return when the class teacher took the evening's summary into the group, or None."""
    found = Summary.objects.filter(lecture_id=lecture_id, unit_id=unit_id).first()
    return found.sent_at if found else None


STILL_ASKED = timedelta(days=3)
"""So long after its end a day that nobody confirmed stays on the desk."""
