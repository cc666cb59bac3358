"""Looks at an evening: what falls, who is to be called, once whatever ticks (STA-3, STA-1)."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mingtian.campaigns.models import Lecture
from mingtian.closings.actions import Wish, correct, freeze
from mingtian.closings.rules import Column
from mingtian.org.models import Unit
from mingtian.supervision.actions import look, look_around, settle
from mingtian.supervision.comparing import compare
from mingtian.supervision.models import Alert, ContactTask, Look, Mark
from mingtian.supervision.rules import Stage, Why
from mingtian.supervision.tests.conftest import BY, Week, make_week


def marks(week: Week, stage: Stage) -> dict[int, tuple[int, int | None, int | None]]:
    found = Mark.objects.filter(lecture=week.lecture, stage=stage.value)
    return {each.unit_id: (each.usual or 0, each.before, each.value) for each in found}


def test_each_unit_is_held_against_its_own_earlier_evenings(week: Week) -> None:
    tree = week.evening.tree

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    found = marks(week, Stage.FINAL)
    assert found[tree.school.pk] == (201, 202, 203)
    assert found[tree.other_school.pk] == (299, 298, 297)
    assert found[tree.far_county.pk] == (2_500, 2_500, 2_500)
    assert found[tree.county.pk] == (2_512, 2_512, 2_512)
    assert found[tree.city.pk] == (5_012, 5_012, 5_012)
    assert tree.class_one.pk not in found
    assert not Alert.objects.exists()


def test_a_fall_becomes_an_alert_and_a_call_for_the_unit_directly_above(week: Week) -> None:
    tree = week.evening.tree
    week.count(tree.class_one, 90)

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    alert = Alert.objects.get()
    assert (alert.unit_id, alert.value, alert.before, alert.usual) == (tree.school.pk, 90, 202, 201)
    assert alert.value < alert.low
    task = alert.task
    assert (task.about_id, task.owner_id, task.why) == (tree.school.pk, tree.county.pk, Why.FALL)
    assert task.due_at == week.lecture.closes_at


def test_a_county_that_falls_is_called_by_the_city_and_its_school_by_the_county(week: Week) -> None:
    tree = week.evening.tree
    week.count(tree.far_class, 1_500)

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    called = set(ContactTask.objects.values_list("about_id", "owner_id"))
    assert called == {
        (tree.far_county.pk, tree.city.pk),
        (tree.far_school.pk, tree.far_county.pk),
    }


def test_a_school_of_forty_raises_no_alert(week: Week) -> None:
    for lecture in week.lectures[:-1]:
        week.count(week.evening.tree.class_one, 40, lecture)
    week.count(week.evening.tree.class_one, 0)

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    assert not Alert.objects.exists()


def test_small_schools_that_fall_together_are_a_fall_of_the_unit_above(week: Week) -> None:
    tree = week.evening.tree
    for lecture in week.lectures:
        week.count(tree.class_one, 45, lecture)
        week.count(tree.other_class, 45, lecture)
        week.count(tree.five_old, 10, lecture)
    week.count(tree.class_one, 10)
    week.count(tree.other_class, 12)

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    alert = Alert.objects.get()
    assert (alert.unit_id, alert.usual, alert.value) == (tree.county.pk, 112, 44)
    assert alert.task.owner_id == tree.city.pk
    assert marks(week, Stage.FINAL)[tree.school.pk] == (45, 45, 10)


@pytest.mark.parametrize(("stage", "minutes"), [(Stage.EARLY, 10), (Stage.MIDDLE, 30)])
def test_while_it_runs_the_watching_of_one_minute_is_compared(
    week: Week, stage: Stage, minutes: int
) -> None:
    tree = week.evening.tree
    week.count(tree.class_one, 80)

    assert look_around(now=week.at(minutes)) == 1

    assert marks(week, stage)[tree.school.pk] == (201, 202, 80)
    assert marks(week, stage)[tree.other_school.pk] == (299, 298, 297)
    alert = Alert.objects.get()
    assert (alert.stage, alert.unit_id) == (stage, tree.school.pk)
    assert alert.task.due_at == week.lecture.ends_at


def test_corrections_count_in_the_days_sums(week: Week) -> None:
    tree = week.evening.tree
    week.count(tree.class_one, 90)
    wish = Wish(kind=1, column=Column.ARRIVED, new=200, reason="no_network")
    correct(day=week.day, unit=week.row(tree.class_one), wish=wish, by=BY, now=week.over)

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    assert marks(week, Stage.FINAL)[tree.school.pk][2] == 200
    assert not Alert.objects.exists()


def test_the_first_evening_expects_nothing(week: Week) -> None:
    week.lectures = week.lectures[:1]

    look(day=week.day, stage=Stage.FINAL, now=week.over)

    mark = Mark.objects.get(unit=week.evening.tree.school)
    assert (mark.value, mark.before, mark.usual, mark.low) == (200, None, None, None)
    assert not Alert.objects.exists()


def test_an_evening_on_which_nobody_came_is_not_a_usual_one(week: Week) -> None:
    tree = week.evening.tree
    week.count(tree.class_one, 0, week.lectures[1])

    [found] = [each for each in compare(week.day, Stage.FINAL) if each.unit_id == tree.school.pk]

    assert found.band is not None
    assert found.band.usual == 201


def test_ticks_that_come_twice_or_every_minute_look_once(week: Week) -> None:
    week.count(week.evening.tree.class_one, 90)

    for minute in range(200):
        look_around(now=week.at(minute))
        look_around(now=week.at(minute))

    assert sorted(Look.objects.values_list("stage", flat=True)) == sorted(Stage)
    assert sorted(Alert.objects.values_list("stage", flat=True)) == ["early", "final", "middle"]
    fall = ContactTask.objects.get(why=Why.FALL)
    assert fall.alerts.count() == 3


def test_missed_ticks_are_made_up_but_never_after_the_next_stage(week: Week) -> None:
    week.count(week.evening.tree.class_one, 90)

    assert look_around(now=week.at(25)) == 1
    assert look_around(now=week.at(65)) == 0
    assert look_around(now=week.at(14 * 60)) == 2

    assert set(Look.objects.values_list("stage", flat=True)) == {"early", "final", "due"}


def test_nothing_is_looked_at_before_the_start_or_after_the_freezing(week: Week) -> None:
    assert look_around(now=week.at(9)) == 0
    for lecture in week.lectures:
        week.lectures = [*week.lectures[: lecture.number - 1], lecture]
        freeze(day=week.day, by=BY, now=lecture.closes_at)

    assert look_around(now=week.over) == 0


def test_who_has_not_confirmed_in_time_is_called_once(week: Week) -> None:
    tree = week.evening.tree
    week.confirm(tree.school)

    look_around(now=week.late)
    look_around(now=week.late + timedelta(minutes=1))

    tasks = ContactTask.objects.filter(why=Why.SILENT)
    assert set(tasks.values_list("about_id", "owner_id")) == {(tree.town.pk, tree.county.pk)}


def test_one_call_asks_about_a_fall_and_the_silence_at_once(week: Week) -> None:
    fall = week.fall()

    look_around(now=week.late)

    tasks = ContactTask.objects.filter(about=week.evening.tree.school)
    assert [each.pk for each in tasks] == [fall.pk]


def test_a_school_that_confirms_late_needs_no_call_any_more(week: Week) -> None:
    tree = week.evening.tree
    look_around(now=week.late)
    late = week.late + timedelta(minutes=10)
    week.confirm(tree.school, now=late)

    settle(now=late)
    settle(now=late)

    task = ContactTask.objects.get(about=tree.school)
    assert (task.done_at, task.cause) == (late, "")
    assert ContactTask.objects.get(about=tree.town).done_at is None


def test_a_fall_is_not_settled_by_a_confirmation(week: Week) -> None:
    task = week.fall()
    week.confirm(week.evening.tree.school)

    settle(now=week.over)

    task.refresh_from_db()
    assert task.done_at is None


def test_the_table_itself_refuses_a_second_alert(week: Week) -> None:
    week.fall()
    alert = Alert.objects.get()
    alert.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        alert.save(force_insert=True)


def test_two_workers_who_look_at_once_raise_one_alert(transactional_db: None) -> None:
    week = make_week()
    week.count(week.evening.tree.class_one, 90)
    day, now, gate = week.day, week.over, threading.Barrier(2)
    done: list[bool] = []

    def tick() -> None:
        gate.wait(10)
        done.append(look(day=day, stage=Stage.FINAL, now=now))
        connection.close()

    threads = [threading.Thread(target=tick) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert sorted(done) == [False, True]
    assert Alert.objects.count() == 1
    assert ContactTask.objects.count() == 1


def test_a_moved_class_counts_where_it_stood_that_evening(week: Week) -> None:
    """The sums of earlier evenings stay with the school that had the class then."""
    tree = week.evening.tree
    before = {each.unit_id: each.before for each in compare(week.day, Stage.FINAL)}
    _move(tree.class_one, tree.other_grade, week.lecture)

    after = {each.unit_id: each for each in compare(week.day, Stage.FINAL)}

    assert after[tree.school.pk].before == before[tree.school.pk] == 202
    assert after[tree.school.pk].value == 0
    assert after[tree.other_school.pk].value == 203 + 297
    running = {each.unit_id: each.value for each in compare(week.day, Stage.EARLY)}
    assert running[tree.other_school.pk] == 500


def _move(unit: Unit, superior: Unit, lecture: Lecture) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE org_placement SET ends_on = %s WHERE unit_id = %s RETURNING line",
            [lecture.held_on, unit.pk],
        )
        for (line,) in cursor.fetchall():
            cursor.execute(
                "INSERT INTO org_placement (unit_id, superior_id, line, path, starts_on)"
                " SELECT %s, %s, %s, path || %s::text, %s FROM org_placement"
                " WHERE unit_id = %s AND line = %s",
                [unit.pk, superior.pk, line, str(unit.pk), lecture.held_on, superior.pk, line],
            )
