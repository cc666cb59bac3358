"""Remove what is kept about persons; what they counted stays, as counts of nobody.

A tally is always its rows and ``attendance_forgotten`` (``queries.differences``), whatever is
removed and whenever (docs/decisions/0010).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from mingtian.attendance.ingest.schedule import SEAT_GRACE, seats_expire
from mingtian.attendance.models import Appeal
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.keeping import Term
from mingtian.core.statements import named
from mingtian.people.actions.leaving import drop_departures, stop_counting
from mingtian.people.queries.members import list_counted

Values = Mapping[str, int | list[int] | date]

STATEMENTS = named(Path(__file__).with_name("forget.sql"))


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Remove all maps, phones, notes and appeals of these persons; return how many rows went.

    They are not counted any more from here on. Phones that speak for others too stay with
    those. Totals stay what they were.
    """
    persons = sorted(set(person_ids))
    if not persons:
        return 0
    with transaction.atomic():
        homes = _stop_counting(persons, now)
        values = {"persons": persons, "homes": homes, "lectures": _keys("lectures", {})}
        removed = _number("records", values)
        _run("leave_seats", values)
        removed += _number("seats", values)
        removed += _number("notes_of", values)
        removed += Appeal.objects.filter(person_id__in=persons).delete()[0]
        audit.record(
            actor=actor,
            action="attendance.forgotten",
            subject=actor if actor.startswith("household:") else "persons:several",
            now=now,
            persons=len(persons),
            rows=removed,
        )
    return removed


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """End the term of a campaign: maps, phones, notes and questions become counts of nobody.

    Who was exempt becomes a count too, before the decisions go. Refused while seats are still
    valid (``term_not_over``).
    """
    if now < datetime.fromtimestamp(seats_expire(term.last_on), UTC):
        raise RuleBroken("term_not_over")
    counts = dict.fromkeys(("phones", "records", "notes", "questions"), 0)
    with transaction.atomic():
        for lecture in term.lectures:
            _run("freeze_exempt", {"lecture": lecture})
            counts["records"] += _number("lecture_records", {"lecture": lecture})
            counts["notes"] += _number("lecture_notes", {"lecture": lecture})
            counts["questions"] += Appeal.objects.filter(lecture_id=lecture).delete()[0]
        counts["phones"] = _number("campaign_seats", {"campaign": term.campaign})
        audit.record(
            actor=actor,
            action="attendance.term_over",
            subject=f"campaign:{term.public_id}",
            now=now,
            **counts,
        )
    return counts


def sweep_leftovers(*, now: datetime, actor: str) -> int:
    """Fold what is left of persons, phones and homes that are nowhere any more; usually nothing.

    Leaving waits for every batch that does not know of it, so leftovers come from elsewhere: a
    roster row deleted by hand, a restored backup.
    """
    with transaction.atomic():
        removed = _number("leftover_records", {}) + _number("leftover_seats", {})
        if removed:
            audit.record(
                actor=actor,
                action="attendance.swept",
                subject="system:sweep",
                now=now,
                rows=removed,
            )
    return removed


def drop_marks(*, now: datetime) -> int:
    """Drop the marks of erased persons whose seats have all run out; return how many."""
    day = day_of(now) - SEAT_GRACE - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS["oldest_seats"], {"day": day})
        (oldest,) = cursor.fetchone()
    return drop_departures(before=oldest or now)


def _stop_counting(persons: Sequence[int], now: datetime) -> list[int]:
    """Stop counting the persons and return their homes."""
    homes: dict[int, list[int]] = {}
    for person in list_counted(persons):
        homes.setdefault(person.household_id or 0, []).append(person.id)
    for home, people in sorted(homes.items()):
        stop_counting(home, people, now=now)
    return sorted(homes)


def _number(name: str, values: Values) -> int:
    (number,) = _keys(name, values)
    return number


def _keys(name: str, values: Values) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_whole(name), values)
        return [key for (key,) in cursor.fetchall()]


def _run(name: str, values: Values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_whole(name), values)


def _whole(name: str) -> str:
    statement = STATEMENTS[name]
    for fold in ("fold_records", "fold_seats", "fold_notes"):
        statement = statement.replace(f"{{{fold}}}", STATEMENTS[fold])
    return statement
