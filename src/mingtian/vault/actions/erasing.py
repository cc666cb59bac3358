"""A child is erased: its rows, its key, and with the key every copy in every backup (PIPL 47)."""

import logging
from datetime import datetime

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.vault import keystore
from mingtian.vault.access import keep
from mingtian.vault.events import forget_everywhere
from mingtian.vault.models import Child, Reach, Request, Tombstone
from mingtian.vault.rules import Asking

log = logging.getLogger(__name__)


def erase(child: int, *, basis: str, now: datetime, actor: str) -> dict[str, int]:
    """Erase a child and return how many rows went, by module. Safe to repeat.

    Every module above lets go what it keeps (:mod:`mingtian.vault.events`); one that must not, because
    a payment is under way, say, raises :class:`RuleBroken` and nothing is erased. Of the child stays its
    number with a date, so that totals stay right. The key goes last, before the commit: should
    the commit fail, :func:`replay` finishes by the tombstone.
    """
    with keep("erase a child"):
        row = Child.objects.select_for_update().get(pk=child)
        gone = forget_everywhere(child, now)
        Reach.objects.filter(child_id=child, ends_at=None).update(ends_at=now)
        _forget_requests(child, now)
        if row.erased_at is None:
            row.erased_at = now
            row.save(update_fields=["erased_at"])
            audit.record(
                actor=actor, action="vault.child_erased", subject=f"child:{row.public_id}", now=now,
                basis=basis, rows=sum(gone.values()),
            )  # fmt: skip
        Tombstone.objects.get_or_create(child=row.public_id, defaults={"basis": basis, "at": now})
        keystore.destroy(row.public_id, basis=basis, at=now)
    return gone


def _forget_requests(child: int, now: datetime) -> None:
    # A reason may name the child, and is not sealed under its key. What waits can no longer be granted.
    about = Request.objects.filter(child_id=child)
    about.filter(granted=None).update(granted=False, decided_at=now)
    about.update(reason=b"")


def carry_out_erasures(*, now: datetime, actor: str) -> int:
    """Erase children whose erasure was granted and did not come to its end; returns how many.

    One that must still wait, for a payment say, holds up no other.
    """
    with keep("find granted erasures"):
        waiting = list(
            Request.objects.filter(kind=Asking.ERASE, granted=True, child__erased_at=None)
            .order_by("decided_at")
            .values_list("child_id", "basis")
        )
    return sum(_erase_or_wait(child, basis=basis, now=now, actor=actor) for child, basis in waiting)


def _erase_or_wait(child: int, *, basis: str, now: datetime, actor: str) -> bool:
    try:
        erase(child, basis=basis, now=now, actor=actor)
    except RuleBroken as refusal:
        log.warning("Child %s is to be erased and must wait: %s.", child, refusal.code)
        return False
    return True


def replay(*, now: datetime, actor: str) -> int:
    """Erase again whatever either list of tombstones names; returns how many children went.

    To be run after every restore, before anybody is let in, and nightly: an older main database does
    not know its latest erasures, an older key store has its keys again. Each finishes the other. A
    child that must wait for a payment is left for the next night; its key is gone already.
    """
    buried = {one.child: one for one in keystore.tombstones()}
    with keep("replay tombstones"):
        known = {one.child: one for one in Tombstone.objects.all()}
        living = dict(
            Child.objects.filter(public_id__in=buried, erased_at=None).values_list(
                "public_id", "pk"
            )
        )
    for number in known.keys() - buried.keys():
        keystore.destroy(number, basis=known[number].basis, at=known[number].at)
    erased = sum(
        _erase_or_wait(key, basis=buried[number].basis, now=now, actor=actor)
        for number, key in living.items()
    )
    return erased + len(known.keys() - buried.keys())
