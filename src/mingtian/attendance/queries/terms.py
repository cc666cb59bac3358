"""Reads for the end of a campaign's term: which homes and units nobody needs, and what goes."""

from datetime import date, timedelta
from pathlib import Path

from django.db import connection

from mingtian.attendance.models import Appeal, ByHand, Record, Seat
from mingtian.core.keeping import Term
from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).with_name("terms.sql"))


def list_term_units(campaign_id: int, *, today: date, keep: timedelta) -> list[int]:
    """Return the classes, groups and communities of a campaign that no other one needs.

    Another one needs what stands below its scope until its own term has been ended.
    """
    return _keys("units", {"campaign": campaign_id, "today": today, "kept_since": today - keep})


def list_term_homes(campaign_id: int, unit_ids: list[int]) -> list[int]:
    """Return the homes of a campaign that no other one needs, those without a phone included."""
    return _keys("homes", {"campaign": campaign_id, "units": unit_ids})


def count_term(term: Term) -> dict[str, int]:
    """Count phones, maps, notes by hand and questions of a campaign."""
    return {
        "phones": Seat.objects.filter(campaign=term.campaign).count(),
        "records": Record.objects.filter(lecture__in=term.lectures).count(),
        "notes": ByHand.objects.filter(lecture__in=term.lectures).count(),
        "questions": Appeal.objects.filter(lecture__in=term.lectures).count(),
    }


def _keys(name: str, values: dict[str, int | date | list[int]]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return [key for (key,) in cursor.fetchall()]
