"""The tree as rows, on a day, in the reader's language, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.utils import translation

from mingtian.org import queries
from mingtian.org.actions import close_unit
from mingtian.org.rules import Line, UnitKind
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON, make_tree

pytestmark = pytest.mark.django_db

K = UnitKind


def test_children_stand_in_the_order_they_were_founded() -> None:
    tree = make_tree()

    leads = queries.list_children(tree.county.pk, DAY)
    guides = queries.list_children(tree.county_education.pk, DAY, Line.GUIDES)

    assert [row.name for row in leads] == ["安平县教育关工委", "河口镇", "第一小学", "第二小学"]
    assert [row.id for row in guides] == [tree.school.pk, tree.other_school.pk]
    assert {row.superior_id for row in leads} == {tree.county.pk}


def test_a_subtree_along_each_line() -> None:
    tree = make_tree()

    classes = queries.list_subtree(tree.county_education.pk, DAY, Line.GUIDES, [K.CLASS])
    counting = queries.list_counting_units(tree.county.pk, DAY)

    assert [row.id for row in classes] == [
        tree.class_one.pk, tree.class_two.pk, tree.other_class.pk,
    ]  # fmt: skip
    assert {row.kind for row in counting} == {K.CLASS, K.STAFF_GROUP, K.VILLAGE}
    assert queries.list_subtree(tree.county.pk, DAY, Line.GUIDES) == []


def test_units_below_are_counted_by_kind_without_the_unit_itself() -> None:
    tree = make_tree()

    below = queries.count_below(tree.county.pk, DAY)

    assert below == {
        K.SECTOR: 1, K.TOWNSHIP: 1, K.VILLAGE: 1, K.STAFF_GROUP: 2, K.SCHOOL: 2, K.GRADE: 2,
        K.CLASS: 3,
    }  # fmt: skip


def test_a_unit_is_found_only_on_its_days() -> None:
    tree = make_tree()
    close_unit(unit=tree.class_one, on=DAY, actor=ACTOR, now=NOW)
    public_id = tree.class_one.public_id

    found = queries.find_unit(public_id, OPENED_ON)

    assert found is not None
    assert (found.id, found.kind) == (tree.class_one.pk, K.CLASS)
    assert queries.find_unit(public_id, DAY) is None
    assert queries.find_unit(public_id, OPENED_ON - timedelta(days=1)) is None
    assert queries.find_unit("nowhere00000", DAY) is None
    assert queries.name_on(tree.class_one.pk, DAY) == ""


def test_roots_stand_at_the_top_of_their_line() -> None:
    tree = make_tree()

    assert [row.id for row in queries.list_roots(DAY)] == [tree.city.pk]
    assert [row.id for row in queries.list_roots(DAY, Line.GUIDES)] == [tree.city_education.pk]


def test_a_title_is_in_the_readers_language() -> None:
    tree = make_tree()
    row = queries.unit_rows([tree.school.pk], DAY)[tree.school.pk]

    with translation.override("en"):
        assert row.title == "No. 1 Primary School"
    with translation.override("zh-hans"):
        assert row.title == "第一小学"
