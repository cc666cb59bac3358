"""Placing and moving: whole subtrees, both lines, idempotent, refused with a code."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org import queries
from mingtian.org.actions import UnitSpec, close_unit, create_unit, move_unit, place_unit
from mingtian.org.models import Placement, Unit
from mingtian.org.rules import Line, UnitKind
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, Tree, make_tree

pytestmark = pytest.mark.django_db

K = UnitKind
LATER = DAY + timedelta(days=3)
move = partial(move_unit, actor=ACTOR, now=NOW)
place = partial(place_unit, actor=ACTOR, now=NOW)


def path_names(unit: Unit, day: date, line: Line = Line.LEADS) -> list[str]:
    return [row.name for row in queries.list_ancestors(unit.pk, day, line)]


def test_a_moved_school_takes_its_classes_along_and_leaves_the_past_alone() -> None:
    tree = make_tree()

    move(unit=tree.school, line=Line.LEADS, superior=tree.far_county, on=DAY)

    yesterday = DAY - timedelta(days=1)
    assert path_names(tree.class_one, yesterday)[1] == "安平县"
    assert path_names(tree.class_one, DAY)[1] == "北河县"
    assert path_names(tree.class_one, DAY, Line.GUIDES)[1] == "安平县教育关工委"


def test_a_class_that_moves_to_another_school_follows_on_the_guiding_line() -> None:
    tree = make_tree()

    move(unit=tree.class_two, line=Line.LEADS, superior=tree.far_grade, on=DAY)

    assert path_names(tree.class_two, DAY, Line.GUIDES) == [
        "岚山市教育关工委", "北河小学", "三年级", "二班",
    ]  # fmt: skip


def test_moving_twice_to_the_same_place_changes_nothing_and_says_so() -> None:
    tree = make_tree()
    act = partial(move, unit=tree.school, line=Line.LEADS, superior=tree.town, on=DAY)
    assert act()
    rows, entries = set(Placement.objects.values_list()), AuditEntry.objects.count()

    repeated = act()

    assert not repeated
    assert set(Placement.objects.values_list()) == rows
    assert AuditEntry.objects.count() == entries


def test_a_second_move_on_the_same_day_replaces_the_first() -> None:
    tree = make_tree()
    move(unit=tree.school, line=Line.LEADS, superior=tree.far_county, on=DAY)

    move(unit=tree.school, line=Line.LEADS, superior=tree.town, on=DAY)

    assert path_names(tree.class_one, DAY)[:3] == ["岚山市", "安平县", "河口镇"]
    rows = Placement.objects.filter(unit=tree.class_one, line=Line.LEADS)
    assert [(row.starts_on, row.ends_on) for row in rows.order_by("starts_on")] == [
        (OPENED_ON, DAY),
        (DAY, None),
    ]


def test_a_move_carries_a_class_that_opens_later() -> None:
    tree = make_tree()
    spec = UnitSpec(key="c", kind=K.CLASS, name="九班", leads=tree.grade.pk)
    new = create_unit(spec=spec, opened_on=LATER, actor=ACTOR, now=NOW)

    move(unit=tree.school, line=Line.LEADS, superior=tree.far_county, on=DAY)

    assert path_names(new, DAY) == []
    assert path_names(new, LATER)[1] == "北河县"


def test_a_school_outside_the_education_line_joins_it_with_all_inside() -> None:
    tree = make_tree()
    spec = UnitSpec(key="s", kind=K.SCHOOL, name="第三小学", leads=tree.county.pk)
    school = create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)
    spec = UnitSpec(key="c", kind=K.CLASS, name="一班", leads=school.pk)
    inside = create_unit(spec=spec, opened_on=OPENED_ON, actor=ACTOR, now=NOW)
    act = partial(place, unit=school, line=Line.GUIDES, superior=tree.county_education, on=DAY)

    assert act()
    assert not act()
    assert queries.lines_of(inside.pk, DAY - timedelta(days=1)) == [Line.LEADS]
    assert path_names(inside, DAY, Line.GUIDES)[-2:] == ["第三小学", "一班"]


def sector_under_its_own(tree: Tree) -> None:
    move(unit=tree.city_education, line=Line.GUIDES, superior=tree.county_education, on=DAY)


def sector_under_itself(tree: Tree) -> None:
    move(unit=tree.county_education, line=Line.GUIDES, superior=tree.county_education, on=DAY)


def class_under_city(tree: Tree) -> None:
    move(unit=tree.class_one, line=Line.LEADS, superior=tree.city, on=DAY)


def class_on_the_guiding_line_alone(tree: Tree) -> None:
    move(unit=tree.class_one, line=Line.GUIDES, superior=tree.far_grade, on=DAY)


def class_placed_on_the_guiding_line(tree: Tree) -> None:
    place(unit=tree.class_one, line=Line.GUIDES, superior=tree.far_grade, on=DAY)


def before_it_was(tree: Tree) -> None:
    move(unit=tree.school, line=Line.LEADS, superior=tree.town, on=OPENED_ON - timedelta(days=1))


def after_it_closed(tree: Tree) -> None:
    close_unit(unit=tree.class_two, on=DAY, actor=ACTOR, now=NOW)
    move(unit=tree.class_two, line=Line.LEADS, superior=tree.far_grade, on=LATER)


def before_a_later_move(tree: Tree) -> None:
    move(unit=tree.school, line=Line.LEADS, superior=tree.far_county, on=LATER)
    move(unit=tree.school, line=Line.LEADS, superior=tree.town, on=DAY)


def under_one_that_moves_later(tree: Tree) -> None:
    move(unit=tree.school, line=Line.LEADS, superior=tree.far_county, on=LATER)
    move(unit=tree.far_class, line=Line.LEADS, superior=tree.grade, on=DAY)


def under_one_that_closes(tree: Tree) -> None:
    close_unit(unit=tree.school, on=LATER, with_inferiors=True, actor=ACTOR, now=NOW)
    move(unit=tree.far_class, line=Line.LEADS, superior=tree.grade, on=DAY)


def where_it_does_not_stand(tree: Tree) -> None:
    create = UnitSpec(key="s", kind=K.SCHOOL, name="第三小学", leads=tree.county.pk)
    school = create_unit(spec=create, opened_on=DAY, actor=ACTOR, now=NOW)
    move(unit=school, line=Line.GUIDES, superior=tree.county_education, on=DAY)


def under_one_outside_the_line(tree: Tree) -> None:
    create = UnitSpec(key="e", kind=K.SECTOR, name="司法", leads=tree.county.pk)
    sector = create_unit(spec=create, opened_on=DAY, actor=ACTOR, now=NOW)
    move(unit=tree.school, line=Line.GUIDES, superior=sector, on=DAY)


def placed_a_second_time(tree: Tree) -> None:
    place(unit=tree.school, line=Line.GUIDES, superior=tree.city_education, on=DAY)


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (sector_under_its_own, "cycle"),
        (sector_under_itself, "cycle"),
        (class_under_city, "wrong_superior"),
        (class_on_the_guiding_line_alone, "inner_unit_follows"),
        (class_placed_on_the_guiding_line, "inner_unit_follows"),
        (before_it_was, "before_opening"),
        (after_it_closed, "closed_already"),
        (before_a_later_move, "changes_later"),
        (under_one_that_moves_later, "changes_later"),
        (under_one_that_closes, "superior_closes"),
        (where_it_does_not_stand, "not_placed"),
        (under_one_outside_the_line, "superior_not_standing"),
        (placed_a_second_time, "already_placed"),
    ],
)
def test_an_impossible_place_is_refused(attempt: Callable[[Tree], None], code: str) -> None:
    tree = make_tree()

    with pytest.raises(RuleBroken) as refused:
        attempt(tree)

    assert refused.value.code == code
