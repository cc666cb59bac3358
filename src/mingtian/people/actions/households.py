"""Found households, add relatives, move a pupil to another class, let somebody leave."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.org.rules import UnitKind
from mingtian.people.models import Household, Person
from mingtian.people.rosters.writing import let_people_leave
from mingtian.people.rules import KIND_OF_KIN, Kin, PersonKind
from mingtian.people.sealing import opened, place_of, sealer

RELATIVE_KINDS = (PersonKind.PARENT, PersonKind.GRANDPARENT, PersonKind.OTHER_GUARDIAN)


def found_household(*, children: Sequence[Person], actor: str, now: datetime) -> Household:
    """Give children their home, or bring them into the one that some of them have.

    Refused when they have two different homes already: nobody but people can tell which
    one is right.
    """
    with transaction.atomic():
        keys = [child.pk for child in children]
        locked = list(
            Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        )
        homes = {child.household_id for child in locked if child.household_id is not None}
        if len(homes) > 1:
            raise RuleBroken("households_differ")
        if homes:
            household = Household.objects.get(pk=homes.pop())
        else:
            household = Household.objects.create(created_at=now)
        joined = Person.objects.filter(pk__in=keys, household=None).update(household=household)
        if joined:
            _note(f"household:{household.public_id}", "people.household_joined", actor, now, joined)
    for child in children:
        child.household = household
    return household


def add_relative(
    *, household: Household, kin: Kin, through: Person, actor: str, now: datetime
) -> Person:
    """Return the household's relative of this kin, added when new (FAM-1).

    A relative has no name and counts in the class of the child through whom it came first.
    """
    if through.household_id != household.pk or through.kind != PersonKind.PUPIL:
        raise RuleBroken("child_of_another_household")
    with transaction.atomic():
        relative, new = Person.objects.get_or_create(
            household=household,
            kin=kin.value,
            defaults={
                "kind": KIND_OF_KIN[kin],
                "unit_id": through.unit_id,
                "created_at": now,
            },
        )
        if new:
            _note(f"household:{household.public_id}", "people.relative_added", actor, now, 1)
    return relative


def transfer_pupil(*, person: Person, to: UnitRow, number: str, actor: str, now: datetime) -> bool:
    """Move somebody to another class or staff group; the empty number keeps the present one.

    Number and name are indexed anew, because an index holds within one unit only. Relatives
    follow unless another child of the home stays in the old class. What was counted on
    earlier evenings stays where it was counted. Returns False when the person is there.
    """
    wanted = UnitKind.CLASS if person.kind == PersonKind.PUPIL else UnitKind.STAFF_GROUP
    if to.kind is not wanted:
        raise RuleBroken("transfer_to_other_kind")
    try:
        with transaction.atomic():
            locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
            if locked.left_on is not None:
                raise RuleBroken("person_has_left")
            if locked.unit_id == to.id and not number:
                return False
            came_from = locked.unit_id
            _seat(locked, to.id, number)
            _relatives_follow(locked, came_from)
            _note(f"person:{locked.public_id}", "people.transferred", actor, now, 1)
    except IntegrityError as error:
        raise RuleBroken("number_taken") from error
    person.refresh_from_db()
    return True


def leave(*, person: Person, on: date, actor: str, now: datetime) -> bool:
    """Let somebody leave; ``on`` is the first day without. False when gone by then.

    Relatives leave with the last child of their home.
    """
    with transaction.atomic():
        left = let_people_leave([person.pk], on) == 1
        if left:
            _note(f"person:{person.public_id}", "people.left", actor, now, 1)
    person.refresh_from_db()
    return left


def _seat(person: Person, unit_id: int, number: str) -> None:
    """Index number and name for the unit, sealing a new number."""
    own_id = person.public_id
    name = opened(person, "name")
    if number:
        person.number_sealed = sealer().seal(number, place_of("number", own_id))
    else:
        number = opened(person, "number")
    person.number_index = sealer().index("number", number, unit_id)
    person.name_index = sealer().index("name", name, unit_id)
    person.unit_id = unit_id
    person.save(update_fields=["unit", "number_sealed", "number_index", "name_index"])


def _relatives_follow(child: Person, came_from: int) -> None:
    if child.household_id is None or child.kind != PersonKind.PUPIL:
        return
    home = Person.objects.filter(household=child.household_id)
    if home.filter(unit_id=came_from, kind=PersonKind.PUPIL, left_on=None).exists():
        return
    home.filter(unit_id=came_from, kind__in=RELATIVE_KINDS).update(unit_id=child.unit_id)


def _note(subject: str, action: str, actor: str, now: datetime, persons: int) -> None:
    audit.record(actor=actor, action=action, subject=subject, now=now, persons=persons)
