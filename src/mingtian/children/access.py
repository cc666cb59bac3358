"""Who sees a child of the register. Everything here needs the vault's door."""

from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import Http404

from mingtian.children.rows import ChildRow
from mingtian.org.access import posts_of
from mingtian.org.rules import Role
from mingtian.vault.access import Door
from mingtian.vault.rules import CLERKS, REGISTERING, SUPERVISING, SUPERVISING_AT, FileState

Reader = User | AnonymousUser

ENTERING = frozenset({Role.AID_CLERK})
"""Clerks who may put a child on the register for aid; a cashier pays and enters nothing."""


def get_child_for(door: Door, public_id: str) -> ChildRow:  # noqa: ARG001 - nobody asks without one
    """Return the child's number and state, or 404 when absent, erased or out of sight."""
    with connection.cursor() as cursor:
        cursor.execute(_CHILD, {"number": public_id})
        found = cursor.fetchone()
    if found is None:
        raise Http404
    return child_row(found)


def child_row(found: tuple[object, ...]) -> ChildRow:
    """Return a row of :data:`COLUMNS`."""
    key, number, unit, school, state, admitted, named = found
    return ChildRow(
        id=key, public_id=number, unit_id=unit, school_id=school, state=FileState(state),  # type: ignore[arg-type]
        admitted_at=admitted, named=bool(named),  # type: ignore[arg-type]
    )  # fmt: skip


def sees_register(user: Reader, day: date) -> bool:
    """Say whether somebody's posts have to do with children in difficulty at all."""
    return any(
        post.role in REGISTERING | CLERKS | {Role.HELPER, Role.COUNSELLOR}
        or (post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT)
        for post in posts_of(user, day)
    )


def units_to_register_at(user: Reader, day: date, *, for_aid: bool = False) -> list[int]:
    """Return the units of the posts by which somebody registers children (``for_aid``: names alone)."""
    roles = ENTERING if for_aid else REGISTERING
    return [post.unit_id for post in posts_of(user, day) if post.role in roles]


# Who may open the name: by part and state as vault.rules.OPENED has it; the door decides again.
COLUMNS = """
    child.id, child.public_id, child.unit_id, child.school_id, child.state, child.admitted_at,
    CASE WHEN child.state = 'open'
         THEN child.id = ANY ((SELECT vault_ids('reached'))::bigint[])
         ELSE child.id = ANY ((SELECT vault_ids('reader') || vault_ids('counsellor'))::bigint[]) END
    OR child.unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('clerks'))::bigint[]), false)
"""

_CHILD = f"""
    SELECT {COLUMNS} FROM vault_child child
    WHERE child.public_id = %(number)s AND child.erased_at IS NULL
"""  # noqa: S608 - no value is written into it
