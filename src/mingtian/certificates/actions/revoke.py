"""Take a certificate back, give another for it, and let go of who has left."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mingtian.certificates.models import Certificate
from mingtian.certificates.queries.certificates import held_in
from mingtian.certificates.rules import Refusal, RevokedFor, new_serial
from mingtian.certificates.statements import execute, statement
from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.core.keeping import Term


def revoke(*, serial: str, reason: RevokedFor, actor: str, now: datetime) -> bool:
    """Revoke it with a reason; False when somebody already had. Unknown serials are refused."""
    with transaction.atomic():
        mine = Certificate.objects.filter(serial=serial)
        if mine.filter(revoked_at=None).update(revoked_at=now, revoked_for=reason.value):
            _note(serial, "certificates.revoked", actor, now, reason=reason.value)
            return True
    if not mine.exists():
        raise RuleBroken(Refusal.UNKNOWN)
    return False


def reissue(*, serial: str, actor: str, now: datetime) -> str:
    """Give a new certificate, with a new serial, for one that was revoked; return the serial."""
    with transaction.atomic():
        former = Certificate.objects.select_for_update(no_key=True).filter(serial=serial).first()
        if former is None or former.person is None:
            raise RuleBroken(Refusal.PERSON_GONE)
        valid = Certificate.objects.filter(
            campaign_id=former.campaign_id, person=former.person, revoked_at=None
        )
        if former.revoked_at is None or valid.exists():
            raise RuleBroken(Refusal.STILL_VALID)
        made = Certificate.objects.create(
            serial=new_serial(),
            subject=former.subject,
            campaign_id=former.campaign_id,
            person=former.person,
            unit_id=former.unit_id,
            kind=former.kind,
            rule_id=former.rule_id,
            unlocked_at=now,
        )
        _note(serial, "certificates.reissued", actor, now, by=made.serial)
    return made.serial


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Erase: the rows lose the person, and their serials answer as withdrawn. Return how many."""
    with transaction.atomic():
        mine = Certificate.objects.filter(person__in=list(person_ids))
        mine.filter(revoked_at=None).update(revoked_at=now, revoked_for=RevokedFor.WITHDRAWN.value)
        return _let_go(mine, "certificates.forgotten", now, actor)


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Let the rows of a campaign lose their persons and stay as valid as they are.

    Who was exempt is frozen before, so that the rates stay what they are (CER-2).
    """
    with transaction.atomic():
        values = {"campaign": term.campaign, "day": term.last_on}
        execute(statement("freeze_exempt"), values)
        rows = _let_go(held_in(term), "certificates.term_over", now, actor)
    return {"certificates": rows}


def _let_go(held: QuerySet[Certificate], action: str, now: datetime, actor: str) -> int:
    rows = held.update(person=None)
    if rows:
        audit.record(
            actor=actor, action=action, subject="certificates:persons", now=now, certificates=rows
        )
    return rows


def _note(serial: str, action: str, actor: str, now: datetime, **detail: str) -> None:
    audit.record(actor=actor, action=action, subject=f"certificate:{serial}", now=now, **detail)
