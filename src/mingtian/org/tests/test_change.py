"""Renaming, merging and closing from a day on."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org import queries
from mingtian.org.access import posts_of
from mingtian.org.actions import close_unit, merge_units, move_unit, rename_unit
from mingtian.org.models import UnitName
from mingtian.org.rules import Line, UnitKind
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR, DAY, NOW, Tree, make_class, make_tree

pytestmark = pytest.mark.django_db

YESTERDAY, LATER = DAY - timedelta(days=1), DAY + timedelta(days=3)
rename = partial(rename_unit, actor=ACTOR, now=NOW)
close = partial(close_unit, actor=ACTOR, now=NOW)
merge = partial(merge_units, actor=ACTOR, now=NOW)


def test_a_new_name_holds_from_its_day_on() -> None:
    tree = make_tree()
    act = partial(rename, unit=tree.school, name="实验小学", name_en="Experimental", on=DAY)

    assert act()
    assert not act()
    assert queries.name_on(tree.school.pk, YESTERDAY) == "第一小学"
    assert queries.name_on(tree.school.pk, DAY) == "实验小学"
    assert AuditEntry.objects.filter(action="org.unit_renamed").count() == 1


def test_a_second_name_on_the_same_day_replaces_the_first() -> None:
    tree = make_tree()
    rename(unit=tree.school, name="实验小学", name_en="", on=DAY)

    rename(unit=tree.school, name="育才小学", name_en="", on=DAY)

    assert queries.name_on(tree.school.pk, DAY) == "育才小学"
    assert UnitName.objects.filter(unit=tree.school).count() == 2


def test_a_closed_class_is_gone_from_its_day_on_and_its_teacher_with_it() -> None:
    tree = make_tree()
    teacher = make_cast(tree).teacher

    assert close(unit=tree.class_one, on=DAY)
    assert not close(unit=tree.class_one, on=DAY)
    assert queries.count_below(tree.school.pk, YESTERDAY)[UnitKind.CLASS] == 2
    assert queries.count_below(tree.school.pk, DAY)[UnitKind.CLASS] == 1
    assert posts_of(teacher, YESTERDAY).exists()
    assert not posts_of(teacher, DAY).exists()


def test_a_school_closes_with_everything_inside_when_asked() -> None:
    tree = make_tree()

    close(unit=tree.school, on=DAY, with_inferiors=True)

    assert queries.count_below(tree.county.pk, DAY)[UnitKind.SCHOOL] == 1
    tree.class_one.refresh_from_db()
    assert tree.class_one.closed_on == DAY
    assert queries.lines_of(tree.class_one.pk, DAY) == []


def test_schools_live_on_when_the_committee_that_guides_them_closes() -> None:
    tree = make_tree()

    close(unit=tree.county_education, on=DAY, with_inferiors=True)

    assert queries.lines_of(tree.class_one.pk, DAY) == [Line.LEADS]
    tree.school.refresh_from_db()
    assert tree.school.closed_on is None


def test_a_class_that_would_have_opened_later_never_does() -> None:
    tree = make_tree()
    coming = make_class(tree.grade, opened_on=LATER)

    close(unit=tree.grade, on=DAY, with_inferiors=True)

    coming.refresh_from_db()
    assert coming.closed_on == LATER
    assert queries.unit_rows([coming.pk], LATER) == {}


def test_a_merged_school_hands_its_grades_over_and_names_its_successor() -> None:
    tree = make_tree()
    act = partial(merge, units=[tree.other_school], into=tree.school, on=DAY)

    act()
    act()

    tree.other_school.refresh_from_db()
    assert tree.other_school.successor_id == tree.school.pk
    assert tree.other_school.closed_on == DAY
    assert queries.path_on(tree.other_class.pk, DAY)[-3] == tree.school.pk
    assert queries.path_on(tree.other_class.pk, DAY, Line.GUIDES)[-3] == tree.school.pk
    assert queries.path_on(tree.other_class.pk, YESTERDAY)[-3] == tree.other_school.pk
    assert AuditEntry.objects.filter(action="org.unit_merged").count() == 1


def test_merged_counties_keep_their_past_sums() -> None:
    tree = make_tree()
    before = queries.count_below(tree.far_county.pk, YESTERDAY)

    merge(units=[tree.far_county], into=tree.county, on=DAY)

    assert queries.count_below(tree.far_county.pk, YESTERDAY) == before
    assert queries.count_below(tree.far_county.pk, DAY) == {}
    assert queries.count_below(tree.county.pk, DAY)[UnitKind.SCHOOL] == 3


def with_units_below(tree: Tree) -> None:
    close(unit=tree.school, on=DAY)


def closed_on_another_day(tree: Tree) -> None:
    close(unit=tree.class_one, on=DAY)
    close(unit=tree.class_one, on=LATER)


def before_a_coming_move(tree: Tree) -> None:
    move_unit(
        unit=tree.class_one, line=Line.LEADS, superior=tree.far_grade, on=LATER, actor=ACTOR, now=NOW
    )  # fmt: skip
    close(unit=tree.grade, on=DAY, with_inferiors=True)


def merge_with_itself(tree: Tree) -> None:
    merge(units=[tree.school], into=tree.school, on=DAY)


def merge_a_class_into_a_grade(tree: Tree) -> None:
    merge(units=[tree.class_one], into=tree.grade, on=DAY)


def merge_a_sector_into_its_own(tree: Tree) -> None:
    merge(units=[tree.city_education], into=tree.county_education, on=DAY)


def nameless(tree: Tree) -> None:
    rename(unit=tree.school, name="  ", name_en="", on=DAY)


def named_before_a_later_name(tree: Tree) -> None:
    rename(unit=tree.school, name="实验小学", name_en="", on=LATER)
    rename(unit=tree.school, name="育才小学", name_en="", on=DAY)


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        (with_units_below, "has_inferiors"),
        (closed_on_another_day, "closed_already"),
        (before_a_coming_move, "changes_later"),
        (merge_with_itself, "merge_into_itself"),
        (merge_a_class_into_a_grade, "merge_other_kind"),
        (merge_a_sector_into_its_own, "cycle"),
        (nameless, "name_missing"),
        (named_before_a_later_name, "changes_later"),
    ],
)
def test_an_impossible_change_is_refused(attempt: Callable[[Tree], None], code: str) -> None:
    tree = make_tree()

    with pytest.raises(RuleBroken) as refused:
        attempt(tree)

    assert refused.value.code == code
