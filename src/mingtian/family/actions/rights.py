"""See, correct, withdraw, erase: a family's rights, over all modules at once.

The order of letting go is that of decision 0010: stop counting first, in a transaction of its
own, because phones that report wait for it; then every module; the people themselves last.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.family.access import Home
from mingtian.family.keepers import forgetters
from mingtian.family.queries.kept import KeptRow, list_kept
from mingtian.family.rules import PROOFS_A_DAY
from mingtian.people.actions.leaving import forget_household, remove_from_home, stop_counting
from mingtian.people.queries.homes import MemberRow, is_number_of


def read_kept(*, home: Home, purpose: str, now: datetime) -> list[KeptRow]:
    """Return everything that is kept about the home, names opened, and record who asked.

    ``purpose`` is a stable word: screen, file or erasure.
    """
    rows = list_kept(home)
    with transaction.atomic():
        audit.record(
            actor=home.actor,
            action="family.kept_read",
            subject=f"household:{home.public_id}",
            now=now,
            purpose=purpose,
            rows=len(rows),
        )
    return rows


def check_number(*, home: Home, typed: str, now: datetime) -> None:
    """Ask for the roster number of a child of the home once more, before it is erased.

    Refused with ``family_proof_wrong``, and after five wrong ones in a day with
    ``family_proof_tries``. A home with nobody on a roster has nothing to prove.
    """
    if not any(one.number for one in home.members):
        return
    subject = f"household:{home.public_id}"
    failed = AuditEntry.objects.filter(
        subject=subject, action="family.proof_failed", at__gt=now - timedelta(days=1)
    ).count()
    if failed >= PROOFS_A_DAY:
        raise RuleBroken("family_proof_tries")
    if is_number_of(home.household_id, typed):
        return
    with transaction.atomic():
        audit.record(
            actor=home.actor, action="family.proof_failed", subject=subject, now=now, tried=failed
        )
    raise RuleBroken("family_proof_wrong", left=PROOFS_A_DAY - failed - 1)


def erase(*, home: Home, now: datetime) -> str:
    """Remove the home with everything kept about it; return the code of the receipt.

    Totals stay as they were counted, without anybody in them. Pupils and staff stay on the
    roster, which is the school's. Either all of it goes or, but for the counting, nothing.
    """
    stop_counting(home.household_id, home.person_ids, now=now)
    with transaction.atomic():
        removed = _forget(home.person_ids, now=now, actor=home.actor)
        receipt = forget_household(home.household_id, now=now, actor=home.actor, removed=removed)
    return receipt.public_id


def take_off_home(*, home: Home, member: MemberRow, now: datetime) -> None:
    """Take somebody off the home who does not belong there, with everything kept about them."""
    if len(home.members) == 1:
        raise RuleBroken("family_last_member")
    stop_counting(home.household_id, [member.id], now=now)
    with transaction.atomic():
        _forget([member.id], now=now, actor=home.actor)
        remove_from_home(member.id, now=now, actor=home.actor)


def _forget(person_ids: Collection[int], *, now: datetime, actor: str) -> dict[str, int]:
    return {
        module: forget(person_ids, now=now, actor=actor) for module, forget in forgetters().items()
    }
