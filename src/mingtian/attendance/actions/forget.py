"""Remove what is kept about persons; what they counted stays, as counts of nobody.

A tally is always its rows and ``attendance_forgotten`` (``queries.differences``), whatever is
removed and whenever (docs/decisions/0010).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from mingtian.attendance.ingest.schedule import SEAT_GRACE, seats_expire
from mingtian.attendance.models import Appeal
from mingtian.campaigns.queries import list_lectures
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.core import audit
from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.core.statements import named
from mingtian.people.actions.leaving import drop_departures, stop_counting
from mingtian.people.queries.members import list_counted

Values = Mapping[str, int | list[int] | date]

STATEMENTS = named(Path(__file__).with_name("forget.sql"))


@dataclass(frozen=True, kw_only=True, slots=True)
class TermOver:
    """What :func:`forget_campaign_seats` removed, and the homes that have no phone anywhere now."""

    records: int
    seats: int
    notes: int
    appeals: int
    homes: tuple[int, ...]


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


def forget_campaign_seats(campaign_id: int, *, now: datetime, actor: str) -> TermOver:
    """End the term of a campaign: maps, phones, notes and appeals become counts of nobody.

    Refused while seats are still valid (``term_not_over``). The caller lets
    people.actions.leaving.dissolve_homes have ``homes``, in one transaction with this.
    """
    campaign = campaigns_by_id([campaign_id])[campaign_id]
    if now < datetime.fromtimestamp(seats_expire(campaign.last_on), UTC):
        raise RuleBroken("term_not_over")
    records = notes = appeals = 0
    with transaction.atomic():
        for lecture in list_lectures(campaign_id):
            records += _number("lecture_records", {"lecture": lecture.id})
            notes += _number("lecture_notes", {"lecture": lecture.id})
            appeals += Appeal.objects.filter(lecture_id=lecture.id).delete()[0]
        values = {"campaign": campaign_id}
        homes = tuple(_keys("campaign_homes", values))
        seats = _number("campaign_seats", values)
        audit.record(
            actor=actor,
            action="attendance.term_over",
            subject=f"campaign:{campaign.public_id}",
            now=now,
            records=records,
            seats=seats,
            notes=notes,
            appeals=appeals,
        )
    return TermOver(records=records, seats=seats, notes=notes, appeals=appeals, homes=homes)


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
    day = now.astimezone(SHANGHAI).date() - SEAT_GRACE - timedelta(days=1)
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
