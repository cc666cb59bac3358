"""A board is the sum of what lies below it, on either line, whatever was counted."""

from dataclasses import fields

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.attendance.queries import SumRow
from mingtian.boards.outlines import Below, Outline
from mingtian.boards.queries import Board, build_board, build_frame
from mingtian.boards.rules import Moment, Phase
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.boards.tests.samples import EVENING, unit_row
from mingtian.core.figures import Basis, Figure, Status
from mingtian.org.models import Unit
from mingtian.org.rules import Line

MAPS = st.integers(0, 2**60 - 1)
COUNTED = st.lists(
    st.tuples(st.sampled_from(["class_one", "class_two", "other_class", "far_class"]),
              st.integers(1, 7), MAPS),
    max_size=25,
)  # fmt: skip
ADDED = ("present", "arrived", "completed", "households", "devices")


def board_of(world: World, unit: Unit, line: str = "leads") -> Board:
    return build_frame(world.lecture, unit.pk, line, MINUTE_20)


def values(board: Board) -> dict[str, int]:
    return {counts: board.figure(counts).value for counts in ADDED}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(counted=COUNTED)
def test_every_level_is_the_sum_of_the_one_below(
    world: World, counted: list[tuple[str, int, int]]
) -> None:
    tables = "attendance_record, attendance_arrival, attendance_home, attendance_tally"
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")
    tree = world.evening.tree
    for key, (name, kind, live) in enumerate(counted, start=1):
        world.count(getattr(tree, name), (key, kind, live))

    for unit in (tree.city, tree.county, tree.school, tree.grade):
        board = board_of(world, unit)
        summed = {counts: sum(getattr(row, counts) for row in board.units) for counts in ADDED}
        assert values(board) == summed
        assert board.figure("arrived").value == sum(row.arrived for row in board.kinds)
        assert board.figure("slots").value == sum(board.curve)
    arrived = board_of(world, tree.city).figure("arrived").value
    assert arrived == len(counted)


def test_both_lines_give_the_same_school_the_same_numbers(world: World) -> None:
    tree = world.evening.tree
    world.count(tree.class_one, (1, 1, 0b11), (2, 2, 0b11))

    led, guided = board_of(world, tree.school), board_of(world, tree.school, "guides")
    sector = board_of(world, tree.county_education, "guides")

    assert values(led) == values(guided)
    assert sector.figure("arrived").value == 2
    assert [row.unit for row in sector.units] == [
        tree.school.public_id,
        tree.other_school.public_id,
    ]


def test_present_is_the_last_slot_that_all_had_time_to_report(world: World) -> None:
    """Slot 20 runs: some phones have not spoken of slot 19 yet, all have of slot 18."""
    tree = world.evening.tree
    world.count(tree.class_one, (1, 1, 1 << 19), (2, 1, 1 << 20), (3, 1, 1 << 18))

    board = board_of(world, tree.class_one)

    assert board.figure("present").value == 1
    assert board.curve[18:21] == (1, 1, 1)


def test_until_the_first_slot_is_reported_all_who_arrived_are_in_the_hall(world: World) -> None:
    tree = world.evening.tree
    world.count(tree.class_one, (1, 1, 0), (2, 2, 0))

    board = build_frame(world.lecture, tree.class_one.pk, "leads", world.evening.lecture.doors_at)

    assert (board.phase, board.figure("present").value) == (Phase.WAITING, 2)


def test_a_sector_committee_is_not_listed_under_its_territory(world: World) -> None:
    """It guides schools that the territory already lists; an empty line would read as absence."""
    tree = world.evening.tree

    units = [row.unit for row in board_of(world, tree.county).units]

    assert tree.county_education.public_id not in units
    assert tree.school.public_id in units


def test_schools_get_places_and_classes_none(world: World) -> None:
    tree = world.evening.tree
    world.compare()
    world.expect(tree.class_one, 40)
    world.expect(tree.other_class, 40)
    world.count(tree.class_one, (1, 1, 1))
    world.count(tree.other_class, (2, 1, 1))

    county = {row.unit: row for row in board_of(world, tree.county).units}
    grade = board_of(world, tree.grade).units

    schools = [county[each.public_id] for each in (tree.school, tree.other_school)]
    assert [(row.place_by_number, row.place_by_rate) for row in schools] == [(1, 1), (1, 1)]
    assert [(row.place_by_number, row.place_by_rate) for row in grade] == [(None, None)] * 2


def test_every_figure_says_what_it_counts(world: World) -> None:
    """STA-5: unit, basis, period and status travel with the value."""
    board = board_of(world, world.evening.tree.school)

    bases = {figure.counts: figure.basis for figure in board.figures}
    assert bases["arrived"] is Basis.PERSONS
    assert bases["households"] is Basis.HOUSEHOLDS
    assert bases["devices"] is Basis.DEVICES
    assert bases["slots"] is Basis.PERSON_SLOTS
    assert {figure.unit_id for figure in board.figures} == {world.evening.tree.school.public_id}
    assert {figure.status for figure in board.figures} == {Status.LIVE}
    assert all(getattr(board.figures[0], each.name) is not None for each in fields(Figure))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 7), st.integers(0, 99)), max_size=20))
def test_what_is_counted_at_the_unit_itself_enters_the_total_only(
    counted: list[tuple[int, int, int]],
) -> None:
    """A village may count people and have groups below it; nothing is lost or doubled."""
    merged: dict[tuple[int, int], int] = {}
    for group, kind, arrived in counted:
        merged[group, kind] = merged.get((group, kind), 0) + arrived
    rows = [
        SumRow(group=group or None, kind=kind, arrived=arrived, completed=0, replayed=0,
               replay_completed=0, curve=0)
        for (group, kind), arrived in merged.items()
    ]  # fmt: skip

    board = build_board(outline_of_three(), rows, Moment(phase=Phase.RUNNING, slot=5, seen=3))

    own = sum(arrived for group, _kind, arrived in counted if group == 0)
    below = sum(row.arrived for row in board.units)
    assert board.figure("arrived").value == own + below == sum(each[2] for each in counted)


def outline_of_three() -> Outline:
    return Outline(
        lecture=EVENING,
        unit=unit_row(9),
        line=Line.LEADS,
        path="9",
        expected={},
        below=tuple(Below(unit=unit_row(n), expected={}) for n in (1, 2, 3)),
    )
