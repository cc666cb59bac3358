"""A figure is noted as a report printed it."""

from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.yearbook.access import Sight
from mingtian.yearbook.models import Printed
from mingtian.yearbook.rows import PrintedRow
from mingtian.yearbook.rules import Year


def note_printed(sight: Sight, year: Year, row: PrintedRow, *, now: datetime, by: Actor) -> None:
    """Note what was printed; about the same number again, it is corrected.

    Raises RuleBroken for a number that says nothing, and without the place where it was printed.
    """
    assert by.user_id is not None, "somebody has read the report"
    source = " ".join(row.source.split())
    if row.value <= 0:
        raise RuleBroken("yearbook_printed_nothing")
    if not source:
        raise RuleBroken("yearbook_source_missing")
    with transaction.atomic():
        Printed.objects.update_or_create(
            unit_id=sight.unit.id, year=year.number, place_id=row.place, measure=row.measure.value,
            word=row.word,
            defaults={
                "bound": row.bound.value, "value": row.value, "source": source,
                "noted_by_id": by.user_id, "noted_at": now,
            },
        )  # fmt: skip
        audit.record(
            actor=by.username, action="yearbook.printed_noted",
            subject=f"unit:{sight.unit.public_id}", now=now, year=year.number,
            measure=row.measure.value, word=row.word,
        )  # fmt: skip
