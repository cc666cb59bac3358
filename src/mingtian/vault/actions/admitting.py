"""A child comes under protection, moves, or has its file closed or opened again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.vault import keystore
from mingtian.vault.access import Door, keep
from mingtian.vault.events import first_unfinished
from mingtian.vault.models import Child
from mingtian.vault.rules import FieldClass, FileState
from mingtian.vault.seals import ChildSeal


@dataclass(frozen=True, kw_only=True, slots=True)
class Admission:
    """Where a new child lives (village or town) and learns (None: no school)."""

    unit_id: int
    school_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Admitted:
    """A child that has come under protection, with the keys to what its admitter writes."""

    id: int
    public_id: str
    seal: ChildSeal


def admit(
    door: Door, *, unit_id: int, school_id: int | None, classes: Collection[FieldClass]
) -> Admitted:
    """Admit one child; see :func:`admit_many`."""
    return admit_many(door, [Admission(unit_id=unit_id, school_id=school_id)], classes=classes)[0]


def admit_many(
    door: Door, children: Sequence[Admission], *, classes: Collection[FieldClass]
) -> list[Admitted]:
    """Give each child a number and a key, in the order given.

    The person at the door must register children at the unit, or enter lists there (policy
    ``admitted``; else :class:`RuleBroken` ``vault_not_registering``). The keys returned open ``classes``
    of the new child once, for writing what is said about it now; reading it later needs a part.
    A key without a child, left by a transaction that failed, opens nothing. Two statements for all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _MAY, [[one.unit_id for one in children], [one.school_id for one in children]]
        )
        if cursor.fetchone() != (len(children),):
            raise RuleBroken("vault_not_registering")
    ids = [public_id() for _ in children]
    made = keystore.make_many(ids, now=door.now)
    rows = Child.objects.bulk_create(
        Child(public_id=own, unit_id=one.unit_id, school_id=one.school_id, admitted_at=door.now)
        for own, one in zip(ids, children, strict=True)
    )
    for row in rows if len(rows) == 1 else ():
        audit.record(
            actor=door.username, action="vault.child_admitted", subject=f"child:{row.public_id}",
            now=door.now, unit=row.unit_id,
        )  # fmt: skip
    if len(rows) > 1:
        audit.record(
            actor=door.username, action="vault.children_admitted", subject="child:many",
            now=door.now, children=len(rows),
        )  # fmt: skip
    return [
        Admitted(id=row.pk, public_id=own, seal=ChildSeal(row.pk, own, made[own], classes))
        for row, own in zip(rows, ids, strict=True)
    ]


def move(door: Door, child: int, *, unit_id: int, school_id: int | None) -> None:
    """Note that a child lives or learns elsewhere from now on; earlier totals stay."""
    changed = Child.objects.filter(pk=child, erased_at=None).update(
        unit_id=unit_id, school_id=school_id
    )
    if not changed:
        raise RuleBroken("vault_no_such_child")
    _record(door, child, "vault.child_moved")


def close_file(door: Door, child: int, *, why: str) -> bool:
    """Close a child's file for a reason that the trail keeps; says whether that is new.

    Refused while a module above has something under way (:func:`events.close_after`). Whoever begins
    something and opens the file for it at the same moment waits, or is waited for and seen here.
    """
    row = _locked(child)
    with keep("see what must end before a file is closed"):
        code = first_unfinished(child)
    if code:
        raise RuleBroken(code)
    return _put(door, row, FileState.CLOSED, why=why)


def set_state(door: Door, child: int, state: FileState) -> bool:
    """Close a child's file, or open it again; says whether that is new.

    A closed one opens to approved readers alone; its term begins (PIPL 19). Holds the child until the
    end of the transaction, also where nothing changes.
    """
    return _put(door, _locked(child), state)


def _put(door: Door, row: Child, state: FileState, **details: str) -> bool:
    if row.state == state:
        return False
    row.state, row.closed_at = state, door.now if state is FileState.CLOSED else None
    row.save(update_fields=["state", "closed_at"])
    _record(door, row.pk, f"vault.file_{state.value}", **details)
    return True


def _locked(child: int) -> Child:
    # Keys to the child are checked at the commit, so a row about it that was just written holds nothing.
    row = Child.objects.select_for_update().filter(pk=child, erased_at=None).first()
    if row is None:
        raise RuleBroken("vault_no_such_child")
    return row


def _record(door: Door, child: int, action: str, **details: str) -> None:
    number = Child.objects.values_list("public_id", flat=True).get(pk=child)
    audit.record(
        actor=door.username, action=action, subject=f"child:{number}", now=door.now, **details
    )  # fmt: skip


_MAY = """
    SELECT count(*) FROM unnest(%s::bigint[], %s::bigint[]) AS wanted (unit_id, school_id)
    WHERE unit_id = ANY ((SELECT vault_ids('registering') || vault_ids('clerks'))::bigint[])
       OR school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
"""
