"""Whose part goes on after a child has moved, by the word of its new place (0025)."""

from collections.abc import Mapping

from django.db import connection

from mingtian.children.models import Stay
from mingtian.children.queries.parts import FarRow, list_far
from mingtian.children.rows import ChildRow
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.actions import end_parts
from mingtian.vault.events import end_by_source


def settle(door: Door, child: ChildRow, stays: Mapping[str, bool]) -> None:
    """End or confirm the part of everybody who stands far from the child, by :attr:`FarRow.key`.

    All at once: one about whom nothing was said is refused (``children_choice_missing``), so nobody
    stays or goes by silence. What ends is ended by the module that gave it, which may refuse: a case is
    handed over first. Whom somebody has decided about meanwhile is left as that is.
    """
    with connection.cursor() as cursor:
        # Two who decide at once take turns; the second finds nobody left to decide about.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, child.id % 2**31])
    far = list_far(door, child.id)
    if any(row.key not in stays for row in far):
        raise RuleBroken("children_choice_missing")
    for row in far:
        if stays[row.key]:
            _let_stay(door, child, row)
        else:
            for source in _sources(door, child.id, row):
                end_by_source(door, child.id, source)


def end_own(door: Door, child: int, public_id: str) -> None:
    """End the part that registering or taking up gave."""
    end_parts(door, child, source=f"children.child:{public_id}")


def _let_stay(door: Door, child: ChildRow, row: FarRow) -> None:
    Stay.objects.create(
        child_id=child.id, user_id=row.user_id, part=row.part, unit_id=child.unit_id,
        school_id=child.school_id, by_id=door.user_id, at=door.now,
    )  # fmt: skip
    audit.record(
        actor=door.username, action="children.let_stay", subject=f"child:{child.public_id}",
        now=door.now, user=row.user_id, part=row.part.value,
    )  # fmt: skip


def _sources(door: Door, child: int, row: FarRow) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            _SOURCES, {"child": child, "user": row.user_id, "part": row.part, "at": door.now}
        )
        return [source for (source,) in cursor.fetchall()]


_LOCKS = 0x63686673
"""The class of these advisory locks, four letters."""

_SOURCES = """
    SELECT source FROM vault_reach
    WHERE child_id = %(child)s AND user_id = %(user)s AND part = %(part)s
      AND (ends_at IS NULL OR ends_at > %(at)s)
    ORDER BY id
"""
