"""Reads of what was handed over to somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from mingtian.org.rules import Role
from mingtian.staff.models import Handover
from mingtian.staff.queries.people import place_of

SHOWN_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverRow:
    """A post that somebody took over, with the note and what was open then."""

    unit: str
    role: Role
    on: date
    predecessor: str
    note: str
    todos: list[dict[str, str | int]]


def list_handovers(user_id: int, day: date) -> list[HandoverRow]:
    """Return what the person took over in the last three months, the newest first.

    A statement for each, and nobody takes over more than a few.
    """
    rows = (
        Handover.objects.filter(successor_id=user_id, on__gt=day - timedelta(days=SHOWN_DAYS))
        .select_related("post__user")
        .order_by("-on", "-pk")
    )
    return [
        HandoverRow(
            unit=place_of(row.post.unit_id, row.on),
            role=Role(row.post.role),
            on=row.on,
            predecessor=row.post.user.get_full_name() or row.post.user.get_username(),
            note=row.note,
            todos=row.todos,
        )
        for row in rows
    ]
