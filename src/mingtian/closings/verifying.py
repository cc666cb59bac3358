"""Recounts what is frozen, for ``mingtian audit verify``."""

from collections.abc import Iterator

from django.db import connection

from mingtian.closings.days import DayRow, find_day
from mingtian.closings.models import Closing
from mingtian.closings.queries.files import digest_of, file_of
from mingtian.closings.statements import STATEMENTS

SUBJECT = "frozen days"


def verify() -> Iterator[str]:
    """Yield a sentence for everything that is not as it was frozen; nothing when all is well.

    Looks at each day's digest, at the chain from day to day, and at whether tallies and
    corrections still say what the lines say.
    """
    previous: dict[int, str] = {}
    for closing in Closing.objects.order_by("campaign_id", "number"):
        day = find_day(closing.lecture_id)
        assert day is not None, "a lecture that has a closing stays"
        name = f"{day.campaign} day {closing.number} ({day.held_on})"
        if closing.previous != previous.get(closing.campaign_id, ""):
            yield f"{name}: does not follow the day before it."
        if f"previous {closing.previous or '-'}\n" not in f"{closing.head}\n":
            yield f"{name}: its file names another day before it."
        if digest_of(file_of(closing.lecture_id, closing.head)) != closing.digest:
            yield f"{name}: its lines are not those that were frozen."
        yield from (f"{name}: {found}" for found in _drifted(day))
        previous[closing.campaign_id] = closing.digest


def _drifted(day: DayRow) -> Iterator[str]:
    statement = _DRIFTED.replace("{corrected}", STATEMENTS["corrected"])
    with connection.cursor() as cursor:
        cursor.execute(statement, {"lecture": day.lecture_id})
        for unit, kind, frozen, now in cursor.fetchall():
            yield f"unit {unit} kind {kind}: frozen {frozen}, counted now {now}."


_DRIFTED = """
    SELECT u.public_id, coalesce(l.kind, c.kind),
           coalesce(l.arrived, 0) || '/' || coalesce(l.completed, 0),
           coalesce(c.arrived, 0) || '/' || coalesce(c.completed, 0)
    FROM (SELECT * FROM closings_line WHERE lecture = %(lecture)s AND kind <= 101) AS l
    FULL JOIN ({corrected}) AS c ON c.unit = l.unit AND c.kind = l.kind
    JOIN org_unit AS u ON u.id = coalesce(l.unit, c.unit)
    WHERE (coalesce(l.arrived, 0), coalesce(l.completed, 0))
       <> (coalesce(c.arrived, 0), coalesce(c.completed, 0))
    ORDER BY u.public_id, 2
"""
