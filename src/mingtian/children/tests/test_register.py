"""A child comes onto the register (AID-1, AID-6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from mingtian.children import actions, queries
from mingtian.children.access import get_child_for
from mingtian.children.rules import Category, Despite
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import (
    GUARDIAN,
    NAME,
    child_spec,
    looked_for,
    make_aided_child,
    make_child,
    make_worker,
)
from mingtian.testing.make import DAY, NOW, Tree
from mingtian.vault.access import TurnedAway, enter
from mingtian.vault.rules import Part, Purpose


def test_whoever_registers_a_child_is_its_worker_and_opens_its_name(
    tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village, tree.school)

    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert door.parts(child.id) == {Part.WORKER}
        assert queries.names(door, [child.id]) == {child.id: NAME}
        opened = queries.open_child(door, child.id)
        held = queries.categories_of([child.id], DAY)

    assert opened.facts is not None
    assert opened.facts.grade == "三年级"
    assert opened.home is not None
    assert opened.home.address == "柳河村三组"
    assert [each.said for each in opened.guardians] == [GUARDIAN]
    assert [row.category for row in held[child.id]] == [Category.LEFT_BEHIND]


def test_an_office_sees_number_state_and_category_and_opens_no_name(
    tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village)
    office = make_staff("office", tree.town, Role.OFFICE)

    with enter(office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        (row,) = queries.list_children(door).rows
        assert (row.public_id, row.named) == (child.public_id, False)
        assert queries.names_in(door, [row]) == {}
        assert queries.categories_of([child.id], DAY)[child.id]
    with (
        pytest.raises(TurnedAway),
        enter(office, now=NOW, purpose=Purpose.SUPERVISING) as door,
    ):
        queries.names(door, [child.id])


@pytest.mark.parametrize("unit", ["far_county", "city"])
def test_elsewhere_and_above_the_county_there_is_no_such_child(
    unit: str, tree: Tree, worker: User
) -> None:
    child = make_child(worker, tree.village)
    other = make_staff("other", getattr(tree, unit), Role.OFFICE)

    with enter(other, now=NOW, purpose=Purpose.SUPERVISING) as door:
        assert queries.list_children(door).rows == ()
        with pytest.raises(Http404):
            get_child_for(door, child.public_id)


def test_a_clerk_registers_name_and_year_and_opens_no_more(tree: Tree, clerk: User) -> None:
    child = make_aided_child(clerk, tree.county, tree.school)

    with enter(clerk, now=NOW, purpose=Purpose.AID) as door:
        assert queries.names(door, [child.id]) == {child.id: NAME}
        assert get_child_for(door, child.public_id).named
    with pytest.raises(TurnedAway), enter(clerk, now=NOW, purpose=Purpose.AID) as door:
        queries.open_child(door, child.id)


def test_a_clerk_says_nothing_about_the_home(tree: Tree, clerk: User) -> None:
    with enter(clerk, now=NOW, purpose=Purpose.AID) as door:
        spec = child_spec(tree.county, tree.school)
        spec = replace(spec, looked=looked_for(door, tree.county.pk, NAME))
        with pytest.raises(RuleBroken, match="children_aid_only"):
            actions.register(door, spec)


@pytest.mark.parametrize("late", [timedelta(minutes=16), timedelta(minutes=-1)])
def test_nobody_registers_without_a_look_just_before(
    late: timedelta, tree: Tree, worker: User
) -> None:
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        receipt = looked_for(door, tree.village.pk, NAME)
        other = looked_for(door, tree.village.pk, "周明川")
    spec = child_spec(tree.village)
    for looked, at in ((receipt, NOW + late), (other, NOW), ("", NOW), ("forged", NOW)):
        with (
            pytest.raises(RuleBroken, match="children_look_first"),
            enter(worker, now=at, purpose=Purpose.REGISTERING) as door,
        ):
            actions.register(door, replace(spec, looked=looked))


def test_anothers_look_counts_for_nobody_else(tree: Tree, worker: User) -> None:
    other = make_worker(tree.village, "other")
    with enter(other, now=NOW, purpose=Purpose.REGISTERING) as door:
        receipt = looked_for(door, tree.village.pk, NAME)
    with (
        pytest.raises(RuleBroken, match="children_look_first"),
        enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door,
    ):
        actions.register(door, replace(child_spec(tree.village), looked=receipt))


def test_a_likely_double_asks_for_a_reason(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village)

    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        spec = child_spec(tree.village, name="贺思源", guardians=())
        spec = replace(spec, looked=looked_for(door, tree.village.pk, "贺思源"))
        with pytest.raises(RuleBroken, match="children_doubles"):
            actions.register(door, spec)
        made = actions.register(door, replace(spec, despite=Despite.NAMESAKE))
        assert queries.names(door, [made.id]) == {made.id: "贺思源"}


def test_many_are_registered_in_their_order_or_none(tree: Tree, worker: User) -> None:
    first, second = (child_spec(tree.village, name=name, guardians=()) for name in ("周晨", "江晨"))
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        made = actions.register_many(door, [first, second])
        opened = queries.names(door, [each.id for each in made])
    assert [opened[each.id] for each in made] == ["周晨", "江晨"]

    with (
        pytest.raises(RuleBroken, match="children_doubles"),
        enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door,
    ):
        actions.register_many(door, [child_spec(tree.village, name="冯晨", guardians=()), first])
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_children(door).number == 2


def test_the_same_child_twice_in_one_list_is_refused(tree: Tree, worker: User) -> None:
    spec = child_spec(tree.village, guardians=())
    with (
        pytest.raises(RuleBroken, match="children_registered_already"),
        enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door,
    ):
        actions.register_many(door, [spec, spec])
