"""Makers for children in difficulty, through the product's own actions. All of them are invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.models import User

from mingtian.children.actions import ConsentSpec, Registered, note_consent, register
from mingtian.children.queries import look
from mingtian.children.rules import (
    Basis,
    Category,
    ConsentPurpose,
    Despite,
    GuardianKin,
    Party,
    Sex,
    Way,
    Whereabouts,
)
from mingtian.children.spec import CategorySpec, ChildSpec, Facts, GuardianSpec, Home
from mingtian.children.tokens import Sought
from mingtian.core.clock import day_of
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose

NAME = "何思远"
BORN_ON = date(2014, 5, 6)
"""Nine years old on the day of the small world."""

GUARDIAN = GuardianSpec(name="何安和", kin=GuardianKin.GRANDPARENT, phone="13900000001")
LEFT_BEHIND = CategorySpec(
    category=Category.LEFT_BEHIND, basis=Basis.BOTH_AWAY, starts_on=date(2022, 9, 1)
)


def make_worker(unit: Unit, username: str = "worker") -> User:
    """Make a case worker of a village, town or county."""
    return make_staff(username, unit, Role.CASE_WORKER)


def make_aid_clerk(unit: Unit, username: str = "clerk") -> User:
    """Make an aid clerk of a school, town or county."""
    return make_staff(username, unit, Role.AID_CLERK)


def child_spec(
    unit: Unit,
    school: Unit | None = None,
    *,
    name: str = NAME,
    born_on: date = BORN_ON,
    categories: Sequence[CategorySpec] = (LEFT_BEHIND,),
    guardians: Sequence[GuardianSpec] = (GUARDIAN,),
    despite: Despite | None = None,
) -> ChildSpec:
    """Say of an invented child what a worker knows. ``looked`` is missing: :func:`looked_for` adds it."""
    return ChildSpec(
        unit_id=unit.pk, school_id=school.pk if school else None, name=name,
        birth_year=born_on.year, despite=despite,
        facts=Facts(
            born_on=born_on, sex=Sex.BOY, ethnicity="汉族", grade="三年级", boarding=True
        ),
        home=Home(
            address="柳河村三组", father=Whereabouts.OTHER_PROVINCE,
            mother=Whereabouts.OTHER_PROVINCE,
        ),
        guardians=tuple(guardians), categories=tuple(categories),
    )  # fmt: skip


def looked_for(door: Door, unit_id: int, name: str) -> str:
    """Look for a name and return the receipt that registering needs."""
    return look(door, unit_id, Sought(text=name)).receipt


def make_child(
    worker: User,
    unit: Unit,
    school: Unit | None = None,
    *,
    name: str = NAME,
    now: datetime = NOW,
    consents: Sequence[ConsentPurpose] = (),
    **said: object,
) -> Registered:
    """Have a case worker look for a child and register it; ``said`` as for :func:`child_spec`.

    Every child has the same guardian unless ``guardians`` says else, so ``despite`` is a sibling's.
    """
    said.setdefault("despite", Despite.SIBLING)
    with enter(worker, now=now, purpose=Purpose.REGISTERING) as door:
        spec = child_spec(unit, school, name=name, **said)  # type: ignore[arg-type]
        child = register(door, replace(spec, looked=looked_for(door, unit.pk, name)))
        for purpose in consents:
            agree(door, child.id, purpose)
    return child


def make_aided_child(
    clerk: User, unit: Unit, school: Unit, *, name: str = NAME, birth_year: int = 2014,
    now: datetime = NOW,
) -> Registered:  # fmt: skip
    """Have an aid clerk of the school look for a child and register it for aid: name and year alone."""
    with enter(clerk, now=now, purpose=Purpose.AID) as door:
        receipt = looked_for(door, unit.pk, name)
        spec = ChildSpec(
            unit_id=unit.pk, school_id=school.pk, name=name, birth_year=birth_year, looked=receipt
        )
        return register(door, spec)


def agree(
    door: Door, child: int, purpose: ConsentPurpose, *, party: Party = Party.GUARDIAN,
    given_on: date | None = None,
) -> str:  # fmt: skip
    """Note a consent on paper and return its number."""
    day = given_on or day_of(door.now)
    said = ConsentSpec(
        purpose=purpose, party=party, way=Way.PAPER, given_on=day,
        told_on=day if party is Party.CHILD else None,
    )  # fmt: skip
    return note_consent(door, child, said).public_id
