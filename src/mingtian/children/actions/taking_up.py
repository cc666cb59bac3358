"""A case worker takes up a child that nobody works for: one registered for aid, or left behind by a leaver."""

from django.db import connection

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.actions import end_parts, give_part
from mingtian.vault.rules import Part


def take_up(door: Door, child: int, public_id: str) -> None:
    """Make the person at the door the child's worker.

    Only where the person registers children, and only while nobody of the child's place works for it
    (``children_has_worker``); whoever does hands it over. Who registered the child elsewhere, or has
    left, does not stay in its file; who has an open case of it hands that over.
    """
    with connection.cursor() as cursor:
        # The row's lock lets two who press at once take turns.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, child % 2**31])
        cursor.execute(_MAY, {"child": child, "at": door.now})
        found = cursor.fetchone()
    if found is None:
        raise RuleBroken("vault_no_such_child")
    registers, taken = found
    if Part.WORKER in door.parts(child):
        return
    if not registers:
        raise RuleBroken("vault_not_registering")
    if taken:
        raise RuleBroken("children_has_worker")
    source = f"children.child:{public_id}"
    end_parts(door, child, source=source)
    give_part(door, child, user_id=door.user_id, part=Part.WORKER, source=source)
    audit.record(
        actor=door.username, action="children.taken_up", subject=f"child:{public_id}", now=door.now
    )


_LOCKS = 0x63686C64
"""The class of this module's advisory locks, four letters of its name."""

_MAY = """
    SELECT unit_id = ANY ((SELECT vault_ids('registering'))::bigint[]),
           children_has_worker(id, %(at)s)
    FROM vault_child WHERE id = %(child)s AND erased_at IS NULL
"""
