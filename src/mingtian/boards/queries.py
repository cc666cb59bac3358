"""Builds a board: every number of one unit at one lecture, as frozen rows.

A board is summed from the tallies of the counting units below (docs/mechanisms/counting.md).
What moves seldom (names, the tree of the day, frozen denominators) is kept for half a minute.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

import msgspec

from mingtian.attendance.queries import (
    DEVICES,
    HOUSEHOLDS,
    SumRow,
    list_sums_below,
    slot_counts,
)
from mingtian.boards import beside, settled
from mingtian.boards.beside import Beside
from mingtian.boards.outlines import Below, Outline, outline_of
from mingtian.boards.reminding import Reminding as Reminding
from mingtian.boards.reminding import reminding_of as reminding_of
from mingtian.boards.rules import (
    Coverage,
    Moment,
    coverage,
    may_compare,
    peak,
    places,
    rate_measure,
)
from mingtian.core.clock import SHANGHAI
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.org.rules import UnitKind
from mingtian.people.rules import PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRow:
    """One kind of person. ``expected`` is None where no denominator was frozen.

    ``exempt`` of them need not come and did not.
    """

    kind: int
    present: int
    arrived: int
    completed: int
    expected: int | None
    exempt: int = 0

    @property
    def coverage(self) -> Coverage | None:
        return _covered(self.arrived, self.expected, self.exempt)


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardUnitRow:
    """One unit below. Persons of all kinds; ``counted`` of ``expected`` less ``exempt`` is its
    coverage. ``by_hand`` persons, ``class_viewings`` classes with ``class_heads`` in the room and
    ``helped`` households stand beside and are in none of the other numbers.

    Places are None where the campaign, or the kind of unit, is not compared, and where a rate
    cannot be.
    """

    unit: str
    kind: UnitKind
    present: int
    arrived: int
    completed: int
    households: int
    devices: int
    counted: int
    expected: int | None
    exempt: int
    by_hand: int
    class_viewings: int
    class_heads: int
    helped: int
    small: bool
    place_by_number: int | None
    place_by_rate: int | None

    @property
    def coverage(self) -> Coverage | None:
        return _covered(self.counted, self.expected, self.exempt)


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """All numbers of a unit at a lecture. ``curve`` counts persons in each of sixty slots.

    ``figures`` are published numbers with unit, basis, period and status (STA-5); those
    of ``kinds``, ``units`` and ``curve`` are persons of the same day and status.
    """

    lecture: int
    unit: str
    phase: str
    slot: int
    seen: int | None
    status: Status
    figures: tuple[Figure, ...]
    counted: int
    expected: int | None
    exempt: int
    kinds: tuple[KindRow, ...]
    curve: tuple[int, ...]
    units: tuple[BoardUnitRow, ...]

    def figure(self, counts: str) -> Figure:
        """Return the figure that counts this."""
        return next(figure for figure in self.figures if figure.counts == counts)

    @property
    def coverage(self) -> Coverage | None:
        return _covered(self.counted, self.expected, self.exempt)


def _covered(arrived: int, expected: int | None, exempt: int) -> Coverage | None:
    if expected is None or expected <= exempt:
        return None
    return Coverage(arrived=arrived, expected=expected, exempt=exempt)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """What was counted somewhere, by person kind, with devices and households beside it."""

    by_kind: Mapping[int, SumRow]
    devices: int
    households: int

    def present(self, moment: Moment, kind: int) -> int:
        """Return how many of a kind watched in the slot seen (or have come, before)."""
        if (row := self.by_kind.get(kind)) is None:
            return 0
        return row.arrived if moment.seen is None else row.in_slot(moment.seen)

    def total(self, column: str) -> int:
        return sum(getattr(row, column) for row in self.by_kind.values())

    @property
    def arrived(self) -> dict[int, int]:
        return {kind: row.arrived for kind, row in self.by_kind.items()}

    def present_in_all(self, moment: Moment) -> int:
        return sum(self.present(moment, kind) for kind in self.by_kind)


def build_frame(lecture_id: int, unit_id: int, line: str, now: datetime) -> Board:
    """Return the board of a unit at a lecture, read now. One statement when outline and
    figures beside are kept. After the end the figures are those of the day (``settled``).

    Raises Http404 when the unit does not stand on the line on the lecture's day.
    """
    outline = outline_of(lecture_id, unit_id, line, now)
    rows = list_sums_below(
        lecture_id=lecture_id, path=outline.path, line=line, day=outline.lecture.held_on
    )
    aside = beside.beside_of(outline, now)
    moment = outline.lecture.times.at(now)
    if moment.ended:
        done = settled.settled_at(
            lecture_id=lecture_id, held_on=outline.lecture.held_on, path=outline.path,
            line=outline.line, now=now,
        )  # fmt: skip
        rows, moment = settled.with_settled(rows, done), replace(moment, said=done.status)
    return build_board(outline, rows, moment, aside)


def build_board(
    outline: Outline,
    rows: Iterable[SumRow],
    moment: Moment,
    asides: Mapping[int | None, Beside] = MappingProxyType({}),
) -> Board:
    """Return the board that these sums make. Touches no database."""
    by_unit = _by_unit(rows)
    whole, aside = _joined(by_unit.values()), beside.joined(asides.values())
    curve = tuple(slot_counts(whole.by_kind.values()))
    covered = coverage(whole.arrived, outline.expected, aside.exempt)
    return Board(
        lecture=outline.lecture.id,
        unit=outline.unit.public_id,
        phase=moment.phase,
        slot=moment.slot,
        seen=moment.seen,
        status=moment.status,
        figures=_figures(outline, whole, moment, curve)
        + _figures_beside(outline, aside, moment.status),
        counted=covered.arrived if covered else 0,
        expected=covered.expected if covered else None,
        exempt=covered.exempt if covered else 0,
        kinds=_kind_rows(outline, whole, moment, aside.exempt),
        curve=curve,
        units=_unit_rows(outline, by_unit, asides, moment),
    )


def encode_board(board: Board, now: datetime) -> tuple[bytes, str]:
    """Return the board as JSON with the time of reading, and an etag without it."""
    body = msgspec.json.encode(board)
    etag = blake2b(body, digest_size=9).hexdigest()
    read_at = f"{now.astimezone(SHANGHAI):%H:%M:%S}"
    return b'{"etag":"%b","read_at":"%b","board":%b}' % (
        etag.encode(),
        read_at.encode(),
        body,
    ), etag


def _by_unit(rows: Iterable[SumRow]) -> dict[int | None, Sums]:
    grouped: dict[int | None, dict[int, SumRow]] = {}
    for row in rows:
        grouped.setdefault(row.group, {})[row.kind] = row
    return {group: _sums(kinds) for group, kinds in grouped.items()}


def _sums(kinds: dict[int, SumRow]) -> Sums:
    devices, households = kinds.pop(DEVICES, None), kinds.pop(HOUSEHOLDS, None)
    return Sums(
        by_kind=kinds,
        devices=devices.arrived if devices else 0,
        households=households.arrived if households else 0,
    )


def _joined(parts: Iterable[Sums]) -> Sums:
    parts = list(parts)
    by_kind: dict[int, SumRow] = {}
    for part in parts:
        for kind, row in part.by_kind.items():
            by_kind[kind] = row.plus(by_kind[kind]) if kind in by_kind else row
    return Sums(
        by_kind=by_kind,
        devices=sum(part.devices for part in parts),
        households=sum(part.households for part in parts),
    )


def _figures(
    outline: Outline, whole: Sums, moment: Moment, curve: tuple[int, ...]
) -> tuple[Figure, ...]:
    counted = (
        ("present", Basis.PERSONS, whole.present_in_all(moment)),
        ("arrived", Basis.PERSONS, whole.total("arrived")),
        ("completed", Basis.PERSONS, whole.total("completed")),
        ("households", Basis.HOUSEHOLDS, whole.households),
        ("devices", Basis.DEVICES, whole.devices),
        ("peak", Basis.PERSONS, peak(curve)),
        ("replayed", Basis.PERSONS, whole.total("replayed")),
        ("replay_completed", Basis.PERSONS, whole.total("replay_completed")),
        ("slots", Basis.PERSON_SLOTS, sum(curve)),
    )
    return tuple(
        _figure(outline, counts, basis, value, moment.status) for counts, basis, value in counted
    )


def _figures_beside(outline: Outline, aside: Beside, status: Status) -> tuple[Figure, ...]:
    return tuple(
        _figure(outline, counts, basis, aside.value(counts), status)
        for counts, basis in beside.COUNTED
    )


def _figure(outline: Outline, counts: str, basis: Basis, value: int, status: Status) -> Figure:
    return Figure(
        value=value,
        basis=basis,
        counts=counts,
        unit_id=outline.unit.public_id,
        period=Period(first=outline.lecture.held_on, last=outline.lecture.held_on),
        status=status,
    )


def _kind_rows(outline: Outline, whole: Sums, moment: Moment, exempt: int) -> tuple[KindRow, ...]:
    shown = {*whole.by_kind, *(kind for kind, persons in outline.expected.items() if persons)}
    return tuple(
        KindRow(
            kind=kind,
            present=whole.present(moment, kind),
            arrived=whole.by_kind[kind].arrived if kind in whole.by_kind else 0,
            completed=whole.by_kind[kind].completed if kind in whole.by_kind else 0,
            expected=outline.expected.get(kind) or None,
            exempt=exempt if kind == PersonKind.PUPIL else 0,
        )
        for kind in sorted(shown)
    )


def _unit_rows(
    outline: Outline,
    by_unit: Mapping[int | None, Sums],
    asides: Mapping[int | None, Beside],
    moment: Moment,
) -> tuple[BoardUnitRow, ...]:
    """Return a row for each unit below, with places where the campaign compares its units."""
    nobody = Sums(by_kind={}, devices=0, households=0)
    rows = []
    for child in outline.below:
        sums = by_unit.get(child.unit.id, nobody)
        aside = asides.get(child.unit.id, beside.NOTHING)
        # A sector committee leads no schools, it guides them; on this line it would be empty.
        empty = not sums.by_kind and not child.expected
        if child.unit.kind is UnitKind.SECTOR and empty:
            continue
        rows.append(_unit_row(child, sums, aside, moment))
    return _placed(rows) if outline.lecture.compares_units else tuple(rows)


def _unit_row(child: Below, sums: Sums, aside: Beside, moment: Moment) -> BoardUnitRow:
    covered = coverage(sums.arrived, child.expected, aside.exempt)
    return BoardUnitRow(
        unit=child.unit.public_id,
        kind=child.unit.kind,
        present=sums.present_in_all(moment),
        arrived=sums.total("arrived"),
        completed=sums.total("completed"),
        households=sums.households,
        devices=sums.devices,
        counted=covered.arrived if covered else 0,
        expected=covered.expected if covered else None,
        exempt=aside.exempt,
        by_hand=aside.by_hand,
        class_viewings=aside.class_viewings,
        class_heads=aside.class_heads,
        helped=aside.helped,
        small=covered.small if covered else False,
        place_by_number=None,
        place_by_rate=None,
    )


def _placed(rows: list[BoardUnitRow]) -> tuple[BoardUnitRow, ...]:
    """Give places among units of one kind; a school is not compared with a township (RNK-1)."""
    placed = {row.unit: row for row in rows}
    for kind in {row.kind for row in rows}:
        peers = [row for row in rows if row.kind == kind]
        if not may_compare(kind, len(peers)):
            continue
        by_number = places([row.arrived for row in peers])
        by_rate = places([rate_measure(row.coverage) for row in peers])
        for row, number, rate in zip(peers, by_number, by_rate, strict=True):
            placed[row.unit] = replace(row, place_by_number=number, place_by_rate=rate)
    return tuple(placed[row.unit] for row in rows)
