"""Somebody agrees to something for a child, and takes it back."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from mingtian.children import rules
from mingtian.children.access import thing_of
from mingtian.children.models import Consent, Identity
from mingtian.children.rules import ConsentPurpose, Party, Way
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door
from mingtian.vault.rules import Part


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentSpec:
    """Who agreed to what, how and when; ``told_on`` is when the guardian was told of the child's own."""

    purpose: ConsentPurpose
    party: Party
    way: Way
    given_on: date
    told_on: date | None = None


def note_consent(door: Door, child: int, said: ConsentSpec) -> Consent:
    """Note a consent to the text that held on its day; the same noted twice is one.

    Who only keeps lists of aid notes consents to aid (``children_consent_to_aid_only``).
    """
    today = day_of(door.now)
    if said.given_on > today or (said.told_on is not None and said.told_on > today):
        raise RuleBroken("children_consent_in_future")
    if said.party is Party.CHILD and said.told_on is None:
        raise RuleBroken("children_guardian_not_told")
    if said.purpose is not ConsentPurpose.AID and door.parts(child) == {Part.CLERK}:
        raise RuleBroken("children_consent_to_aid_only")
    if not Identity.objects.filter(child_id=child).exists():
        raise RuleBroken("vault_no_such_child")
    row = Consent(
        child_id=child, purpose=said.purpose.value, party=said.party.value, way=said.way.value,
        version=rules.version_on(said.purpose, said.given_on), given_on=said.given_on,
        told_on=said.told_on, noted_by_id=door.user_id, noted_at=door.now,
    )  # fmt: skip
    same = {"child_id": child, "purpose": row.purpose, "party": row.party, "version": row.version}
    if found := Consent.objects.filter(**same, withdrawn_at=None).first():
        return found
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Consent.objects.get(**same, withdrawn_at=None)
    _record(door, row, "children.consent_noted")
    return row


def withdraw_consent(door: Door, child: int, consent: str) -> bool:
    """Note that a consent was taken back, by its public id; says whether that was new.

    From now on nothing new is done for that purpose. The duty to protect goes on.
    """
    row = thing_of(Consent, child, consent)
    if not Consent.objects.filter(pk=row.pk, withdrawn_at=None).update(withdrawn_at=door.now):
        return False
    _record(door, row, "children.consent_withdrawn")
    return True


def _record(door: Door, row: Consent, action: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"children_consent:{row.public_id}",
        now=door.now, child=row.child_id, purpose=row.purpose, party=row.party,
    )  # fmt: skip
