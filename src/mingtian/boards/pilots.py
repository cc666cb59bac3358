"""Pilot communities beside all others at one lecture: separate figures and comparison (PIL-1).

Pilots were chosen and not drawn by lot, so a difference is no proof of an effect; the page says so.
Families are under a pseudonym: of them only a sum is told, and none where they are so few that
the sum would speak of one home.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from mingtian.boards.outlines import Outline
from mingtian.boards.settled import settled_at
from mingtian.closings.queries import SumRow, list_settled
from mingtian.core.figures import Status
from mingtian.org.rules import Line, UnitKind
from mingtian.people.rules import PersonKind
from mingtian.readiness.queries import compared, pilot_homes, pilot_units

ABOVE_COMMUNITIES = frozenset(
    {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY, UnitKind.TOWNSHIP}
)
"""Units below which there are communities."""

FEWEST_FAMILIES = 5
"""Of fewer pilot families together no figure is shown."""

_PERSONS = frozenset(kind.value for kind in PersonKind)


@dataclass(frozen=True, kw_only=True, slots=True)
class SideRow:
    """Communities of one side together: how many, and the persons counted there."""

    communities: int
    arrived: int
    completed: int

    @property
    def mean(self) -> float | None:
        """Persons arrived for each community, to a tenth; None without any."""
        return round(self.arrived / self.communities, 1) if self.communities else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pilots:
    """Both sides. ``came`` of ``families`` linked pilot families were there, None for too few."""

    pilots: SideRow
    others: SideRow
    families: int
    came: int | None
    status: Status

    @property
    def too_few(self) -> bool:
        return self.came is None and self.families > 0


def has_pilots(outline: Outline) -> bool:
    """Say whether the unit has a page of pilots: communities below, and pilots in the campaign."""
    may = outline.unit.kind in ABOVE_COMMUNITIES and outline.line is Line.LEADS
    return may and bool(pilot_units(outline.lecture.campaign_id))


def pilots_at(outline: Outline, now: datetime) -> Pilots:
    """Return both sides below a unit at a lecture, the same figures as the day's own page.

    At most seven statements, however many communities.
    """
    lecture = outline.lecture
    sides = compared(lecture.campaign_id, outline.unit.id, lecture.held_on, outline.line)
    counted = _by_leaf(outline) if sides.pilots else []
    homes = pilot_homes(lecture.campaign_id) if sides.pilots else {}
    families = [home for unit in sides.pilots for home in homes.get(unit, ())]
    ended = lecture.times.at(now).ended
    return Pilots(
        pilots=_side(sides.pilots, counted),
        others=_side(sides.others, counted),
        families=len(families),
        came=_came(lecture.id, families) if len(families) >= FEWEST_FAMILIES else None,
        status=_status(outline, now) if ended else Status.LIVE,
    )


def _by_leaf(outline: Outline) -> list[SumRow]:
    return list_settled(
        lecture_id=outline.lecture.id, held_on=outline.lecture.held_on, path=outline.path,
        line=outline.line, leaves=True,
    )  # fmt: skip


def _status(outline: Outline, now: datetime) -> Status:
    return settled_at(
        lecture_id=outline.lecture.id, held_on=outline.lecture.held_on, path=outline.path,
        line=outline.line, now=now,
    ).status  # fmt: skip


def _side(units: Collection[int], counted: Iterable[SumRow]) -> SideRow:
    own = [row for row in counted if row.group in units and row.kind in _PERSONS]
    return SideRow(
        communities=len(units),
        arrived=sum(row.arrived for row in own),
        completed=sum(row.completed for row in own),
    )


def _came(lecture_id: int, homes: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM attendance_home WHERE lecture = %s AND household = ANY (%s)",
            [lecture_id, homes],
        )
        return int(cursor.fetchone()[0])
