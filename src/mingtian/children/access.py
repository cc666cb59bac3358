"""Who sees a child of the register. Everything here needs the vault's door."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import Http404

from mingtian.children.rows import ChildRow
from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Role
from mingtian.vault.access import Door
from mingtian.vault.rules import (
    CLERKS,
    REGISTERING,
    SUPERVISING,
    SUPERVISING_AT,
    FileState,
    Part,
    Purpose,
)

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
    key, number, unit, school, state, admitted, named, by_post = found
    return ChildRow(
        id=key, public_id=number, unit_id=unit, school_id=school, state=FileState(state),  # type: ignore[arg-type]
        admitted_at=admitted, named=bool(named), by_post=bool(by_post),  # type: ignore[arg-type]
    )  # fmt: skip


def get_child_to_show(door: Door, public_id: str) -> ChildRow:
    """Return the child for its page in the register: to workers, readers, offices and clerks.

    404 to helpers and counsellors, who meet the child at their own pages.
    """
    row = get_child_for(door, public_id)
    if not row.by_post and not door.parts(row.id) & {Part.WORKER, Part.READER}:
        raise Http404
    return row


def get_child_to_change(door: Door, public_id: str) -> ChildRow:
    """Return the child whose categories and consents the person notes, or 404: worker or aid clerk."""
    row = get_child_for(door, public_id)
    if not changes(door, door.parts(row.id)):
        raise Http404
    return row


def changes(door: Door, parts: Collection[Part]) -> bool:
    """Say whether somebody with these parts notes categories and consents. A cashier does not."""
    if Part.WORKER in parts:
        return True
    if Part.CLERK not in parts:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_ENTERS, [door.user_id, sorted(ENTERING), day_of(door.now)])
        return cursor.fetchone() is not None


def get_child_worked_for(door: Door, public_id: str) -> ChildRow:
    """Return the child for whom the person works, or 404."""
    return _with_part(door, public_id, {Part.WORKER})


def get_child_to_take_up(door: Door, public_id: str) -> ChildRow:
    """Return a child at a place where the person registers children, or 404."""
    row = get_child_for(door, public_id)
    if not registers_at(row.unit_id):
        raise Http404
    return row


def registers_at(unit_id: int) -> bool:
    """Say whether the person at the door is a case worker of this place or above it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (vault_ids('registering'))", [unit_id])
        return bool(cursor.fetchone() == (True,))


def may_take_up(door: Door, row: ChildRow) -> bool:
    """Say whether nobody works for the child and the person at the door may: what the page offers."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKES_UP, {"child": row.id, "unit": row.unit_id, "at": door.now})
        return bool(cursor.fetchone() == (True,))


_TAKES_UP = """
    SELECT %(unit)s = ANY (vault_ids('registering')) AND NOT children_has_worker(%(child)s, %(at)s)
"""


def may_see_readers(row: ChildRow, parts: Collection[Part]) -> bool:
    """Say whether the reader is told who else has read: its worker, or who supervises by post."""
    return Part.WORKER in parts or (row.by_post and Part.CLERK not in parts)


def _with_part(door: Door, public_id: str, wanted: Collection[Part]) -> ChildRow:
    row = get_child_for(door, public_id)
    if door.parts(row.id).isdisjoint(wanted):
        raise Http404
    return row


def posts_for_register(user: Reader, now: datetime) -> list[PostRow]:
    """Return the posts by which somebody uses the register; 404 without any."""
    if user.pk is None:
        raise Http404
    posts = [post for post in list_posts(user.pk, day_of(now)) if _uses(post)]
    if not posts:
        raise Http404
    return posts


def posts_to_register(user: Reader, now: datetime) -> list[PostRow]:
    """Return the posts by which somebody puts children on the register; 404 without any."""
    posts = [post for post in posts_for_register(user, now) if post.role in REGISTERING | ENTERING]
    if not posts:
        raise Http404
    return posts


def purpose_of(posts: Sequence[PostRow]) -> Purpose:
    """Return for what the holder of these posts reads the register."""
    roles = {post.role for post in posts}
    if roles & REGISTERING:
        return Purpose.CASE_WORK
    return Purpose.AID if roles & CLERKS else Purpose.SUPERVISING


def _uses(post: PostRow) -> bool:
    supervises = post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT
    return supervises or post.role in REGISTERING | CLERKS


# Who may open the name: by part and state as vault.rules.OPENED has it; the door decides again.
COLUMNS = """
    child.id, child.public_id, child.unit_id, child.school_id, child.state, child.admitted_at,
    CASE WHEN child.state = 'open'
         THEN child.id = ANY ((SELECT vault_ids('reached'))::bigint[])
         ELSE child.id = ANY ((SELECT vault_ids('reader') || vault_ids('counsellor'))::bigint[]) END
    OR child.unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('clerks'))::bigint[]), false),
    child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('units'))::bigint[]), false)
"""

_ENTERS = """
    SELECT FROM org_post WHERE user_id = %s AND role = ANY (%s) AND org_holds(starts_on, ends_on, %s)
    LIMIT 1
"""

_CHILD = f"""
    SELECT {COLUMNS} FROM vault_child child
    WHERE child.public_id = %(number)s AND child.erased_at IS NULL
"""  # noqa: S608 - no value is written into it
