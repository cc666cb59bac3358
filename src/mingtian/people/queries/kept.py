"""Everything that this module keeps about people, opened for the family that asks for it."""

from collections.abc import Collection

from mingtian.core.keeping import Kept
from mingtian.people.models import Consent, Departed, Person, Standing
from mingtian.people.rules import PersonKind
from mingtian.people.sealing import opened


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return roster entries, homes, consents, decisions and leave-takings of these persons.

    Opens sealed numbers and names: for the family itself only, and whoever calls it records
    that in the trail.
    """
    people = list(Person.objects.filter(pk__in=person_ids).order_by("kind", "pk"))
    homes = {person.household_id for person in people if person.household_id is not None}
    return [
        *map(_person, people),
        *map(_consent, Consent.objects.filter(household_id__in=homes).order_by("given_at", "pk")),
        *map(_standing, Standing.objects.filter(person_id__in=person_ids).order_by("starts_on")),
        *map(_departed, Departed.objects.filter(person__in=person_ids).order_by("person")),
    ]


def _person(person: Person) -> Kept:
    return Kept(
        what="person",
        person_id=person.pk,
        at=person.created_at,
        facts={
            "kind": PersonKind(person.kind).name.lower(),
            "kin": person.kin or None,
            "number": opened(person, "number") if person.number_sealed else None,
            "name": opened(person, "name") if person.name_sealed else None,
            "left_on": person.left_on.isoformat() if person.left_on else None,
        },
    )


def _consent(consent: Consent) -> Kept:
    withdrawn = consent.withdrawn_at
    return Kept(
        what="consent",
        person_id=None,
        at=consent.given_at,
        facts={
            "version": consent.version,
            "language": consent.language,
            "given_by": consent.given_by,
            "withdrawn_at": withdrawn.isoformat() if withdrawn else None,
        },
    )


def _standing(standing: Standing) -> Kept:
    return Kept(
        what="standing",
        person_id=standing.person_id,
        at=standing.decided_at,
        facts={
            "state": standing.state,
            "reason": standing.reason or None,
            "starts_on": standing.starts_on.isoformat(),
            "review_on": standing.review_on.isoformat() if standing.review_on else None,
            "ends_on": standing.ends_on.isoformat() if standing.ends_on else None,
        },
    )


def _departed(departed: Departed) -> Kept:
    return Kept(what="departed", person_id=departed.person, at=departed.at)
