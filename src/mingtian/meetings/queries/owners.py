"""Who may be made to see to something: the unit, its colleagues, and the units directly below.

Directly below a school are its classes, whatever grade stands between.
"""

from dataclasses import dataclass
from datetime import date

from mingtian.meetings.rules import HOUSES, OWNERS, OWNING_LINES
from mingtian.org.queries import UnitRow, list_children, list_holders, list_subtree, unit_rows
from mingtian.org.rules import UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerRow:
    """A unit, or a person of staff at the own unit. ``key`` is what a form sends."""

    key: str
    unit_id: int
    title: str
    user_id: int | None = None


def list_owners(unit_id: int, day: date) -> list[OwnerRow]:
    """Return the unit itself, its people by name, and what stands below. Five statements at most."""
    own = unit_rows([unit_id], day).get(unit_id)
    if own is None:
        return []
    people = {post.user_id: post for post in list_holders([unit_id], day, OWNERS)}
    below: dict[int, UnitRow] = {
        row.id: row
        for line in OWNING_LINES
        for row in list_children(unit_id, day, line)
        if row.kind in HOUSES
    }
    if own.kind is UnitKind.SCHOOL:
        below |= {row.id: row for row in list_subtree(unit_id, day, kinds=_IN_SCHOOL)}
    return [
        _of_unit(own),
        *(
            OwnerRow(
                key=f"person:{post.user_id}",
                unit_id=unit_id,
                title=f"{own.title} · {post.name}",
                user_id=post.user_id,
            )
            for post in people.values()
        ),
        *(
            _of_unit(row, below.get(row.superior_id or 0))
            for row in below.values()
            if row.kind is not UnitKind.GRADE
        ),
    ]


_IN_SCHOOL = frozenset({UnitKind.GRADE, UnitKind.CLASS})


def _of_unit(unit: UnitRow, above: UnitRow | None = None) -> OwnerRow:
    title = f"{above.title} · {unit.title}" if above else unit.title
    return OwnerRow(key=f"unit:{unit.public_id}", unit_id=unit.id, title=title)
