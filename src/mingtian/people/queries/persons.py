"""Reads of persons by key, without names."""

from collections.abc import Collection

from mingtian.people.models import Person
from mingtian.people.queries.rosters import PersonRow
from mingtian.people.rules import PersonKind


def list_persons(person_ids: Collection[int]) -> list[PersonRow]:
    """Return the persons of these keys in the order of the keys; those that are gone left out."""
    found = Person.objects.filter(pk__in=list(person_ids)).order_by("pk")
    columns = found.values_list("pk", "public_id", "kind", "unit_id", "household_id", "kin")
    return [
        PersonRow(
            id=pk,
            public_id=public_id,
            kind=PersonKind(kind),
            unit_id=unit_id,
            household_id=household_id,
            kin=kin,
        )
        for pk, public_id, kind, unit_id, household_id, kin in columns
    ]
