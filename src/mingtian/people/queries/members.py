"""Reads of persons by key, for seats that speak for them. No number, no name."""

from collections.abc import Collection
from dataclasses import dataclass

from mingtian.people.models import Departed, Person
from mingtian.people.rules import PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Somebody who can be counted: kind and counting unit, and whether the home took its leave."""

    id: int
    kind: PersonKind
    unit_id: int
    household_id: int | None
    departed: bool


def list_counted(person_ids: Collection[int]) -> list[Counted]:
    """Return those of these persons who are still there, by kind and key."""
    people = Person.objects.filter(pk__in=person_ids).order_by("kind", "pk")
    gone = set(Departed.objects.filter(person__in=person_ids).values_list("person", flat=True))
    return [
        Counted(
            id=pk,
            kind=PersonKind(kind),
            unit_id=unit_id,
            household_id=household_id,
            departed=pk in gone,
        )
        for pk, kind, unit_id, household_id in people.values_list(
            "pk", "kind", "unit_id", "household_id"
        )
    ]
