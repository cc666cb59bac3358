"""Reads of rosters, households and counts, without names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from mingtian.people.models import Person
from mingtian.people.rules import ROSTER_KINDS, PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Somebody of a unit, without number or name. ``id`` never leaves the server."""

    id: int
    public_id: str
    kind: PersonKind
    unit_id: int
    household_id: int | None
    kin: str


def list_roster(unit_id: int, day: date) -> list[PersonRow]:
    """Return who stands on the unit's roster on the day: pupils, teachers or five-old."""
    return _rows(_present(day).filter(unit_id=unit_id, kind__in=ROSTER_KINDS))


def list_people(unit_id: int, day: date) -> list[PersonRow]:
    """Return everybody counted in the unit on the day, relatives and residents included."""
    return _rows(_present(day).filter(unit_id=unit_id))


def list_persons(person_ids: Collection[int]) -> list[PersonRow]:
    """Return the persons of these keys in the order of the keys; those that are gone left out."""
    return _rows(Person.objects.filter(pk__in=person_ids).order_by("pk"))


def list_household(household_id: int, day: date) -> list[PersonRow]:
    """Return the people of one household on the day."""
    return _rows(_present(day).filter(household_id=household_id))


def count_persons(
    unit_ids: Collection[int], day: date, kinds: Collection[PersonKind] | None = None
) -> dict[tuple[int, PersonKind], int]:
    """Count persons by unit and kind on the day, for denominators; zeros are left out."""
    wanted = _present(day).filter(unit_id__in=unit_ids)
    if kinds is not None:
        wanted = wanted.filter(kind__in=kinds)
    counted = wanted.order_by().values_list("unit_id", "kind").annotate(number=Count("pk"))
    return {(unit, PersonKind(kind)): number for unit, kind, number in counted}


def count_households(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """Count households by the units of their children; one with children in two counts in both."""
    counted = (
        _present(day)
        .filter(unit_id__in=unit_ids, kind=PersonKind.PUPIL, household__isnull=False)
        .order_by()
        .values_list("unit_id")
        .annotate(number=Count("household_id", distinct=True))
    )
    return dict(counted)


def present_on(day: date) -> Q:
    """Return the condition under which somebody has not left by the day."""
    return Q(left_on=None) | Q(left_on__gt=day)


def _present(day: date) -> QuerySet[Person]:
    return Person.objects.filter(present_on(day)).order_by("pk")


def _rows(people: QuerySet[Person]) -> list[PersonRow]:
    columns = people.values_list("pk", "public_id", "kind", "unit_id", "household_id", "kin")
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
