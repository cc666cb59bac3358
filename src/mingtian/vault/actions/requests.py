"""Asking to read, breaking the glass, asking to erase; deciding and looking at what was done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.staff.queries import lacks_second_factor
from mingtian.vault import rules
from mingtian.vault.access import Door, enter
from mingtian.vault.actions.erasing import erase
from mingtian.vault.actions.parts import give_part
from mingtian.vault.models import Child, Request
from mingtian.vault.rules import Asking, Basis, Part, Purpose, Verdict
from mingtian.vault.sealing import seal_reason

Said = TypeVar("Said", bool, Verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    """What is asked for, or taken; ``until`` when it opens at once."""

    kind: Asking
    reason: str
    basis: str = ""
    days: int | None = None
    granted: bool | None = None
    until: datetime | None = None


def ask_to_read(user: User, child: str, *, reason: str, days: int, now: datetime) -> Request:
    """Ask the supervisor for the file of a child in sight. Asked twice, it is one request.

    Nobody opens a file by a password alone (``vault_factor_missing``), here as in an emergency.
    """
    lacks_factor = lacks_second_factor(user.pk)
    with enter(user, now=now, purpose=Purpose.APPROVED_READING) as door:
        row = door.child_to_ask_about(child)
        if lacks_factor:
            raise RuleBroken("vault_factor_missing")
        wish = _Wish(kind=Asking.READ, reason=reason, days=rules.check_days(days))
        return _ask(door, row, wish)


def ask_to_erase(user: User, child: str, *, basis: Basis, reason: str, now: datetime) -> Request:
    """Ask the supervisor to erase a child: whoever has the case, or who may at a closed file."""
    with enter(user, now=now, purpose=Purpose.RIGHTS) as door:
        row = door.child_to_ask_about(child)
        if not door.may_ask_to_erase(row.state, row.unit_id, door.parts(row.pk)):
            raise RuleBroken("vault_not_worker")
        return _ask(door, row, _Wish(kind=Asking.ERASE, reason=reason, basis=basis))


def break_glass(user: User, child: str, *, reason: str, now: datetime) -> Request:
    """Open a child's file to the person at once, for three hours, with a reason (AID-1).

    The supervisor is told next morning. While a glass is open, breaking it again changes nothing.
    For those who supervise, register at the place or have the case; a helper or counsellor asks.
    """
    lacks_factor = lacks_second_factor(user.pk)
    with enter(user, now=now, purpose=Purpose.BROKEN_GLASS) as door:
        row = door.child_to_ask_about(child)
        rules.check_reason(reason)
        if not door.may_give(row):
            raise RuleBroken("vault_glass_not_yours")
        if lacks_factor:
            raise RuleBroken("vault_factor_missing")
        _wait_for(f"vault.glass:{row.pk}:{user.pk}")
        broken = Request.objects.filter(
            child=row, kind=Asking.GLASS, asked_by=user.pk, opens_until__gt=now
        ).first()
        if broken is not None:
            return broken
        until = now + rules.BROKEN_FOR
        wish = _Wish(kind=Asking.GLASS, reason=reason, granted=True, until=until)
        made = _made(door, row, wish)
        give_part(
            door, row.pk, user_id=user.pk, part=Part.READER, until=made.opens_until,
            source=f"vault.request:{made.public_id}",
        )  # fmt: skip
        _record(door, made, "vault.glass_broken")
        return made


def decide(user: User, request: str, *, granted: bool | None, now: datetime) -> Request:
    """Grant or decline a request about a child below; never the own one, and never by saying nothing.

    Two who decide at once: the first counts, the second is told. A granted erasure is carried out
    at once; should that fail, the night's work does it (:func:`carry_out_erasures`).
    """
    with enter(user, now=now, purpose=Purpose.SUPERVISING) as door:
        row = door.request(request)
        granted = _check_decider(door, row, granted)
        until = now + timedelta(days=row.days or 0) if granted and row.kind == Asking.READ else None
        changed = Request.objects.filter(pk=row.pk, granted=None).update(
            granted=granted, decided_by=user.pk, decided_at=now, opens_until=until
        )
        if not changed:
            raise RuleBroken("vault_decided_already")
        row.granted, row.opens_until = granted, until
        if until is not None:
            give_part(
                door, row.child_id, user_id=row.asked_by_id, part=Part.READER, until=until,
                source=f"vault.request:{row.public_id}",
            )  # fmt: skip
        _record(door, row, "vault.request_granted" if granted else "vault.request_declined")
    if granted and row.kind == Asking.ERASE:
        erase(row.child_id, basis=row.basis, now=now, actor=user.username)
    return row


def review(user: User, request: str, *, verdict: Verdict | None, now: datetime) -> None:
    """Keep what a supervisor thinks of a broken glass; the first word stays."""
    with enter(user, now=now, purpose=Purpose.SUPERVISING) as door:
        row = door.request(request)
        verdict = _check_decider(door, row, verdict)
        changed = Request.objects.filter(pk=row.pk, kind=Asking.GLASS, reviewed_at=None).update(
            reviewed_by=user.pk, reviewed_at=now, verdict=verdict
        )
        if not changed:
            raise RuleBroken("vault_reviewed_already")
        _record(door, row, f"vault.glass_{verdict.value}")


def _wait_for(word: str) -> None:
    # Who breaks the same glass twice at once waits here and finds it open. The child's row is not
    # locked: a school's office may not change it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [word])


def _check_decider(door: Door, row: Request, said: Said | None) -> Said:
    if row.asked_by_id == door.user_id:
        raise RuleBroken("vault_own_request")
    if said is None:
        raise RuleBroken("vault_nothing_said")
    return said


def _ask(door: Door, child: Child, wish: _Wish) -> Request:
    try:
        # A savepoint: the person at the door stays there when the same was asked before.
        with transaction.atomic():
            made = _made(door, child, wish)
    except IntegrityError:
        return Request.objects.get(child=child, kind=wish.kind, asked_by=door.user_id, granted=None)
    _record(door, made, f"vault.asked_to_{wish.kind.value}")
    return made


def _made(door: Door, child: Child, wish: _Wish) -> Request:
    own = public_id()
    return Request.objects.create(
        public_id=own, child=child, kind=wish.kind, basis=wish.basis, days=wish.days,
        reason=seal_reason(own, rules.check_reason(wish.reason)), granted=wish.granted,
        opens_until=wish.until, asked_by_id=door.user_id, asked_at=door.now,
    )  # fmt: skip


def _record(door: Door, row: Request, action: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"vault_request:{row.public_id}", now=door.now,
        child=row.child_id, kind=row.kind,
    )  # fmt: skip
