"""Figures of a part are those of the whole, picked: narrowing first changes no number."""

import pytest
from django.db import connection

from mingtian.closings.queries.days import list_sums
from mingtian.closings.statements import STATEMENTS
from mingtian.closings.tests.conftest import Night
from mingtian.org.models import Unit
from mingtian.org.queries import list_counting_units

Sums = dict[tuple[int, int], tuple[int, int, int | None, int]]


def whole(night: Night) -> Sums:
    """Read the statement that freezing and verifying use, for every unit of the lecture."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS["corrected"], {"lecture": night.evening.lecture.pk})
        return {
            (unit, kind): (arrived, completed, expected, counted)
            for unit, kind, arrived, completed, expected, counted, _completed in cursor.fetchall()
        }


def part(night: Night, unit: Unit) -> Sums:
    found = list_sums(night.day, night.path(unit), leaves=True)
    return {
        (row.group, row.kind): (row.arrived, row.completed, row.expected, row.counted)
        for row in found
        if row.group is not None
    }


@pytest.mark.parametrize("frozen", [False, True])
def test_a_part_is_what_the_whole_says_of_its_units(night: Night, frozen: bool) -> None:
    tree = night.evening.tree
    night.correct(tree.class_one, 9)
    night.correct(tree.other_class, 3)
    before = whole(night)
    assert len({unit for unit, _kind in before}) > 2
    if frozen:
        night.freeze()

    for each in (tree.city, tree.county, tree.school, tree.class_one, tree.far_school):
        inside = {unit.id for unit in list_counting_units(each.pk, night.day.held_on)}
        picked = {key: value for key, value in before.items() if key[0] in inside}
        assert part(night, each) == picked
