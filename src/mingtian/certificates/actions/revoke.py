"""Take a certificate back, give another for it, and let go of who has left."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingtian.certificates.models import Certificate
from mingtian.certificates.rules import Refusal, RevokedFor, new_serial
from mingtian.core import audit
from mingtian.core.errors import RuleBroken


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
        return _let_go(person_ids, "certificates.forgotten", now, actor)


def release(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """End of the term: the rows lose the person and stay as valid as they are."""
    with transaction.atomic():
        return _let_go(person_ids, "certificates.released", now, actor)


def _let_go(person_ids: Collection[int], action: str, now: datetime, actor: str) -> int:
    rows = Certificate.objects.filter(person__in=list(person_ids)).update(person=None)
    if rows:
        audit.record(
            actor=actor, action=action, subject="certificates:persons", now=now, certificates=rows
        )
    return rows


def _note(serial: str, action: str, actor: str, now: datetime, **detail: str) -> None:
    audit.record(actor=actor, action=action, subject=f"certificate:{serial}", now=now, **detail)
