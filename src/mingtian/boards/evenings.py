"""Which lectures a unit has boards for, and which of them to open first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from mingtian.boards.rules import Evening
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """A lecture with its campaign. ``id`` is the number in addresses."""

    id: int
    campaign_id: int
    scope_id: int
    campaign_name: str
    campaign_name_en: str
    number: int
    held_on: date
    title: str
    title_en: str
    needed_slots: int
    times: Evening

    @property
    def shown_title(self) -> str:
        return shown_name(self.title, self.title_en)

    @property
    def shown_campaign(self) -> str:
        return shown_name(self.campaign_name, self.campaign_name_en)


def find_evening(lecture_id: int) -> EveningRow | None:
    """Return the lecture of an opened campaign, or None."""
    rows = _evenings(f"{_COLUMNS} WHERE l.id = %(lecture)s", {"lecture": lecture_id})
    return rows[0] if rows else None


def list_evenings(unit_id: int, day: date) -> list[EveningRow]:
    """Return the lectures of campaigns that a unit takes part in, or that run below it.

    In the order in which they are held. The tree is read as it stands on ``day``.
    """
    return _evenings(_OF_UNIT, {"unit": unit_id, "day": day})


def evening_to_open(evenings: Sequence[EveningRow], now: datetime) -> EveningRow | None:
    """Return the lecture whose doors opened last; before the first, the one that comes first."""
    begun = [each for each in evenings if each.times.doors_at <= now]
    if begun:
        return max(begun, key=lambda each: each.times.doors_at)
    return min(evenings, key=lambda each: each.times.doors_at, default=None)


def _evenings(statement: str, values: dict[str, Any]) -> list[EveningRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [
            EveningRow(
                id=row[0],
                campaign_id=row[1],
                scope_id=row[2],
                campaign_name=row[3],
                campaign_name_en=row[4],
                number=row[5],
                held_on=row[6],
                title=row[7],
                title_en=row[8],
                needed_slots=row[9],
                times=Evening(
                    doors_at=row[10], starts_at=row[11], ends_at=row[12], closes_at=row[13]
                ),
            )
            for row in cursor.fetchall()
        ]


_COLUMNS = """
    SELECT l.id, l.campaign_id, c.scope_id, c.name, c.name_en, l.number, l.held_on, l.title, l.title_en,
           c.needed_slots, l.doors_at, l.starts_at, l.ends_at, l.closes_at
    FROM campaigns_lecture AS l
    JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
"""
_OF_UNIT = f"""
    {_COLUMNS}
    JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
     AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
    WHERE EXISTS (
        SELECT FROM org_placement AS own
        WHERE own.unit_id = %(unit)s
          AND org_holds(own.starts_on, own.ends_on, %(day)s)
          AND (own.path <@ scope.path OR scope.path <@ own.path))
    ORDER BY l.starts_at, l.id
"""
