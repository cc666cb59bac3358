"""Check every row of a roster and compare it with what is there. Reads only.

The plan says of each accepted row whether it is new, changed, unchanged or back again, of
each refused row why, and who of the named classes is absent from the file.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mingtian.core.seal import fold_number
from mingtian.org.queries import UnitRow
from mingtian.people.models import Person
from mingtian.people.rosters.headings import Column, Sheet
from mingtian.people.rosters.matching import Found, Missing, Named, UnitBook, Unknown
from mingtian.people.rosters.reading import Row
from mingtian.people.rules import ROSTER_KINDS, PersonKind, name_fault, number_fault
from mingtian.people.sealing import sealer

Progress = Callable[[int], None]
PROGRESS_STEP = 2000

KIND_WORDS = {
    "学生": PersonKind.PUPIL,
    "pupil": PersonKind.PUPIL,
    "student": PersonKind.PUPIL,
    "教师": PersonKind.TEACHER,
    "老师": PersonKind.TEACHER,
    "教职工": PersonKind.TEACHER,
    "teacher": PersonKind.TEACHER,
    "五老": PersonKind.FIVE_OLD,
    "五老人员": PersonKind.FIVE_OLD,
    "five-old": PersonKind.FIVE_OLD,
    "five old": PersonKind.FIVE_OLD,
    "fiveold": PersonKind.FIVE_OLD,
}


class Change(StrEnum):
    """What an accepted row does."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: the row people see, a code with a sentence, facts it repeats."""

    row: int
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


class Entry(NamedTuple):
    """An accepted row. ``unit`` is a unit's key or a class to be founded."""

    row: int
    unit: int | Missing
    kind: PersonKind
    number: str
    name: str


class Known(NamedTuple):
    """A person already on the roster of a unit."""

    id: int
    public_id: str
    kind: int
    name_index: bytes
    left: bool


class Update(NamedTuple):
    """A person whose name or kind the file changes, or who is back."""

    known: Known
    entry: Entry


@dataclass(slots=True)
class Plan:
    """What an import would do."""

    sheet: Sheet
    rows: int = 0
    new: list[Entry] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    absent: list[int] = field(default_factory=list)
    absent_by_unit: dict[int, int] = field(default_factory=dict)
    missing: dict[Missing, int] = field(default_factory=dict)
    units: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[Change, int] = field(default_factory=lambda: dict.fromkeys(Change, 0))

    @property
    def rejected_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    def cells(self, row: int) -> Row:
        """Return the cells of a row by the number people see."""
        return self.sheet.rows[row - self.sheet.first]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the person who imports has chosen."""

    create_missing: bool = False
    mark_absent: bool = False


def make_plan(
    sheet: Sheet,
    *,
    under: UnitRow,
    day: date,
    options: Options,
    progress: Progress | None = None,
) -> Plan:
    """Check all rows and compare them with the rosters as they are."""
    plan = Plan(sheet=sheet)
    book = UnitBook(under, day)
    checker = _Checker(plan, book, options)
    for start in range(0, len(sheet.rows), PROGRESS_STEP):
        part = sheet.rows[start : start + PROGRESS_STEP]
        for number, cells in enumerate(part, start=sheet.first + start):
            if any(cells):
                checker.take(number, cells)
        if progress is not None:
            progress(len(part))
    _compare(plan, checker, day)
    return plan


class _Checker:
    """Checks one row after the other; what passes waits in ``entries`` by unit and number."""

    def __init__(self, plan: Plan, book: UnitBook, options: Options) -> None:
        self._plan, self._book, self._options = plan, book, options
        self._where = {column: plan.sheet.columns.get(column) for column in Column}
        self.entries: dict[tuple[int | Missing, str], Entry] = {}
        self.doubtful: dict[int | Missing, int] = defaultdict(int)
        self.astray = False
        """Whether a row names a unit that was not found, so that its person seems absent elsewhere."""
        self._contested: dict[tuple[int | Missing, str], int] = {}

    def take(self, row: int, cells: Row) -> None:
        self._plan.rows += 1
        number, name = self._cell(cells, Column.NUMBER), self._cell(cells, Column.NAME)
        kind, kind_fault = self._kind(self._cell(cells, Column.KIND))
        problems = [
            Problem(row, fault.value)
            for fault in (number_fault(number), name_fault(name))
            if fault is not None
        ]
        if kind_fault is not None:
            problems.append(Problem(row, "kind_unknown", {"kind": kind_fault}))
        named = Named(
            self._cell(cells, Column.SCHOOL),
            self._cell(cells, Column.GRADE),
            self._cell(cells, Column.CLASS),
            kind,
        )
        unit = self._unit(named)
        if isinstance(unit, Unknown):
            problems.append(Problem(row, unit.code, dict(unit.facts)))
            self.astray = True
        elif problems:
            self.doubtful[unit] += 1
        if problems or isinstance(unit, Unknown):
            self._plan.problems += problems
            return
        self._enter(Entry(row, unit, kind or self._kind_of(unit), number, name))

    def _cell(self, cells: Row, column: Column) -> str:
        index = self._where[column]
        return cells[index] if index is not None and index < len(cells) else ""

    def _kind(self, word: str) -> tuple[PersonKind | None, str | None]:
        if not word:
            return None, None
        kind = KIND_WORDS.get(word.casefold())
        return kind, (word if kind is None else None)

    def _unit(self, named: Named) -> Found:
        found = self._book.find(named)
        if isinstance(found, Missing) and not self._options.create_missing:
            return Unknown("class_unknown", {"class_name": named.class_as_written})
        return found

    def _kind_of(self, unit: int | Missing) -> PersonKind:
        return PersonKind.PUPIL if isinstance(unit, Missing) else self._book.kind_at(unit)

    def _enter(self, entry: Entry) -> None:
        """Keep the entry unless its number is taken. Of two different names neither is taken over."""
        key = (entry.unit, fold_number(entry.number))
        first = self.entries.get(key)
        if first is None and key not in self._contested:
            self.entries[key] = entry
            return
        self.doubtful[entry.unit] += 1
        if first is not None and first.name == entry.name:
            self._plan.problems.append(Problem(entry.row, "row_twice", {"other": first.row}))
            return
        if first is not None:
            del self.entries[key]
            self._contested[key] = first.row
            self._plan.problems.append(Problem(first.row, "number_contested", {"other": entry.row}))
        other = self._contested[key]
        self._plan.problems.append(Problem(entry.row, "number_contested", {"other": other}))


def _compare(plan: Plan, checker: _Checker, day: date) -> None:
    plan.units = {unit for unit, _number in checker.entries if isinstance(unit, int)}
    named = plan.units | {unit for unit in checker.doubtful if isinstance(unit, int)}
    known = _known(named, day)
    for (unit, _number), entry in checker.entries.items():
        if isinstance(unit, Missing):
            plan.missing[unit] = plan.missing.get(unit, 0) + 1
            change = Change.NEW
        else:
            change = _settle(plan, entry, unit, known[unit])
        if change is Change.NEW:
            plan.new.append(entry)
        plan.counts[change] += 1
    plan.problems.sort(key=lambda problem: problem.row)
    for unit in sorted(plan.units):
        absent = [person.id for person in known[unit].values() if not person.left]
        if not absent:
            continue
        plan.absent_by_unit[unit] = len(absent)
        # A refused row may be one of those who seem absent, so then nobody is marked.
        if unit not in checker.doubtful and not checker.astray:
            plan.absent += absent


def _settle(plan: Plan, entry: Entry, unit: int, known: dict[bytes, Known]) -> Change:
    """Say what the entry does, and take the person out of those known; the rest is absent."""
    person = known.pop(sealer().index("number", entry.number, unit), None)
    if person is None:
        return Change.NEW
    same_name = person.name_index == sealer().index("name", entry.name, unit)
    if person.left and not same_name:
        # Somebody else has the number of one who left; the earlier person stays as it was.
        return Change.NEW
    if person.left:
        plan.updates.append(Update(person, entry))
        return Change.BACK
    if same_name and person.kind == entry.kind:
        return Change.UNCHANGED
    plan.updates.append(Update(person, entry))
    return Change.CHANGED


def _known(units: set[int], day: date) -> dict[int, dict[bytes, Known]]:
    """Return who is on the rosters of these units, by number; those present hide those who left."""
    known: dict[int, dict[bytes, Known]] = {unit: {} for unit in units}
    people = (
        Person.objects.filter(unit__in=units, number_index__isnull=False, kind__in=ROSTER_KINDS)
        # PostgreSQL puts NULL last, so whoever has not left overwrites who did.
        .order_by("left_on", "pk")
        .values_list("unit_id", "number_index", "pk", "public_id", "kind", "name_index", "left_on")
    )
    for unit, number_index, pk, public_id, kind, name_index, left_on in people.iterator(5000):
        left = left_on is not None and left_on <= day
        person = Known(pk, public_id, kind, bytes(name_index or b""), left)
        known[unit][bytes(number_index or b"")] = person
    return known
