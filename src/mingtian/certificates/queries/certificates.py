"""Reads of certificates: those of a home, of a class, and what anybody may learn of a serial."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from mingtian.campaigns.queries import CampaignRow, campaign_row
from mingtian.certificates.models import Certificate
from mingtian.certificates.rules import grouped_serial, is_serial, tidy_serial
from mingtian.core.clock import day_of
from mingtian.core.keeping import Kept, Term


class State(StrEnum):
    """What anybody may learn about a serial (CER-3)."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateRow:
    """A certificate with its campaign. ``person_id`` never leaves the server."""

    id: int
    serial: str
    subject: UUID
    campaign: CampaignRow
    person_id: int | None
    kind: int
    unlocked_at: datetime
    revoked_at: datetime | None
    revoked_for: str

    @property
    def valid(self) -> bool:
        return self.revoked_at is None

    @property
    def grouped(self) -> str:
        return grouped_serial(self.serial)

    @property
    def issued_on(self) -> date:
        return day_of(self.unlocked_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class SerialCheck:
    """The answer to a serial. ``certificate`` is None for an unknown one."""

    serial: str
    state: State
    mistyped: bool = False
    certificate: CertificateRow | None = None


def check_serial(typed: str) -> SerialCheck:
    """Say whether a certificate is valid. One query, whatever was typed."""
    serial = tidy_serial(typed)
    found = _load(serial=serial)
    if not found:
        mistyped = not is_serial(serial)
        return SerialCheck(serial=serial, state=State.UNKNOWN, mistyped=mistyped)
    state = State.VALID if found[0].valid else State.REVOKED
    return SerialCheck(serial=serial, state=state, certificate=found[0])


def is_of_campaign(serial: str, campaign_id: int) -> bool:
    """Say whether the serial was issued in the campaign, valid or not."""
    return Certificate.objects.filter(serial=serial, campaign_id=campaign_id).exists()


def find_certificate(serial: str, person_ids: Collection[int]) -> CertificateRow | None:
    """Return the certificate when it belongs to one of the persons, else None."""
    found = _load(serial=serial, person__in=list(person_ids))
    return found[0] if found else None


def list_certificates(person_ids: Collection[int]) -> list[CertificateRow]:
    """Return the certificates of persons in all campaigns, revoked ones too, oldest first."""
    return _load(person__in=list(person_ids))


def list_valid_of(campaign_id: int, person_ids: Collection[int]) -> list[CertificateRow]:
    """Return the valid certificates of persons in one campaign."""
    return _load(campaign_id=campaign_id, person__in=list(person_ids), revoked_at=None)


def list_revoked(campaign_id: int) -> list[tuple[str, datetime, str]]:
    """Return serial, instant and reason of a campaign's revoked certificates, latest first."""
    revoked = Certificate.objects.filter(campaign_id=campaign_id).exclude(revoked_at=None)
    revoked = revoked.order_by("-revoked_at", "-pk")
    return [
        (serial, at, reason)
        for serial, at, reason in revoked.values_list("serial", "revoked_at", "revoked_for")
        if at is not None
    ]


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return everything that this module keeps about persons (PIPL 45)."""
    return [
        Kept(
            what="certificate",
            person_id=each.person_id,
            at=each.unlocked_at,
            facts={
                "campaign": each.campaign.name,
                "serial": each.grouped,
                "valid": each.valid,
                "revoked_for": each.revoked_for or None,
            },
        )
        for each in list_certificates(person_ids)
    ]


def count_term(term: Term) -> dict[str, int]:
    """Count the certificates of a campaign that somebody still holds."""
    return {"certificates": held_in(term).count()}


def held_in(term: Term) -> QuerySet[Certificate]:
    """Return the certificates of a campaign that still name a person."""
    return Certificate.objects.filter(campaign_id=term.campaign, person__isnull=False)


def _load(**wanted: object) -> list[CertificateRow]:
    rows = Certificate.objects.filter(**wanted).select_related("campaign__scope").order_by("pk")
    return [
        CertificateRow(
            id=each.pk,
            serial=each.serial,
            subject=each.subject,
            campaign=campaign_row(each.campaign),
            person_id=each.person,
            kind=each.kind,
            unlocked_at=each.unlocked_at,
            revoked_at=each.revoked_at,
            revoked_for=each.revoked_for,
        )
        for each in rows
    ]
