"""What stands beside the count: a basis of its own at every level, never added to phones'."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.actions.gatherings import count_heads, open_gathering
from mingtian.attendance.models import ByHand, Gathering
from mingtian.attendance.rules import How
from mingtian.boards import beside
from mingtian.boards.beside import COUNTED
from mingtian.boards.queries import Board, build_frame
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.campaigns.models import LearningCode
from mingtian.core.figures import Basis, FiguresDiffer
from mingtian.org.models import Unit
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.models import Person, Standing
from mingtian.people.rules import ExemptReason, StandingState
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_person

CLASSES = ("class_one", "class_two", "other_class", "far_class")
HOWS = st.sampled_from(list(How))
NOTED = st.lists(st.tuples(st.sampled_from(CLASSES), HOWS), max_size=8)
EXEMPTED = st.lists(st.tuples(st.sampled_from(CLASSES), st.booleans()), max_size=8)
GATHERED = st.dictionaries(st.sampled_from(CLASSES), st.integers(1, 60))
NAMES = tuple(name for name, _basis in COUNTED)
ROWS = ("exempt", "by_hand", "class_viewings", "class_heads", "helped")

_numbers: Iterator[int] = count(500)


@pytest.fixture
def world(world: World) -> World:
    """The evening, with a code for every class."""
    tree = world.evening.tree
    for code, unit in (("c1ass003", tree.other_class), ("c1ass004", tree.far_class)):
        LearningCode.objects.create(
            code=code, campaign=world.evening.campaign, unit=unit, audience="class", issued_at=NOW
        )
    return world


def board_of(world: World, unit: Unit, line: str = "leads") -> Board:
    beside.forget()
    return build_frame(world.lecture, unit.pk, line, MINUTE_20)


def values(board: Board) -> dict[str, int]:
    return {name: board.figure(name).value for name in NAMES}


def pupil(unit: Unit) -> Person:
    return make_person(unit, str(next(_numbers)), "宋晨")


def exempt(child: Person) -> None:
    decision = Decision(
        state=StandingState.EXEMPT, starts_on=DAY, reason=ExemptReason.OTHER,
        review_on=DAY.replace(month=12),
    )  # fmt: skip
    decide_standing(person_id=child.pk, decision=decision, now=NOW, actor=ACTOR)


def note(world: World, child: Person, how: How = How.TELEPHONE) -> None:
    note_by_hand(person_id=child.pk, lecture_id=world.lecture, how=how, now=MINUTE_20, actor=ACTOR)


def gather(world: World, unit: Unit, heads: int) -> None:
    open_gathering(lecture_id=world.lecture, unit_id=unit.pk, now=MINUTE_20, actor=ACTOR)
    count_heads(lecture_id=world.lecture, unit_id=unit.pk, heads=heads, now=MINUTE_20, actor=ACTOR)


def sign_in_with_help(world: World, child: Person) -> None:
    """Let a home come whose phone somebody else set up."""
    home = make_household(child)
    world.count(child.unit, (child.pk, 1, 1 << 19))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_seat (id, campaign, phone, household, unit, persons,"
            " created_at, assisted) OVERRIDING SYSTEM VALUE"
            " VALUES (%(seat)s, %(campaign)s, %(phone)s, %(home)s, %(unit)s, %(persons)s, %(now)s, true)",
            {
                "seat": child.pk, "campaign": world.evening.campaign.pk,
                "phone": child.pk.to_bytes(16, "big"), "home": home.pk, "unit": child.unit_id,
                "persons": [child.pk], "now": NOW,
            },
        )  # fmt: skip
        for table in ("attendance_arrival", "attendance_home"):
            cursor.execute(
                f"UPDATE {table} SET household = %(home)s WHERE household = %(seat)s",
                {"home": home.pk, "seat": child.pk},
            )


def test_an_exempt_pupil_who_did_not_come_leaves_the_denominator(world: World) -> None:
    tree, (first, second, third, *_rest) = world.evening.tree, world.evening.pupils
    world.expect(tree.class_one, 10)
    world.count(tree.class_one, (first.pk, 1, 1), (second.pk, 1, 1))
    exempt(second)
    exempt(third)

    board = board_of(world, tree.school)

    covered = board.coverage
    assert covered is not None
    assert (covered.arrived, covered.expected, covered.exempt, covered.of) == (2, 10, 1, 9)
    assert board.figure("exempt").value == 1
    assert [kind.exempt for kind in board.kinds if kind.kind == 1] == [1]


def test_who_came_to_the_roster_after_the_opening_is_in_no_denominator(world: World) -> None:
    tree = world.evening.tree
    world.expect(tree.class_one, 10)
    late = pupil(tree.class_one)
    late.created_at = MINUTE_20
    late.save(update_fields=["created_at"])
    exempt(late)

    assert board_of(world, tree.class_one).exempt == 0


@pytest.mark.parametrize(("day", "counted"), [(DAY, 0), (DAY + timedelta(days=1), 1)])
def test_who_left_the_roster_before_the_opening_is_in_no_denominator(
    world: World, day: date, counted: int
) -> None:
    """An exemption of an earlier campaign may still stand when its pupil has left the school."""
    tree, gone = world.evening.tree, world.evening.pupils[0]
    world.expect(tree.class_one, 10)
    exempt(gone)
    gone.left_on = day
    gone.save(update_fields=["left_on"])

    assert board_of(world, tree.class_one).exempt == counted


def test_where_all_are_exempt_there_is_no_rate(world: World) -> None:
    tree = world.evening.tree
    world.expect(tree.class_one, 1)
    exempt(world.evening.pupils[0])

    board = board_of(world, tree.class_one)

    assert board.coverage is None
    assert board.figure("exempt").value == 1


def test_the_unwilling_stand_on_no_board(world: World) -> None:
    """EXE-2: no consequence, so no number above the class either."""
    child = world.evening.pupils[0]
    before = board_of(world, world.evening.tree.school)
    decision = Decision(state=StandingState.UNWILLING, starts_on=DAY)
    decide_standing(person_id=child.pk, decision=decision, now=NOW, actor=ACTOR)

    assert board_of(world, world.evening.tree.school) == before


def test_what_is_noted_by_hand_enters_no_other_number(world: World) -> None:
    tree = world.evening.tree
    before = board_of(world, tree.city)
    note(world, world.evening.pupils[0])
    gather(world, tree.class_one, 43)

    after = board_of(world, tree.city)

    phones = [figure.counts for figure in before.figures if figure.counts not in NAMES]
    assert [after.figure(name) for name in phones] == [before.figure(name) for name in phones]
    assert after.coverage == before.coverage
    shown = {name: value for name, value in values(after).items() if value}
    assert shown == {"by_hand": 1, "by_hand_telephone": 1, "class_viewings": 1, "class_heads": 43}


def test_figures_of_another_basis_do_not_add_up(world: World) -> None:
    board = board_of(world, world.evening.tree.school)

    assert board.figure("helped").basis is Basis.HOUSEHOLDS
    assert board.figure("class_viewings").basis is Basis.UNITS
    for name in NAMES:
        with pytest.raises(FiguresDiffer):
            board.figure("arrived").plus(board.figure(name), unit_id="x")


def test_a_viewing_without_a_count_is_no_figure_yet(world: World) -> None:
    tree = world.evening.tree
    open_gathering(lecture_id=world.lecture, unit_id=tree.class_one.pk, now=MINUTE_20, actor=ACTOR)

    assert values(board_of(world, tree.school))["class_viewings"] == 0


def test_homes_signed_in_with_help_are_counted_once(world: World) -> None:
    """SGN-1: counted in households, of those that came."""
    tree = world.evening.tree
    sign_in_with_help(world, pupil(tree.class_one))
    sign_in_with_help(world, pupil(tree.other_class))

    board = board_of(world, tree.county)

    assert board.figure("helped").value == 2
    by_unit = {row.unit: row.helped for row in board.units}
    assert by_unit[tree.school.public_id] == by_unit[tree.other_school.public_id] == 1


def test_the_own_class_sees_a_note_at_once_and_the_others_within_ten_seconds(
    world: World,
) -> None:
    tree = world.evening.tree
    for unit in (tree.class_one, tree.school):
        build_frame(world.lecture, unit.pk, "leads", MINUTE_20)
    note(world, world.evening.pupils[0])
    beside.forget_class(world.lecture, tree.class_one.pk)

    def noted(unit: Unit, seconds: float) -> int:
        now = MINUTE_20 + timedelta(seconds=seconds)
        return build_frame(world.lecture, unit.pk, "leads", now).figure("by_hand").value

    assert noted(tree.class_one, 0) == 1
    assert (noted(tree.school, 9.9), noted(tree.school, 10)) == (0, 1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noted=NOTED, exempted=EXEMPTED, gathered=GATHERED)
def test_every_level_is_the_sum_of_the_one_below(
    world: World,
    noted: list[tuple[str, How]],
    exempted: list[tuple[str, bool]],
    gathered: dict[str, int],
) -> None:
    for model in (ByHand, Gathering, Standing):
        model.objects.all().delete()
    tree = world.evening.tree
    for name, how in noted:
        note(world, pupil(getattr(tree, name)), how)
    for name, came in exempted:
        child = pupil(getattr(tree, name))
        exempt(child)
        if came:
            world.count(child.unit, (child.pk, 1, 1))
    for name, heads in gathered.items():
        gather(world, getattr(tree, name), heads)

    for unit, line in (
        (tree.city, "leads"), (tree.county, "leads"), (tree.school, "leads"),
        (tree.grade, "leads"), (tree.county_education, "guides"),
    ):  # fmt: skip
        board = board_of(world, unit, line)
        summed = {name: sum(getattr(row, name) for row in board.units) for name in ROWS}
        assert summed == {name: values(board)[name] for name in ROWS}
    city = values(board_of(world, tree.city))
    assert city["by_hand"] == len(noted)
    assert city["exempt"] == sum(not came for _name, came in exempted)
    assert (city["class_viewings"], city["class_heads"]) == (len(gathered), sum(gathered.values()))
    for how in How:
        assert city[f"by_hand_{how.value}"] == sum(one is how for _name, one in noted)
