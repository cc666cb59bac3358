"""What a board knows before counting: names, the tree of the day, frozen denominators, times.

These move seldom, so an outline is kept for half a minute; the counting itself never is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.http import Http404

from mingtian.boards.evenings import EveningRow, find_evening
from mingtian.boards.kept import Kept
from mingtian.org.queries import UnitRow, list_children, path_on, unit_rows
from mingtian.org.rules import Line

KEPT_FOR = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Below:
    """A unit one level down, and how many persons of each kind it was expected to bring."""

    unit: UnitRow
    expected: Mapping[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One unit at one lecture, on the tree of the lecture's day.

    ``path`` is the unit's ltree path on ``line``. ``expected`` are the frozen denominators
    by person kind; a kind without one is absent.
    """

    lecture: EveningRow
    unit: UnitRow
    line: Line
    path: str
    expected: Mapping[int, int]
    below: tuple[Below, ...]


_kept: Kept[tuple[int, int, str], Outline] = Kept(KEPT_FOR)


def outline_of(lecture_id: int, unit_id: int, line: str, now: datetime) -> Outline:
    """Return the outline, read again when it is older than half a minute.

    Raises Http404 when there is no such lecture, or the unit does not stand on the line on
    the lecture's day.
    """
    key = (lecture_id, unit_id, line)
    return _kept.value(key, now, lambda: read_outline(lecture_id, unit_id, line))


def forget() -> None:
    """Drop what is kept; the next board reads it again."""
    _kept.forget()


def read_outline(lecture_id: int, unit_id: int, line: str) -> Outline:
    """Read the outline from the database."""
    lecture = find_evening(lecture_id)
    if lecture is None:
        raise Http404
    day = lecture.held_on
    path = ".".join(str(each) for each in path_on(unit_id, day, Line(line)))
    unit = unit_rows([unit_id], day).get(unit_id)
    if unit is None or not path:
        raise Http404
    expected = _expected_below(lecture, path, line)
    children = list_children(unit_id, day, Line(line))
    return Outline(
        lecture=lecture,
        unit=unit,
        line=Line(line),
        path=path,
        expected=_added(expected.values()),
        below=tuple(Below(unit=each, expected=expected.get(each.id, {})) for each in children),
    )


def _expected_below(lecture: EveningRow, path: str, line: str) -> dict[int | None, dict[int, int]]:
    """Return the frozen denominators by the unit one level down (None: the unit itself) and kind."""
    values: dict[str, Any] = {
        "campaign": lecture.campaign_id,
        "path": path,
        "line": line,
        "day": lecture.held_on,
    }
    found: dict[int | None, dict[int, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_EXPECTED, values)
        for child, kind, persons in cursor.fetchall():
            found.setdefault(child, {})[kind] = persons
    return found


def _added(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    total: Counter[int] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


# Materialized, and the path a value: see sums_below in mingtian/attendance/queries/counting.sql.
_EXPECTED = """
    WITH leaf AS MATERIALIZED (
        SELECT unit_id, child FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
    )
    SELECT leaf.child, d.kind, sum(d.persons)::bigint
    FROM leaf
    JOIN campaigns_denominator AS d ON d.unit_id = leaf.unit_id AND d.campaign_id = %(campaign)s
    GROUP BY leaf.child, d.kind
"""
