"""Reads of what was handed over to somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from mingtian.org.queries import shown_name
from mingtian.org.rules import Role
from mingtian.staff.models import Handover

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
    """Return what the person took over in the last three months, the newest first."""
    rows = (
        Handover.objects.filter(successor_id=user_id, on__gt=day - timedelta(days=SHOWN_DAYS))
        .select_related("post__unit", "post__user")
        .order_by("-on", "-pk")
    )
    return [
        HandoverRow(
            unit=shown_name(row.post.unit.name, row.post.unit.name_en),
            role=Role(row.post.role),
            on=row.on,
            predecessor=row.post.user.get_full_name() or row.post.user.get_username(),
            note=row.note,
            todos=row.todos,
        )
        for row in rows
    ]
