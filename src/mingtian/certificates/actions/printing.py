"""Draw certificates: for a home its own, for a class teacher those of the class.

Names are opened here and nowhere else in the module, for the moment of drawing, and every opening
is recorded. Nothing of what is typed is kept.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from django.http import Http404

from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.certificates.badges.credential import credential_of
from mingtian.certificates.drawing.paper import card_png, sheet_pdf
from mingtian.certificates.drawing.words import Owner, sheet_of
from mingtian.certificates.queries.certificates import (
    CertificateRow,
    find_certificate,
    list_valid_of,
)
from mingtian.certificates.rules import Refusal, name_refusal
from mingtian.core.errors import RuleBroken
from mingtian.core.fonts import undrawable
from mingtian.org.queries import UnitRow
from mingtian.people.access import Reader
from mingtian.people.actions import read_roster_names
from mingtian.people.actions.own_names import read_own_name
from mingtian.people.queries import list_persons
from mingtian.people.rules import ROSTER_KINDS, ValueFault, name_fault

Form = Literal["pdf", "png", "json"]
CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "json": "application/vc+ld+json",
}
PURPOSE = "certificate"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a home asks for: one of its certificates, as paper, picture or signed credential.

    ``person_ids`` are those the home reaches. ``name`` is what a relative has just typed; people
    on a roster get the name of the roster, whatever was typed.
    """

    serial: str
    person_ids: Collection[int]
    form: Form
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """A file to send."""

    body: bytes
    content_type: str
    file_name: str


def print_certificate(*, wanted: Wanted, actor: str, now: datetime) -> Printed:
    """Return one certificate as a file, in the reader's language.

    404 when it is not of the home. Refuses a revoked one, and a name that cannot be printed.
    """
    found = find_certificate(wanted.serial, wanted.person_ids)
    if found is None or found.person_id is None:
        raise Http404
    if not found.valid:
        raise RuleBroken(Refusal.NOT_VALID)
    return Printed(
        body=_body(found, wanted, actor, now),
        content_type=CONTENT_TYPES[wanted.form],
        file_name=f"certificate-{found.serial}.{wanted.form}",
    )


def print_booklet(*, user: Reader, unit: UnitRow, campaign: CampaignRow, now: datetime) -> bytes:
    """Return the certificates of a class's pupils as one PDF, for its class teacher only (404).

    In the order of the roster. A name that no font here draws leaves a line to write it on, so
    that it does not hold up the class. Refuses when none is unlocked. Opening the names is
    recorded.
    """
    names = {row.id: row.name for row in read_roster_names(user=user, unit=unit, now=now)}
    found = {row.person_id: row for row in list_valid_of(campaign.id, names)}
    owners = [
        Owner(certificate=found[person], name=name, by_hand=bool(undrawable(name)))
        for person, name in names.items()
        if person in found
    ]
    if not owners:
        raise RuleBroken(Refusal.NOTHING_TO_PRINT)
    evenings = len(list_lectures(campaign.id))
    return sheet_pdf(sheet_of(owners, campaign=campaign, evenings=evenings))


def _body(found: CertificateRow, wanted: Wanted, actor: str, now: datetime) -> bytes:
    [person] = list_persons([found.person_id or 0])
    if wanted.form == "json":
        return msgspec.json.format(
            msgspec.json.encode(credential_of(found, person.public_id)), indent=2
        )
    name = wanted.name.strip()
    if person.kind in ROSTER_KINDS:
        name = read_own_name(person_id=person.id, purpose=PURPOSE, actor=actor, now=now)
    elif name:
        _check(name)
    owner = Owner(certificate=found, name=name, kin=person.kin)
    sheet = sheet_of(
        [owner], campaign=found.campaign, evenings=len(list_lectures(found.campaign.id))
    )
    return sheet_pdf(sheet) if wanted.form == "pdf" else card_png(sheet)


def _check(name: str) -> None:
    if (refusal := name_refusal(name)) is not None:
        raise RuleBroken(refusal)
    fault = name_fault(name)
    if fault is ValueFault.NAME_UNPRINTABLE:
        raise RuleBroken(Refusal.NOT_PRINTABLE, characters="?")
    if fault is not None:
        # A paper for the wall must not carry a telephone or citizen number.
        raise RuleBroken(Refusal.NAME_HOLDS_NUMBER)
