"""Reads of one home for the family itself: who belongs to it, with the numbers they typed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingtian.people.models import Consent, Departed, Household, Person, Receipt
from mingtian.people.rules import GivenBy, Leaving, PersonKind
from mingtian.people.sealing import opened, sealer


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberRow:
    """Somebody of a home. ``number`` is the roster number, empty for relatives and guests.

    ``departed_at`` is set while the home has taken its leave. Names are not opened here.
    """

    id: int
    public_id: str
    kind: PersonKind
    unit_id: int
    kin: str
    number: str
    created_at: datetime
    departed_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRow:
    """What a home agreed to; ``withdrawn_at`` is None while it holds."""

    version: int
    given_by: GivenBy
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptRow:
    """What is left of a leave-taking: when, what, and counts. Nobody can be found in it."""

    public_id: str
    what: Leaving
    at: datetime
    counts: dict[str, int]
    consent_version: int | None
    consent_given_at: datetime | None


def find_receipt(public_id: str) -> ReceiptRow | None:
    """Return the receipt with this code, or None."""
    found = Receipt.objects.filter(public_id=public_id).first()
    if found is None:
        return None
    return ReceiptRow(
        public_id=found.public_id,
        what=Leaving(found.what),
        at=found.at,
        counts={str(key): int(value) for key, value in found.counts.items()},
        consent_version=found.consent_version,
        consent_given_at=found.consent_given_at,
    )


def public_ids_of_homes(household_ids: Collection[int]) -> dict[int, str]:
    """Return the public ids of those homes that are still there."""
    found = Household.objects.filter(pk__in=household_ids)
    return dict(found.values_list("pk", "public_id"))


def list_members(household_ids: Collection[int]) -> dict[int, list[MemberRow]]:
    """Return everybody of each home, pupils first; those who left their class included.

    Opens roster numbers for the family that typed them on its phone (domain.md 11.3: least
    authority; a name is opened only for the file the family asks for).
    """
    people = list(
        Person.objects.filter(household_id__in=household_ids)
        .only(
            "public_id", "kind", "unit", "kin", "number_sealed", "created_at", "household",
        )
        .order_by("household_id", "kind", "pk")
    )  # fmt: skip
    gone = dict(
        Departed.objects.filter(person__in=[one.pk for one in people]).values_list("person", "at")
    )
    homes: dict[int, list[MemberRow]] = {}
    for one in people:
        assert one.household_id is not None
        homes.setdefault(one.household_id, []).append(_row(one, gone.get(one.pk)))
    return homes


def list_persons_of(household_ids: Collection[int]) -> list[int]:
    """Return the keys of everybody in these homes; neither number nor name is opened."""
    people = Person.objects.filter(household_id__in=household_ids).order_by("pk")
    return list(people.values_list("pk", flat=True))


def latest_consent(household_id: int) -> ConsentRow | None:
    """Return what the home agreed to last, withdrawn or not; None before its first consent."""
    found = Consent.objects.filter(household_id=household_id).order_by("-given_at", "-pk").first()
    if found is None:
        return None
    return ConsentRow(
        version=found.version,
        given_by=GivenBy(found.given_by),
        given_at=found.given_at,
        withdrawn_at=found.withdrawn_at,
    )


def is_number_of(household_id: int, typed: str) -> bool:
    """Say whether somebody of the home stands on a roster under this number."""
    people = Person.objects.filter(household_id=household_id, number_index__isnull=False)
    return any(
        bytes(index) == sealer().index("number", typed, unit)
        for unit, index in people.values_list("unit_id", "number_index")
        if index is not None
    )


def _row(person: Person, departed_at: datetime | None) -> MemberRow:
    return MemberRow(
        id=person.pk,
        public_id=person.public_id,
        kind=PersonKind(person.kind),
        unit_id=person.unit_id,
        kin=person.kin,
        number=opened(person, "number") if person.number_sealed else "",
        created_at=person.created_at,
        departed_at=departed_at,
    )
