"""The one door to what is known about protected children (AID-1, domain.md 11.3).

:func:`enter` begins a transaction for one person: PostgreSQL takes the role ``mingtian_case`` and
works out what this person's posts and parts reach; both end with the transaction. Inside, tables
show what policies open, and :meth:`Door.keys` hands out keys after :data:`rules.OPENED`; whoever
gets one has left a row in the log, because both happen in one transaction.

:func:`keep` is the product's own way in, for totals, erasure and recounts.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.http import Http404

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.org.access import units_visible_to
from mingtian.org.queries import list_posts
from mingtian.vault import keystore, rules
from mingtian.vault.models import Child, Request
from mingtian.vault.rules import FieldClass, FileState, Part, Purpose
from mingtian.vault.seals import ChildSeal

_inside: ContextVar[str] = ContextVar("inside", default="")
_keeping: ContextVar[bool] = ContextVar("keeping", default=False)


class TurnedAway(Http404):
    """The matrix does not open this to the reader; the try is in the log, the answer is 404."""

    def __init__(self, children: Collection[int], classes: Collection[FieldClass]) -> None:
        super().__init__()
        self.children = tuple(children)
        self.classes = tuple(classes)


@dataclass(frozen=True, kw_only=True)
class Door:
    """One person inside, for one transaction and one purpose."""

    user_id: int
    username: str
    now: datetime
    purpose: Purpose

    @cached_property
    def actor(self) -> Actor:
        """Who acts, for the trail."""
        return Actor(username=self.username, user_id=self.user_id)

    def keys(
        self, children: Collection[int], classes: Collection[FieldClass]
    ) -> dict[int, ChildSeal]:
        """Hand out the keys to these classes of these children, and note that they were read.

        All or nothing: raises :class:`TurnedAway` (404) when a child is out of reach or erased, or one
        of the classes is not the reader's in the child's state. Two statements and one in the key
        store, however many children.
        """
        wanted = frozenset(children)
        found = _list_parts(wanted)
        wrong = {child for child in wanted if child not in found} | {
            child for child, (_, opened) in found.items() if not opened.issuperset(classes)
        }
        if wrong:
            raise TurnedAway(sorted(wrong), classes)
        self._note(wanted, classes)
        kept = keystore.fetch([public for public, _ in found.values()])
        if missing := [child for child, (public, _) in found.items() if public not in kept]:
            raise TurnedAway(missing, classes)
        return {
            child: ChildSeal(child, public, kept[public], classes)
            for child, (public, _) in found.items()
        }

    def may(self, child: int, wanted: FieldClass) -> bool:
        """Say whether the matrix opens a class of a child to the reader. Notes nothing."""
        found = _list_parts([child])
        return child in found and wanted in found[child][1]

    def parts(self, child: int) -> frozenset[Part]:
        """Return what the person is to the child at this instant."""
        with connection.cursor() as cursor:
            cursor.execute(_PARTS, [[child]])
            return frozenset(Part(part) for _, _, _, held in cursor.fetchall() for part in held)

    def child(self, public_id: str) -> Child:
        """Return a child's number and state, or 404 when out of sight or erased. Opens nothing."""
        row = Child.objects.filter(public_id=public_id, erased_at=None).first()
        if row is None:
            raise Http404
        return row

    def child_to_ask_about(self, public_id: str) -> Child:
        """Return a child whose file the person may ask for, or 404.

        Supervisors, case workers of the place and whoever has a part; who only enters or pays aid
        sees the number and asks for nothing.
        """
        row = self.child(public_id)
        with connection.cursor() as cursor:
            cursor.execute(_MAY_ASK, {"child": row.pk, "places": [row.unit_id, row.school_id]})
            if cursor.fetchone() != (True,):
                raise Http404
        return row

    def may_give(self, child: Child) -> bool:
        """Say whether the person may give parts in the child's life, as ``vault_give`` asks too."""
        with connection.cursor() as cursor:
            cursor.execute(
                _MAY_GIVE, {"child": child.pk, "places": [child.unit_id, child.school_id]}
            )
            return bool(cursor.fetchone() == (True,))

    def registers_at(self, unit_id: int) -> bool:
        """Say whether the person is a case worker of this place or above it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s = ANY (vault_ids('registering'))", [unit_id])
            return bool(cursor.fetchone() == (True,))

    def may_ask_to_erase(self, state: str, unit_id: int, parts: Collection[Part]) -> bool:
        """Say whether somebody with these parts may ask to erase a child: whoever has the case.

        At a closed file nobody has it; there a case worker of the child's place or above it.
        """
        return Part.WORKER in parts if state == FileState.OPEN else self.registers_at(unit_id)

    def sees(self, child: int) -> bool:
        """Say whether the person sees the child's number."""
        return Child.objects.filter(pk=child).exists()

    def request(self, public_id: str) -> Request:
        """Return a request that the person made or supervises, or 404."""
        row = Request.objects.select_related("child").filter(public_id=public_id).first()
        if row is None:
            raise Http404
        return row

    def refresh(self) -> None:
        """Work out again what the person reaches: after a child was admitted or a part given."""
        _take_role(self.user_id, self.now)

    def _note(
        self, children: Collection[int], classes: Collection[FieldClass], *, refused: bool = False
    ) -> None:
        words = ",".join(sorted(each.value for each in classes))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT vault_note(%s::bigint[], %s, %s, %s, %s)",
                [sorted(children), words, self.purpose.value, self.now, refused],
            )


@contextmanager
def enter(user: User | AnonymousUser, *, now: datetime, purpose: Purpose) -> Iterator[Door]:
    """Open the door to one person for the length of a transaction.

    Not to be nested. When somebody is turned away inside, everything of the transaction is undone
    and the try alone is noted. One statement to enter and one to leave, transaction apart.
    """
    if _inside.get():
        raise RuntimeError(f"Somebody is inside already: {_inside.get()}.")
    if not user.is_authenticated:
        raise Http404
    door = Door(user_id=user.pk, username=user.username, now=now, purpose=purpose)
    mark = _inside.set(user.username)
    try:
        try:
            with transaction.atomic():
                _take_role(user.pk, now)
                yield door
                _leave()
        except TurnedAway as away:
            with transaction.atomic():
                _take_role(user.pk, now)
                door._note(away.children, away.classes, refused=True)
                _leave()
            raise
    finally:
        _inside.reset(mark)


@contextmanager
def keep(why: str) -> Iterator[None]:
    """Act as the keeper, for one transaction: all rows, no reader. ``why`` is for tracebacks.

    Pages use it for sums alone. Also inside :func:`enter`, whose person it leaves in place. Inside
    another ``keep`` it costs nothing: who asks several modules opens it once around them all.
    """
    if _keeping.get():
        yield
        return
    kept = _keeping.set(True)
    mark = _inside.set(_inside.get() or f"keeper: {why}")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('role'), set_config('role', 'mingtian_keeper', true)"
            )
            before, _ = cursor.fetchone() or ("none", "")
            yield
            with connection.cursor() as leaving:
                leaving.execute("SELECT set_config('role', %s, true)", [before])
    finally:
        _inside.reset(mark)
        _keeping.reset(kept)


def can_read_log(user: User, now: datetime) -> bool:
    """Say whether the person reads the log of a reach: supervisors, and auditors anywhere."""
    return any(
        post.role in rules.AUDITING
        or (post.role in rules.SUPERVISING and post.unit.kind in rules.SUPERVISING_AT)
        for post in list_posts(user.pk, day_of(now))
    )


def units_of_log(user: User, now: datetime) -> list[int]:
    """Return the units whose children's readings the person sees; 404 without such a post."""
    if not can_read_log(user, now):
        raise Http404
    audited = units_visible_to(user, day_of(now), roles=rules.AUDITING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_supervised(%s, %s)", [user.pk, day_of(now)])
        supervised = {unit for (unit,) in cursor.fetchall()}
    return sorted(supervised | set(audited.values_list("pk", flat=True)))


def _take_role(user_id: int, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vault_enter(%s, %s, %s, %s, %s, %s, %s, %s),"
            " set_config('role', 'mingtian_case', true)",
            [
                user_id, now, day_of(now),
                sorted(rules.SUPERVISING), sorted(rules.SUPERVISING_AT),
                sorted(rules.REGISTERING), sorted(rules.CLERKS), _PARTS_WHEN_CLOSED,
            ],
        )  # fmt: skip


def _leave() -> None:
    # A transaction around this one (a test's, a caller's) goes on without the role.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true), vault_leave()")


def _list_parts(children: Collection[int]) -> dict[int, tuple[str, frozenset[FieldClass]]]:
    """Return the public id and the opened classes of each child in sight that is not erased."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [list(children)])
        return {
            child: (public, _opened(FileState(state), [Part(part) for part in parts]))
            for child, public, state, parts in cursor.fetchall()
        }


def _opened(state: FileState, parts: Collection[Part]) -> frozenset[FieldClass]:
    return frozenset().union(*(rules.opened(part, state) for part in parts))


_PARTS_WHEN_CLOSED = sorted(part.value for part in Part if rules.opened(part, FileState.CLOSED))

_MAY_ASK = """
    SELECT %(child)s::bigint = ANY (vault_ids('reached'))
        OR (vault_ids('supervised') || vault_ids('registering')) && %(places)s::bigint[]
"""

_MAY_GIVE = """
    SELECT %(child)s::bigint = ANY (vault_ids('worker'))
        OR (vault_ids('supervised') || vault_ids('registering')) && %(places)s::bigint[]
"""

_PARTS = """
    SELECT id, public_id, state, array_remove(ARRAY[
               CASE WHEN id = ANY ((SELECT vault_ids('worker'))::bigint[]) THEN 'worker' END,
               CASE WHEN id = ANY ((SELECT vault_ids('helper'))::bigint[]) THEN 'helper' END,
               CASE WHEN id = ANY ((SELECT vault_ids('counsellor'))::bigint[]) THEN 'counsellor' END,
               CASE WHEN id = ANY ((SELECT vault_ids('reader'))::bigint[]) THEN 'reader' END,
               CASE WHEN school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
                      OR unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]) THEN 'clerk' END
           ], NULL)
    FROM vault_child
    WHERE id = ANY (%s) AND erased_at IS NULL
"""
