"""Legal categories with dated definitions; they overlap, and totals say so (AID-1, AID-6)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from mingtian.children import actions, queries
from mingtian.children.queries import CategoryCounts
from mingtian.children.rules import (
    DEFINITIONS,
    DIFFICULTY,
    Basis,
    Category,
    Whereabouts,
    check_category,
    fits,
    turns,
)
from mingtian.children.spec import CategorySpec
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import LEFT_BEHIND, make_child
from mingtian.testing.make import DAY, NOW, Tree
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

C, B, W = Category, Basis, Whereabouts
POOR = CategorySpec(category=C.POVERTY, basis=B.LOW_INCOME, starts_on=date(2023, 1, 1))


@pytest.mark.parametrize(
    ("category", "basis", "starts_on", "code"),
    [
        (C.LEFT_BEHIND, B.LOW_INCOME, DAY, "children_basis_of_other_category"),
        (C.LEFT_BEHIND, B.BOTH_AWAY, DAY + timedelta(days=1), "children_category_in_future"),
        (C.LEFT_BEHIND, B.BOTH_AWAY, date(2016, 2, 3), "children_category_before_definition"),
        (C.UNATTENDED, B.BOTH_UNABLE, date(2019, 12, 31), "children_category_before_definition"),
        (C.SINGLE_PARENT, B.PARENT_DEAD, date(2006, 1, 1), "children_category_before_birth"),
    ],
)
def test_a_category_that_the_definition_does_not_give_is_refused(
    category: Category, basis: Basis, starts_on: date, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_category(category, basis, starts_on=starts_on, birth_year=2007, today=DAY)


def test_a_left_behind_child_is_below_sixteen() -> None:
    check_category(C.LEFT_BEHIND, B.BOTH_AWAY, starts_on=DAY, birth_year=2007, today=DAY)
    with pytest.raises(RuleBroken, match="children_too_old_for_category"):
        check_category(C.LEFT_BEHIND, B.BOTH_AWAY, starts_on=DAY, birth_year=2006, today=DAY)


def test_every_category_has_its_definition_and_its_own_reasons() -> None:
    assert DEFINITIONS.keys() == set(Category)
    assert {DEFINITIONS[each].document for each in DIFFICULTY} == {"国发〔2016〕36号"}
    assert sorted(basis for one in DEFINITIONS.values() for basis in one.bases) == sorted(Basis)


@pytest.mark.parametrize(
    ("basis", "father", "mother", "fit"),
    [
        (B.BOTH_AWAY, W.OTHER_PROVINCE, W.HOME, False),
        (B.BOTH_AWAY, W.DEAD, W.ABROAD, False),
        (B.ONE_AWAY_OTHER_UNABLE, W.HOME, W.HOME, False),
        (B.PARENTS_DEAD, W.DEAD, W.HOME, False),
        (B.PARENTS_UNFOUND, W.IN_PROVINCE, W.UNKNOWN, False),
        (B.PARENT_DEAD, W.HOME, W.OTHER_PROVINCE, False),
        (B.PARENT_DEAD, W.DEAD, W.DEAD, False),
        (B.BOTH_AWAY, W.OTHER_PROVINCE, W.ABROAD, True),
        (B.ONE_AWAY_OTHER_UNABLE, W.HOME, W.OTHER_PROVINCE, True),
        (B.PARENTS_DEAD, W.DEAD, W.DEAD, True),
        (B.PARENT_DEAD, W.DEAD, W.HOME, True),
        (B.PARENTS_APART, W.HOME, W.OTHER_PROVINCE, True),
        *((basis, W.UNKNOWN, W.UNKNOWN, True) for basis in B),
    ],
)
def test_a_reason_fits_the_parents_unless_they_contradict_it(
    basis: Basis, father: Whereabouts, mother: Whereabouts, fit: bool
) -> None:
    assert fits(basis, father, mother) is fit
    assert fits(basis, mother, father) is fit


def test_who_was_born_on_a_leap_day_has_a_birthday() -> None:
    assert turns(16, date(2008, 2, 29)) == date(2024, 2, 29)
    assert turns(15, date(2008, 2, 29)) == date(2023, 3, 1)


def test_a_category_is_noted_once_ended_once_and_noted_anew(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village, categories=())
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        note = actions.note_category(door, child.id, POOR)
        assert actions.note_category(door, child.id, POOR).pk == note.pk
        with pytest.raises(RuleBroken, match="children_category_noted"):
            actions.note_category(
                door, child.id,
                CategorySpec(category=C.POVERTY, basis=B.MINIMUM_LIVING, starts_on=DAY),
            )  # fmt: skip
        with pytest.raises(RuleBroken, match="children_end_before_start"):
            actions.end_category(door, child.id, note.public_id, ends_on=date(2022, 12, 31))
        with pytest.raises(RuleBroken, match="children_category_in_future"):
            actions.end_category(door, child.id, note.public_id, ends_on=DAY + timedelta(days=1))
        actions.end_category(door, child.id, note.public_id, ends_on=DAY)
        with pytest.raises(RuleBroken, match="children_category_ended"):
            actions.end_category(door, child.id, note.public_id, ends_on=DAY)
        held = queries.categories_of([child.id], DAY)[child.id]
        before = queries.categories_of([child.id], DAY - timedelta(days=1))[child.id]
    assert ([row.category for row in held], [row.category for row in before]) == ([], [C.POVERTY])


def path(*units: object) -> str:
    return ".".join(str(unit.pk) for unit in units)  # type: ignore[attr-defined]


def test_sums_count_each_child_once_and_say_who_is_in_several(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village, tree.school, categories=(LEFT_BEHIND, POOR))
    make_child(worker, tree.village, name="周明川", categories=(LEFT_BEHIND,))
    make_child(worker, tree.village, name="江晨", categories=())
    village = path(tree.city, tree.county, tree.town, tree.village)
    school = path(tree.city, tree.county, tree.school)
    county, far = path(tree.city, tree.county), path(tree.city, tree.far_county)

    counts = queries.counts_by_category([village, school, county, far], DAY)

    of_all = CategoryCounts(
        by_category={C.LEFT_BEHIND: 2, C.POVERTY: 1}, children=2, in_several=1, without=1
    )
    assert counts[village] == of_all
    assert counts[county] == of_all
    assert counts[school] == CategoryCounts(
        by_category={C.LEFT_BEHIND: 1, C.POVERTY: 1}, children=1, in_several=1, without=0
    )
    assert counts[far].children == 0
    assert queries.counts_by_category([county], DAY - timedelta(days=1))[county].children == 0
    office = make_staff("office", tree.county, Role.OFFICE)
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        assert queries.totals_in_sight(door) == of_all
