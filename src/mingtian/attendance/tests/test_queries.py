"""Sums along both lines, and a recount that finds every tally that was touched."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.attendance.actions import Arrived, Attended, bring_in
from mingtian.attendance.queries import (
    DEVICES,
    HOUSEHOLDS,
    Counts,
    differences,
    list_records_of,
    list_sums_below,
    list_totals_below,
    recount,
    slot_counts,
)
from mingtian.attendance.rules import FULL, SLOTS
from mingtian.org.models import Unit
from mingtian.org.queries import path_on
from mingtian.org.rules import Line
from mingtian.testing.evening import NEEDED, Evening, make_evening
from mingtian.testing.make import ACTOR, DAY, NOW

MAPS = st.integers(0, FULL)
PEOPLE = st.lists(st.tuples(st.integers(1, 7), MAPS, MAPS), max_size=12)


@pytest.fixture
def tonight(db: None) -> Evening:
    return make_evening()


def bring(evening: Evening, unit: Unit, *people: tuple[int, int, int]) -> None:
    """Count (kind, live, replay) at a unit; keys follow the unit so that they never meet."""
    first = unit.pk * 1000
    bring_in(
        lecture_id=evening.lecture.pk,
        needed_slots=NEEDED,
        attended=[
            Attended(person=first + n, unit=unit.pk, kind=kind, live=live, replay=replay)
            for n, (kind, live, replay) in enumerate(people)
        ],
        arrived=[Arrived(seat=first + n, household=first, unit=unit.pk) for n in range(2)],
        actor=ACTOR,
        now=NOW,
    )


def path_of(unit: Unit, line: Line = Line.LEADS) -> str:
    return ".".join(map(str, path_on(unit.pk, DAY, line)))


def truncate() -> None:
    tables = "attendance_record, attendance_arrival, attendance_home, attendance_tally"
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=PEOPLE, other=PEOPLE)
def test_tallies_sums_and_recount_agree(
    tonight: Evening, one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    truncate()
    tree, lecture = tonight.tree, tonight.lecture.pk
    bring(tonight, tree.class_one, *one)
    bring(tonight, tree.class_two, *other)

    assert differences(lecture) == []
    rows = list_sums_below(lecture_id=lecture, path=path_of(tree.school), line="leads", day=DAY)
    assert {row.group for row in rows} == {tree.grade.pk}
    by_kind = {row.kind: row for row in rows}
    assert by_kind[DEVICES].arrived == 4
    assert by_kind[HOUSEHOLDS].arrived == 2
    everybody = one + other
    persons = [row for row in rows if row.kind < DEVICES]
    assert sum(row.arrived for row in persons) == len(everybody)
    assert slot_counts(persons) == [
        sum(live >> slot & 1 for _kind, live, _replay in everybody) for slot in range(SLOTS)
    ]
    needed = [live.bit_count() >= NEEDED for _kind, live, _replay in everybody]
    assert sum(row.completed for row in persons) == sum(needed)


def test_the_recount_fills_every_column(tonight: Evening) -> None:
    unit = tonight.tree.class_one
    bring(tonight, unit, (1, FULL, 0), (1, 0b101, FULL), (2, 0, 1))

    found = recount(tonight.lecture.pk)

    assert found[unit.pk, 1] == Counts(
        arrived=2,
        completed=1,
        replayed=1,
        replay_completed=1,
        slots=62,
        curve=int("00000001" * SLOTS) + 1 + 10**16,
    )
    assert found[unit.pk, 2] == Counts(arrived=1, replayed=1)
    assert found[unit.pk, DEVICES] == Counts(arrived=2)
    assert found[unit.pk, HOUSEHOLDS] == Counts(arrived=1)


@pytest.mark.parametrize(
    "column", ["arrived", "completed", "replayed", "replay_completed", "slots", "curve"]
)
def test_a_tally_that_was_touched_is_found(tonight: Evening, column: str) -> None:
    unit, lecture = tonight.tree.class_one, tonight.lecture.pk
    bring(tonight, unit, (1, 1, 0))
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE attendance_tally SET {column} = {column} + 1 WHERE kind = 1")

    [difference] = differences(lecture)

    assert (difference.unit_id, difference.kind) == (unit.pk, 1)
    assert getattr(difference.tallied, column) == getattr(difference.recounted, column) + 1


@pytest.mark.parametrize("table", ["record", "arrival", "home", "tally"])
def test_a_row_that_was_lost_is_found(tonight: Evening, table: str) -> None:
    bring(tonight, tonight.tree.class_one, (1, 1, 0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM attendance_{table}")

    assert differences(tonight.lecture.pk) != []


def test_totals_are_the_sums_without_the_units(tonight: Evening) -> None:
    tree, lecture = tonight.tree, tonight.lecture.pk
    bring(tonight, tree.class_one, (1, 1, 0))
    bring(tonight, tree.far_class, (1, 1, 0), (4, 1, 0))

    totals = list_totals_below(lecture_id=lecture, path=path_of(tree.city), line="leads", day=DAY)

    assert {row.kind: row.arrived for row in totals} == {1: 2, 4: 1, DEVICES: 4, HOUSEHOLDS: 2}


def test_the_guiding_line_sees_its_schools(tonight: Evening) -> None:
    tree, lecture = tonight.tree, tonight.lecture.pk
    bring(tonight, tree.class_one, (1, 1, 0))
    path = path_of(tree.city_education, Line.GUIDES)

    rows = list_sums_below(lecture_id=lecture, path=path, line="guides", day=DAY)

    assert {(row.group, row.kind): row.arrived for row in rows}[tree.county_education.pk, 1] == 1


def test_records_are_read_by_person(tonight: Evening) -> None:
    unit, lecture = tonight.tree.class_one, tonight.lecture.pk
    bring(tonight, unit, (1, 0b11, 0), (2, 0, 0b1))

    (found,) = list_records_of(lecture_id=lecture, person_ids=[unit.pk * 1000, 5])

    assert (found.person_id, found.kind) == (unit.pk * 1000, 1)
    assert (found.live, found.replay) == (3, 0)
