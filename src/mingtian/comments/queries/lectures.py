"""Which lectures the comments of houses belong to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """A lecture by number and title. ``id`` is the number in addresses."""

    id: int
    campaign_id: int
    number: int
    held_on: date
    title_zh: str
    title_en: str

    @property
    def title(self) -> str:
        return shown_name(self.title_zh, self.title_en)


def list_evenings(lecture_ids: Collection[int]) -> dict[int, EveningRow]:
    """Return lectures by id."""
    return {row.id: row for row in _rows(_BY_ID, list(lecture_ids))}


def list_evenings_of(house_ids: Collection[int]) -> list[EveningRow]:
    """Return the lectures at which people of these houses said something, the latest first."""
    return _rows(_OF_HOUSES, list(house_ids))


def evenings_beside(lecture_id: int, house_id: int) -> list[int]:
    """Return the other lectures of the same campaign at which the house said something."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, {"lecture": lecture_id, "house": house_id})
        return [row[0] for row in cursor.fetchall()]


def houses_without_digest(*, after: datetime, until: datetime) -> list[tuple[int, int]]:
    """Return lecture and house where something was said and no digest is drafted.

    Only of lectures that closed after the one instant and not after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_DIGEST, {"after": after, "until": until})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _rows(statement: str, ids: list[int]) -> list[EveningRow]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": ids})
        return [
            EveningRow(
                id=row[0],
                campaign_id=row[1],
                number=row[2],
                held_on=row[3],
                title_zh=row[4],
                title_en=row[5],
            )
            for row in cursor.fetchall()
        ]


_COLUMNS = "SELECT l.id, l.campaign_id, l.number, l.held_on, l.title, l.title_en"
_BY_ID = f"{_COLUMNS} FROM campaigns_lecture AS l WHERE l.id = ANY(%(ids)s)"
_OF_HOUSES = f"""
    {_COLUMNS} FROM campaigns_lecture AS l
    WHERE EXISTS (SELECT FROM comments_comment AS c
                  WHERE c.lecture = l.id AND c.house = ANY(%(ids)s))
    ORDER BY l.starts_at DESC, l.id
"""
_BESIDE = """
    SELECT o.id FROM campaigns_lecture AS l
    JOIN campaigns_lecture AS o ON o.campaign_id = l.campaign_id AND o.id <> l.id
    WHERE l.id = %(lecture)s
      AND EXISTS (SELECT FROM comments_comment AS c WHERE c.lecture = o.id AND c.house = %(house)s)
    ORDER BY o.id
"""
_WITHOUT_DIGEST = """
    SELECT DISTINCT c.lecture, c.house
    FROM campaigns_lecture AS l
    JOIN comments_comment AS c ON c.lecture = l.id
    WHERE l.closes_at > %(after)s AND l.closes_at <= %(until)s
      AND NOT EXISTS (SELECT FROM comments_digest AS d
                      WHERE d.lecture_id = l.id AND d.house_id = c.house)
    ORDER BY c.lecture, c.house
"""
