"""Who sees a child of the register. Everything here needs the vault's door."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import Http404

from mingtian.children.models import CategoryNote, Consent, Guardian
from mingtian.children.rows import ChildRow
from mingtian.children.waiting import Waiting
from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Role, UnitKind
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
Thing = TypeVar("Thing", CategoryNote, Consent, Guardian)

FILES = frozenset({Part.WORKER, Part.READER})
"""Who opens a file."""

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
    key, number, unit, school, state, admitted, named, by_post, overseen = found
    return ChildRow(
        id=key, public_id=number, unit_id=unit, school_id=school, state=FileState(state),  # type: ignore[arg-type]
        admitted_at=admitted, named=bool(named), by_post=bool(by_post),  # type: ignore[arg-type]
        overseen=bool(overseen),
    )  # fmt: skip


def get_child_to_show(door: Door, public_id: str) -> ChildRow:
    """Return the child for its page in the register: to workers, readers, offices and clerks.

    404 to helpers and counsellors, who meet the child at their own pages.
    """
    row = get_child_for(door, public_id)
    if not row.by_post and not door.parts(row.id) & FILES:
        raise Http404
    return row


def get_child_to_agree_for(door: Door, public_id: str) -> ChildRow:
    """Return the child whose consents the person notes, or 404: its worker, or an aid clerk those to aid."""
    row = get_child_for(door, public_id)
    if not notes_consents(door, door.parts(row.id)):
        raise Http404
    return row


def notes_consents(door: Door, parts: Collection[Part]) -> bool:
    """Say whether somebody with these parts notes consents. A cashier does not."""
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


def thing_of(kind: type[Thing], child: int, public_id: str) -> Thing:
    """Return what is kept of this child, or 404: also when it is kept of another."""
    row = kind.objects.filter(child_id=child, public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def get_child_to_take_up(door: Door, public_id: str) -> ChildRow:
    """Return a child at a place where the person registers children, or 404."""
    row = get_child_for(door, public_id)
    if not door.registers_at(row.unit_id):
        raise Http404
    return row


def may_here(door: Door, row: ChildRow) -> tuple[bool, bool]:
    """Say whether the person may take the child up, and may move it, by a post over its place.

    Taken up is who has no worker of its place.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HERE, {"child": row.id, "unit": row.unit_id, "at": door.now})
        takes_up, moves = cursor.fetchone() or (False, False)
        return bool(takes_up), bool(moves)


def get_child_to_move(door: Door, public_id: str) -> tuple[ChildRow, bool]:
    """Return an open child that the person moves, or whose file the person closes, and whether as its
    worker; 404 without a post there.
    """
    row = get_child_for(door, public_id)
    works = Part.WORKER in door.parts(row.id)
    if row.state is not FileState.OPEN or not (works or may_here(door, row)[1]):
        raise Http404
    return row, works


def get_child_to_settle(door: Door, public_id: str) -> ChildRow:
    """Return an open child of whose helpers and others the person says who stays: whoever works for it at
    its place, and offices over that; else 404.
    """
    row = get_child_for(door, public_id)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SETTLES}", {"child": row.id, "unit": row.unit_id})
        settles = cursor.fetchone() == (True,)
    if row.state is not FileState.OPEN or not settles:
        raise Http404
    return row


def has_to_settle(door: Door, row: ChildRow) -> bool:
    """Say whether somebody waits for the person at the door to say who stays in the child's life."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TO_SETTLE,
            {"child": row.id, "unit": row.unit_id, "at": door.now, "day": day_of(door.now)},
        )
        return bool(cursor.fetchone() == (True,))


def get_child_to_reopen(door: Door, public_id: str) -> ChildRow:
    """Return a child, by a post over its place, whose file the person may open again; else 404."""
    row = get_child_for(door, public_id)
    if not may_here(door, row)[1]:
        raise Http404
    return row


_SETTLES = """
    (%(unit)s = ANY (vault_ids('supervised'))
        OR %(unit)s = ANY (vault_ids('registering')) AND %(child)s::bigint = ANY (vault_ids('worker')))
"""

_TO_SETTLE = f"""
    SELECT {_SETTLES} AND EXISTS (SELECT FROM children_far(ARRAY[%(child)s::bigint], %(at)s, %(day)s))
"""  # noqa: S608 - no value is written into it

_HERE = """
    SELECT %(unit)s = ANY (vault_ids('registering')) AND NOT children_has_worker(%(child)s, %(at)s),
           %(unit)s = ANY (vault_ids('registering') || vault_ids('supervised'))
"""


def may_see_readers(row: ChildRow, parts: Collection[Part]) -> bool:
    """Say whether the reader is told who else has read: its worker, or who supervises by post."""
    return Part.WORKER in parts or row.overseen


def may_see_categories(row: ChildRow, parts: frozenset[Part]) -> bool:
    """Say whether the reader is told the child's legal categories: not for lists of aid."""
    return row.overseen or bool(parts & FILES)


def _with_part(door: Door, public_id: str, wanted: Collection[Part]) -> ChildRow:
    row = get_child_for(door, public_id)
    if door.parts(row.id).isdisjoint(wanted):
        raise Http404
    return row


def posts_for_register(user: Reader, now: datetime) -> list[PostRow]:
    """Return the posts by which somebody uses the register; 404 without any."""
    if user.pk is None:
        raise Http404
    posts = [post for post in list_posts(user.pk, day_of(now)) if uses_register(post)]
    if not posts:
        raise Http404
    return posts


def uses_register(post: PostRow) -> bool:
    """Say whether somebody uses the register by this post."""
    supervises = post.role in SUPERVISING and post.unit.kind in SUPERVISING_AT
    return supervises or post.role in REGISTERING | CLERKS


def posts_to_register(user: Reader, now: datetime) -> list[PostRow]:
    """Return the posts by which somebody puts children on the register; 404 without any."""
    posts = [post for post in posts_for_register(user, now) if post.role in REGISTERING | ENTERING]
    if not posts:
        raise Http404
    return posts


def sees_categories(posts: Sequence[PostRow]) -> bool:
    """Say whether one of the posts is told legal categories; those for lists of aid are not."""
    return any(post.role not in CLERKS for post in posts)


def waits_for(posts: Sequence[PostRow]) -> list[Waiting]:
    """Return for what a list of children may be asked: a worker's own, and an office's of its place."""
    roles = {post.role for post in posts}
    if roles & REGISTERING:
        return list(Waiting)
    answers = any(
        post.unit.kind is not UnitKind.SCHOOL for post in posts if post.role in SUPERVISING
    )
    return [Waiting.WITHOUT_WORKER, Waiting.FAR] if answers else []


def purpose_of(posts: Sequence[PostRow]) -> Purpose:
    """Return for what the holder of these posts reads the register."""
    roles = {post.role for post in posts}
    if roles & REGISTERING:
        return Purpose.CASE_WORK
    return Purpose.AID if roles & CLERKS else Purpose.SUPERVISING


# Who may open the name: by part and state as vault.rules.OPENED has it; the door decides again.
COLUMNS = """
    child.id, child.public_id, child.unit_id, child.school_id, child.state, child.admitted_at,
    CASE WHEN child.state = 'open'
         THEN child.id = ANY ((SELECT vault_ids('reached'))::bigint[])
         ELSE child.id = ANY ((SELECT vault_ids('reader') || vault_ids('counsellor'))::bigint[]) END
    OR child.unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('clerks'))::bigint[]), false),
    child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('units'))::bigint[]), false),
    child.unit_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[])
    OR coalesce(child.school_id = ANY ((SELECT vault_ids('supervised') || vault_ids('registering'))::bigint[]),
                false)
"""

_ENTERS = """
    SELECT FROM org_post WHERE user_id = %s AND role = ANY (%s) AND org_holds(starts_on, ends_on, %s)
    LIMIT 1
"""

_CHILD = f"""
    SELECT {COLUMNS} FROM vault_child child
    WHERE child.public_id = %(number)s AND child.erased_at IS NULL
"""  # noqa: S608 - no value is written into it
