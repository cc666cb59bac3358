"""Pairs begin with a vetted helper of the line, change hands and end (AID-2; Minors Law 62)."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404

from mingtian.care.rules import Area
from mingtian.children.queries import names
from mingtian.core.todo import When
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.pairs import actions, queries
from mingtian.pairs.access import get_child_to_pair, get_pair_for
from mingtian.pairs.models import Duty, Goal, Pair, Vetting, Visit
from mingtian.pairs.queries.todo import SHOWN
from mingtian.pairs.rules import Check, Ending, Kind, State, check_of
from mingtian.pairs.tests.conftest import Scene, arrange, at, refused, tell, told
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON
from mingtian.vault.access import TurnedAway, enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import FieldClass, Part, Purpose

GOALS = {Area.STUDY: "每周读完一本书", Area.FEELINGS: "愿意说出难过的事"}
CANARY = "金丝雀七号笔记不可外泄"


def test_a_pair_opens_name_and_goals_to_its_helper_and_nothing_else(scene: Scene) -> None:
    pair = scene.pair(goals=GOALS)

    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        place = get_pair_for(door, pair.public_id)
        assert names(door, [scene.child.id]) == {scene.child.id: NAME}
        assert {
            goal.area: goal.text
            for goal in queries.goals_of(place.row, queries.open_helping(door, place.row))
        } == GOALS
        assert place.helps
        assert not place.arranges
        assert door.may(scene.child.id, FieldClass.HOME) is False
    with (
        pytest.raises(TurnedAway),
        enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door,
    ):
        door.keys([scene.child.id], [FieldClass.SITUATION])


def test_an_office_pairs_by_number_and_reads_neither_name_nor_goal(scene: Scene) -> None:
    pair = scene.pair(by=scene.office, goals=GOALS)

    with enter(scene.office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        (row,) = queries.list_pairs(door).rows
        assert (row.child, row.helper, row.named) == (scene.child.public_id, "helper", False)
        assert not Goal.objects.exists()
    with pytest.raises(Http404), enter(scene.far, now=NOW, purpose=Purpose.HELPING) as door:
        get_pair_for(door, pair.public_id)
    with pytest.raises(Http404), enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        get_child_to_pair(door, scene.child.public_id)


@pytest.mark.parametrize(("code", "days"), [("pair_check_in_future", -1), ("pair_check_old", 366)])
def test_a_check_is_of_the_last_year(scene: Scene, code: str, days: int) -> None:
    with refused(code):
        scene.vet(scene.helper, DAY - timedelta(days=days))


def test_nobody_is_paired_unvetted_or_with_a_check_run_out(scene: Scene) -> None:
    third = make_staff("third", scene.tree.school, Role.HELPER)
    with refused("pair_helper_unvetted"):
        scene.pair(third)
    with refused("pair_vetting_over"):
        scene.pair(now=NOW + timedelta(days=366))


def test_the_sight_ends_with_the_check_and_returns_with_the_next(scene: Scene) -> None:
    pair = scene.pair()
    later = at(DAY + timedelta(days=366))
    before = at(DAY + timedelta(days=364))

    def sees(now: datetime) -> int:
        with enter(scene.helper, now=now, purpose=Purpose.HELPING) as door:
            return queries.list_pairs(door).number

    assert (sees(before), sees(later)) == (1, 0)
    with refused("pair_vetting_over"):
        tell(scene.helper, pair, told(later), later)
    with enter(scene.office, now=later, purpose=Purpose.SUPERVISING) as door:
        assert queries.list_helpers(door)[0].check is Check.OVER
        assert queries.list_pairs(door).rows[0].state is State.SILENT
    scene.vet(scene.helper, DAY + timedelta(days=366), later)
    assert sees(later) == 1
    assert tell(scene.helper, pair, told(later), later)


@pytest.mark.parametrize(
    ("until", "check"),
    [
        (None, Check.MISSING),
        (DAY - timedelta(days=1), Check.OVER),
        (DAY, Check.LAPSING),
        (DAY + timedelta(days=30), Check.LAPSING),
        (DAY + timedelta(days=31), Check.HOLDS),
    ],
)
def test_a_check_holds_to_its_last_day_and_lapses_in_its_last_month(
    until: date | None, check: Check
) -> None:
    assert check_of(until, DAY) is check


def test_a_check_kept_by_another_office_already_opens_the_pairs_here_too(scene: Scene) -> None:
    spec = PostSpec(user=scene.helper, unit=scene.tree.far_school, role=Role.HELPER)
    give_post(spec=spec, starts_on=OPENED_ON, actor=ACTOR, now=NOW)
    far = make_staff("far_office", scene.tree.far_county, Role.OFFICE)
    scene.pair()
    checked_on = DAY + timedelta(days=366)
    later = at(checked_on)
    with enter(far, now=later, purpose=Purpose.SUPERVISING) as door:
        actions.note_vetting(door, "helper", kind=Kind.FIVE_OLD, checked_on=checked_on)

    scene.vet(scene.helper, checked_on, later)

    with enter(scene.helper, now=later, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 1


def test_nobody_vets_oneself(scene: Scene) -> None:
    both = make_staff("both", scene.tree.town, Role.OFFICE)
    spec = PostSpec(user=both, unit=scene.tree.town, role=Role.HELPER)
    give_post(spec=spec, starts_on=OPENED_ON, actor=ACTOR, now=NOW)
    with (
        refused("pair_vets_oneself"),
        enter(both, now=NOW, purpose=Purpose.SUPERVISING) as door,
    ):
        actions.note_vetting(door, "both", kind=Kind.TEACHER, checked_on=DAY)


def test_whoever_is_outside_the_line_is_not_taken(scene: Scene) -> None:
    pair = scene.pair()
    with refused("pair_handover_outside"):
        scene.pair(scene.far)
    with refused("pair_handover_outside"):
        arrange(scene, pair, actions.hand_over, user_id=scene.far.pk)
    with refused("pair_handover_outside"):
        arrange(scene, pair, actions.set_beside, user_id=scene.office.pk)


def test_the_same_pair_again_is_told_so_and_a_double_click_is_one(scene: Scene) -> None:
    pair = scene.pair()
    assert scene.pair().pk == pair.pk
    with refused("pair_exists"):
        scene.pair(now=NOW + timedelta(hours=1))
    with refused("pair_same_helper"):
        scene.pair(scene.second, beside_id=scene.second.pk)


def test_after_its_end_the_same_two_may_be_paired_again(scene: Scene) -> None:
    first = scene.pair()
    tell(scene.helper, first, told(note=CANARY))
    arrange(scene, first, actions.end_pair, why=Ending.WISH)
    arrange(scene, first, actions.end_pair, why=Ending.WISH)
    later = NOW + timedelta(days=3)
    second = scene.pair(now=later)

    with enter(scene.helper, now=later, purpose=Purpose.HELPING) as door:
        rows = queries.list_pairs(door).rows
        assert [row.public_id for row in rows] == [second.public_id]
        assert Visit.objects.count() == 0, "What belongs to the pair of before stays with it."
    with refused("pair_ended"):
        arrange(scene, first, actions.pause_pair, now=later)


@pytest.mark.parametrize("with_notes", [False, True])
def test_a_successor_reads_the_notes_of_before_only_when_handed_over(
    scene: Scene, with_notes: bool
) -> None:
    pair = scene.pair(goals=GOALS)
    tell(scene.helper, pair, told(note=CANARY))
    arrange(
        scene, pair, actions.hand_over, user_id=scene.second.pk, words="孩子喜欢画画",
        with_notes=with_notes,
    )  # fmt: skip

    with pytest.raises(Http404), enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        get_pair_for(door, pair.public_id)
    with enter(scene.second, now=NOW, purpose=Purpose.HELPING) as door:
        row = get_pair_for(door, pair.public_id).row
        seal = queries.open_helping(door, row)
        notes = [visit.note for visit in queries.visits_of(door, row, seal)]
        duties = queries.duties_of(row, seal)
        assert queries.goals_of(row, seal)
    assert notes == ([CANARY] if with_notes else [])
    assert [(duty.name, duty.note) for duty in duties] == [("second", "孩子喜欢画画")]


def test_the_notes_of_one_who_has_left_can_be_handed_over(scene: Scene) -> None:
    pair = scene.pair()
    tell(scene.helper, pair, told(note=CANARY))
    with enter(scene.office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        actions.stop_helper(door, "helper")

    arrange(scene, pair, actions.hand_over, user_id=scene.second.pk, with_notes=True)

    with enter(scene.second, now=NOW, purpose=Purpose.HELPING) as door:
        row = get_pair_for(door, pair.public_id).row
        (visit,) = queries.visits_of(door, row, queries.open_helping(door, row))
        assert visit.note == CANARY


def test_who_helps_beside_has_own_sight_which_ends_alone(scene: Scene) -> None:
    pair = scene.pair(beside_id=scene.second.pk)
    tell(scene.helper, pair, told(note=CANARY))
    with enter(scene.second, now=NOW, purpose=Purpose.HELPING) as door:
        row = get_pair_for(door, pair.public_id).row
        seal = queries.open_helping(door, row)
        assert queries.visits_of(door, row, seal) == [], "Own visits alone."
    arrange(scene, pair, actions.set_beside, user_id=None)
    with enter(scene.second, now=NOW, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 0
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 1


def test_a_helper_who_is_stopped_is_out_of_all_pairs_at_once(scene: Scene) -> None:
    scene.pair()
    with enter(scene.office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        assert actions.stop_helper(door, "helper") == 1
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert queries.list_pairs(door).number == 0
    with refused("pair_helper_unvetted"):
        scene.pair()


def test_silence_counts_from_visits_that_were_made(scene: Scene) -> None:
    pair = scene.pair(rhythm=7)

    def state(days: int) -> State:
        with enter(
            scene.office, now=at(DAY + timedelta(days=days)), purpose=Purpose.SUPERVISING
        ) as door:
            return queries.list_pairs(door).rows[0].state

    assert (state(7), state(8)) == (State.ACTIVE, State.SILENT), "From the pair's start."
    tried = at(DAY + timedelta(days=6))
    tell(scene.helper, pair, told(tried, made=False), tried)
    assert state(8) is State.SILENT, "A try is no contact."
    made = at(DAY + timedelta(days=7))
    tell(scene.helper, pair, told(made), made)
    assert (state(14), state(15)) == (State.ACTIVE, State.SILENT)
    rest = at(DAY + timedelta(days=16))
    arrange(scene, pair, actions.pause_pair, now=rest)
    assert state(40) is State.PAUSED
    arrange(scene, pair, actions.resume_pair, now=at(DAY + timedelta(days=40)))
    assert (state(47), state(48)) == (State.ACTIVE, State.SILENT)


def test_what_waits_is_counted_for_each_as_lists_show_it(scene: Scene) -> None:
    pair = scene.pair(rhythm=7)
    later = at(DAY + timedelta(days=8))
    night = at(DAY + timedelta(days=1), 23)
    tell(scene.helper, pair, told(night - timedelta(days=1)), night)

    def waits(user: User, days: int) -> dict[str, int]:
        now = later + timedelta(days=days)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT kind, number FROM pairs_waits(%s, %s, %s)",
                [user.pk, now, DAY + timedelta(days=8 + days)],
            )
            return {kind: number for kind, number in cursor.fetchall() if number}

    assert waits(scene.office, 0) == {"pairs.silent": 1, "pairs.question": 1}
    assert waits(scene.worker, 0) == {"pairs.silent": 1}
    assert waits(scene.helper, 0) == {"pairs.visit": 1}
    assert waits(scene.far, 0) == {}
    assert waits(scene.office, 340) == {"pairs.silent": 1, "pairs.question": 1, "pairs.vetting": 2}


def test_a_visit_waits_until_a_day_and_not_until_midnight_of_the_next(scene: Scene) -> None:
    scene.pair(rhythm=7)

    def visit(days: int) -> tuple[date | None, datetime | None, When]:
        now = at(DAY + timedelta(days=days))
        posts = list_posts(scene.helper.pk, DAY)
        (todo,) = list_waiting({"pairs": SHOWN}, posts, now=now)
        return todo.due_on, todo.due_at, todo.when

    due = DAY + timedelta(days=7)
    assert visit(7) == (due, None, When.SOON)
    assert visit(8) == (due, None, When.OVERDUE)


def test_an_erased_child_leaves_hours_to_those_who_helped(scene: Scene) -> None:
    pair = scene.pair(goals=GOALS)
    tell(scene.helper, pair, told(note=CANARY, minutes=90))
    gone = erase(scene.child.id, basis="guardian", now=NOW, actor="system:test")
    assert gone["pairs"] == 5
    with keep("look"):
        assert not Pair.objects.exists()
        assert not Duty.objects.exists()
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        (year,) = queries.list_hours(door)
    assert (year.year, year.visits, year.hours) == (2023, 1, 1.5)


def test_the_owner_without_the_door_sees_no_row(scene: Scene) -> None:
    pair = scene.pair(goals=GOALS)
    tell(scene.helper, pair, told())
    with connection.cursor() as cursor:
        for table in ("vetting", "pair", "duty", "goal", "visit", "kept"):
            cursor.execute(f"SELECT count(*) FROM pairs_{table}")
            assert cursor.fetchone() == (0,), table


def test_raw_sql_under_the_role_shows_each_what_is_theirs(scene: Scene) -> None:
    pair = scene.pair(goals=GOALS, beside_id=scene.second.pk)
    tell(scene.helper, pair, told(note=CANARY))
    tables = ("pair", "duty", "goal", "visit", "vetting")

    def rows(user: User, now: datetime = NOW) -> tuple[int, ...]:
        counted = []
        with enter(user, now=now, purpose=Purpose.HELPING), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM pairs_{table}")
                counted.append(cursor.fetchone()[0])
        return tuple(counted)

    clerk = make_staff("clerk", scene.tree.town, Role.AID_CLERK)
    colleague = make_staff("colleague", scene.tree.town, Role.CASE_WORKER)
    assert rows(scene.worker) == (1, 2, 2, 1, 0)
    assert rows(scene.office) == (1, 2, 0, 1, 2)
    assert rows(scene.helper) == (1, 2, 2, 1, 1)
    assert rows(scene.second) == (1, 2, 2, 0, 1)
    assert rows(colleague) == (0, 0, 0, 0, 2)
    assert rows(clerk) == (0, 0, 0, 0, 0)
    assert rows(scene.far) == (0, 0, 0, 0, 0)
    assert rows(scene.helper, NOW - timedelta(hours=1)) == (0, 0, 0, 0, 1), "Before it began."
    arrange(scene, pair, actions.end_pair, why=Ending.REACHED)
    after = NOW + timedelta(seconds=1)
    assert rows(scene.helper, after) == (0, 0, 0, 0, 1)
    assert rows(scene.helper) == (0, 0, 0, 0, 1), "Nor by an hour at which it went on."
    assert rows(scene.worker, after) == (1, 2, 2, 1, 0)


def test_sums_by_category_are_of_children_in_pairs(scene: Scene) -> None:
    scene.pair(beside_id=scene.second.pk)
    path = f"{scene.tree.city.pk}.{scene.tree.county.pk}"
    found = queries.counts([path], DAY)[path]
    assert (found.pairs, found.children, found.helpers, found.visits) == (1, 1, 2, 0)
    assert {category.value: number for category, number in found.by_category.items()} == {
        "left_behind": 1
    }
    assert queries.counts([path], DAY - timedelta(days=1))[path].pairs == 0


def test_a_vetting_is_of_somebody_else_by_constraint(scene: Scene) -> None:
    from django.db import IntegrityError, transaction

    with keep("forge"), pytest.raises(IntegrityError), transaction.atomic():
        Vetting.objects.create(
            user=scene.helper, by=scene.helper, unit=scene.tree.town, kind="five_old",
            checked_on=DAY, holds_until=DAY, at=NOW,
        )  # fmt: skip


def test_parts_of_a_helper_are_given_by_the_duty_alone(scene: Scene) -> None:
    scene.pair()
    with enter(scene.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert door.parts(scene.child.id) == {Part.HELPER}
