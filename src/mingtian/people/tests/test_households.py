"""Homes, relatives, transfers and leaving: one person once, found again after every change."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.people import queries
from mingtian.people.actions import add_relative, found_household, leave, transfer_pupil
from mingtian.people.models import Household, Person
from mingtian.people.rules import Kin, PersonKind
from mingtian.people.sealing import opened, sealer
from mingtian.testing.make import (
    ACTOR,
    DAY,
    NOW,
    Tree,
    make_household,
    make_pupils,
    make_teachers,
    make_tree,
)

pytestmark = pytest.mark.django_db

found = partial(found_household, actor=ACTOR, now=NOW)
add = partial(add_relative, actor=ACTOR, now=NOW)
transfer = partial(transfer_pupil, actor=ACTOR, now=NOW)
go = partial(leave, actor=ACTOR, now=NOW)


def row_of(unit: Unit) -> UnitRow:
    return unit_rows([unit.pk], DAY)[unit.pk]


def test_children_of_one_home_join_the_home_that_one_of_them_has() -> None:
    tree = make_tree()
    first, second = make_pupils(tree.class_one, 2)
    home = found(children=[first])

    again = found(children=[second, first])

    assert again == home
    assert Household.objects.count() == 1
    assert {row.id for row in queries.list_household(home.pk, DAY)} == {first.pk, second.pk}


def test_a_relative_is_one_person_however_often_it_is_added() -> None:
    tree = make_tree()
    child = make_pupils(tree.class_one, 1)[0]
    home = found(children=[child])

    mother = add(household=home, kin=Kin.MOTHER, through=child)
    again = add(household=home, kin=Kin.MOTHER, through=child)

    assert mother == again
    assert (mother.kind, mother.unit_id) == (PersonKind.PARENT, tree.class_one.pk)
    assert AuditEntry.objects.filter(action="people.relative_added").count() == 1


def test_a_transferred_pupil_is_found_in_the_new_class_by_number_and_name() -> None:
    tree = make_tree()
    child = make_pupils(tree.class_one, ["𬱖䶮"])[0]

    assert transfer(person=child, to=row_of(tree.far_class), number="07")
    assert not transfer(person=child, to=row_of(tree.far_class), number="")

    index = sealer().index
    there = Person.objects.get(
        unit=tree.far_class,
        number_index=index("number", "7", tree.far_class.pk),
        name_index=index("name", "𬱖䶮", tree.far_class.pk),
    )
    assert (opened(there, "number"), opened(there, "name")) == ("07", "𬱖䶮")


def test_relatives_follow_the_last_child_out_of_a_class() -> None:
    tree = make_tree()
    first, second = make_pupils(tree.class_one, 2)
    home = make_household(first, second, kin=[Kin.MOTHER])

    transfer(person=first, to=row_of(tree.class_two), number="")
    stayed = Person.objects.get(household=home, kin=Kin.MOTHER).unit_id
    transfer(person=second, to=row_of(tree.class_two), number="")
    followed = Person.objects.get(household=home, kin=Kin.MOTHER).unit_id

    assert (stayed, followed) == (tree.class_one.pk, tree.class_two.pk)


def test_relatives_leave_with_the_last_child() -> None:
    tree = make_tree()
    first, second = make_pupils(tree.class_one, 2)
    home = make_household(first, second, kin=[Kin.MOTHER, Kin.MATERNAL_GRANDFATHER])

    assert go(person=first, on=DAY)
    assert len(queries.list_household(home.pk, DAY)) == 3
    assert go(person=second, on=DAY)
    assert not go(person=second, on=DAY + timedelta(days=1))
    assert queries.list_household(home.pk, DAY) == []
    assert len(queries.list_household(home.pk, DAY - timedelta(days=1))) == 4


def test_counts_by_unit_and_kind_leave_out_those_who_left() -> None:
    tree = make_tree()
    pupils = make_pupils(tree.class_one, 3)
    make_household(pupils[0], kin=[Kin.FATHER, Kin.OTHER_GUARDIAN])
    make_teachers(tree.teachers)
    go(person=pupils[2], on=DAY)
    units = [tree.class_one.pk, tree.class_two.pk, tree.teachers.pk]

    counted = queries.count_persons(units, DAY)

    assert counted == {
        (tree.class_one.pk, PersonKind.PUPIL): 2,
        (tree.class_one.pk, PersonKind.PARENT): 1,
        (tree.class_one.pk, PersonKind.OTHER_GUARDIAN): 1,
        (tree.teachers.pk, PersonKind.TEACHER): 2,
    }
    yesterday = DAY - timedelta(days=1)
    assert queries.count_persons(units, yesterday, [PersonKind.PUPIL]) == {
        (tree.class_one.pk, PersonKind.PUPIL): 3
    }
    assert queries.count_households(units, DAY) == {tree.class_one.pk: 1}
    assert [row.id for row in queries.list_roster(tree.class_one.pk, DAY)] == [
        pupils[0].pk, pupils[1].pk,
    ]  # fmt: skip
    assert len(queries.list_people(tree.class_one.pk, DAY)) == 4


def two_homes(tree: Tree) -> None:
    first, second = make_pupils(tree.class_one, 2)
    make_household(first)
    make_household(second)
    first.refresh_from_db()
    found(children=[first, second])


def relative_through_another_home(tree: Tree) -> None:
    first, second = make_pupils(tree.class_one, 2)
    make_household(second)
    add(household=make_household(first), kin=Kin.MOTHER, through=second)


def pupil_to_a_staff_group(tree: Tree) -> None:
    transfer(person=make_pupils(tree.class_one, 1)[0], to=row_of(tree.teachers), number="")


def pupil_onto_a_taken_number(tree: Tree) -> None:
    make_pupils(tree.class_two, 1)
    transfer(person=make_pupils(tree.class_one, 1)[0], to=row_of(tree.class_two), number="")


def pupil_who_left(tree: Tree) -> None:
    child = make_pupils(tree.class_one, 1)[0]
    go(person=child, on=DAY)
    transfer(person=child, to=row_of(tree.class_two), number="")


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (two_homes, "households_differ"),
        (relative_through_another_home, "child_of_another_household"),
        (pupil_to_a_staff_group, "transfer_to_other_kind"),
        (pupil_onto_a_taken_number, "number_taken"),
        (pupil_who_left, "person_has_left"),
    ],
)
def test_an_impossible_change_is_refused(attempt: Callable[[Tree], None], code: str) -> None:
    tree = make_tree()

    with pytest.raises(RuleBroken) as refused:
        attempt(tree)

    assert refused.value.code == code
