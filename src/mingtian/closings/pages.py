"""What the page of a day shows, put together from figures, houses and questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.closings.days import DayRow
from mingtian.closings.queries.days import HouseRow, SumRow
from mingtian.closings.rules import CONFIRMING, Answer, Oddity, Reason, due_at
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.org.queries import UnitRow, joined_name
from mingtian.org.rules import COUNTING_KINDS, UnitKind
from mingtian.people.rules import PersonKind

HOUSEHOLDS = 101
PERSON_KINDS = {kind.value for kind in PersonKind}

ODDITY_WORDS: dict[Oddity, str | Promise] = {
    Oddity.MANY_ON_ONE_PHONE: _("phones on which four or more pupils came"),
    Oddity.ALIKE_MAPS: _("pupils of different homes with exactly the same minutes"),
    Oddity.MINUTES_AFTERWARDS: _("person-minutes that came in after the lecture's end"),
}
ANSWER_WORDS: dict[Answer, str | Promise] = {
    Answer.RIGHT: _("It is right"),
    Answer.CORRECTED: _("We have corrected it"),
    Answer.UNCLEAR: _("We could not find out"),
}
REASON_WORDS: dict[Reason, str | Promise] = {
    Reason.SHARED_PHONE: _("Several families on one phone"),
    Reason.WRONG_CLASS: _("Entered in the wrong class"),
    Reason.NO_NETWORK: _("Watched, but the network kept it back"),
    Reason.COUNTED_TWICE: _("Counted twice"),
    Reason.OTHER: _("Another reason"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row of the table: a class, or a unit that confirms.

    Numbers expected are those of pupils; where there are none, as among teachers, of all.
    """

    unit_id: int
    public_id: str
    title: str
    pupils: int
    pupils_expected: int | None
    arrived: int
    expected: int | None
    completed: int
    corrected: bool
    confirmed_at: datetime | None = None
    late: bool = False
    houses: int = 0
    late_below: int = 0
    silent: int = 0
    may_correct: bool = False


def figures_of(day: DayRow, unit: UnitRow, rows: Iterable[SumRow], status: Status) -> list[Figure]:
    """Return the figures above the table: persons arrived and to the end, pupils, households."""
    found = list(rows)

    def figure(value: int, counts: str, basis: Basis = Basis.PERSONS) -> Figure:
        return Figure(
            value=value, basis=basis, counts=counts, unit_id=unit.public_id, status=status,
            period=Period(first=day.held_on, last=day.held_on),
        )  # fmt: skip

    people = [row for row in found if row.kind in PERSON_KINDS]
    return [
        figure(sum(row.arrived for row in people), "arrived"),
        figure(sum(row.completed for row in people), "completed"),
        figure(sum(row.arrived for row in people if row.kind == PersonKind.PUPIL), "pupils"),
        figure(
            sum(row.arrived for row in found if row.kind == HOUSEHOLDS),
            "households",
            Basis.HOUSEHOLDS,
        ),
    ]


def class_lines(
    units: Sequence[UnitRow], rows: Iterable[SumRow], *, corrects: int | None
) -> list[Line]:
    """Return the counting units of a subtree, ``units``, with their numbers.

    ``corrects`` is the unit for which the reader sets numbers right: those that answer to it.
    """
    by_id = {unit.id: unit for unit in units}
    by_unit = _by_group(rows)
    return [
        _line(
            unit.id, unit.public_id, _title(unit, by_id), by_unit.get(unit.id, []),
            may_correct=corrects is not None and corrects in (unit.id, _house(unit, by_id)),
        )
        for unit in units
        if unit.kind in COUNTING_KINDS
    ]  # fmt: skip


def _house(unit: UnitRow, by_id: dict[int, UnitRow]) -> int | None:
    """Return the nearest unit above that confirms: a school's classes do not answer to a township."""
    above = by_id.get(unit.superior_id or 0)
    while above is not None and above.kind not in CONFIRMING:
        above = by_id.get(above.superior_id or 0)
    return above.id if above else None


def house_lines(
    houses: Sequence[HouseRow], rows: Iterable[SumRow], *, depth: int, day: DayRow
) -> list[Line]:
    """Return the units one level down that confirm, each with how many of its houses are silent.

    ``depth`` is how many keys the path of the unit itself has.
    """
    by_unit = _by_group(rows)
    lines = []
    for house in houses:
        if house.path.count(".") != depth:
            continue
        own = [
            each
            for each in houses
            if each.is_house and (each is house or each.path.startswith(f"{house.path}."))
        ]
        lines.append(
            _line(
                house.id, house.public_id, house.title, by_unit.get(house.id, []),
                confirmed_at=house.confirmed_at,
                late=_is_late(house, day),
                houses=len(own),
                late_below=sum(_is_late(each, day) for each in own if each is not house),
                silent=sum(each.confirmed_at is None for each in own),
            )
        )  # fmt: skip
    return lines


def silent_of(houses: Iterable[HouseRow]) -> list[HouseRow]:
    """Return the houses that have not confirmed."""
    return [each for each in houses if each.is_house and each.confirmed_at is None]


def _is_late(house: HouseRow, day: DayRow) -> bool:
    return house.confirmed_at is not None and house.confirmed_at > due_at(house.kind, day.ends_at)


def _by_group(rows: Iterable[SumRow]) -> dict[int, list[SumRow]]:
    found: dict[int, list[SumRow]] = defaultdict(list)
    for row in rows:
        if row.group is not None:
            found[row.group].append(row)
    return found


def _line(unit_id: int, public_id: str, title: str, rows: Sequence[SumRow], **more: object) -> Line:
    people = [row for row in rows if row.kind in PERSON_KINDS]
    pupils = [row for row in people if row.kind == PersonKind.PUPIL]
    return Line(
        unit_id=unit_id,
        public_id=public_id,
        title=title,
        pupils=sum(row.arrived for row in pupils),
        pupils_expected=_expected(pupils),
        arrived=sum(row.arrived for row in people),
        expected=None if _expected(pupils) else _expected(people),
        completed=sum(row.completed for row in people),
        corrected=any(row.arrived != row.counted for row in people),
        **more,  # type: ignore[arg-type]
    )


def _expected(rows: Iterable[SumRow]) -> int | None:
    found = [row.expected for row in rows if row.expected is not None]
    return sum(found) if found else None


def _title(unit: UnitRow, by_id: dict[int, UnitRow]) -> str:
    """Return the class with its grade, for a table that lists several grades."""
    above = by_id.get(unit.superior_id or 0)
    is_grade = above is not None and above.kind is UnitKind.GRADE
    return joined_name(above.title, unit.title) if above and is_grade else unit.title
