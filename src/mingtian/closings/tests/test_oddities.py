"""What the school is asked about: many pupils on one phone, alike maps, minutes afterwards."""

from datetime import timedelta

import pytest
from django.db import connection

from mingtian.closings.actions import answer, ask, ask_everywhere, count_at_end
from mingtian.closings.models import Question
from mingtian.closings.queries.oddities import find_oddities
from mingtian.closings.rules import Oddity
from mingtian.closings.tests.conftest import Night
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.people.models import Person
from mingtian.testing.make import make_household


def record(night: Night, person: Person, minutes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_record (lecture, person, unit, kind, live)"
            " VALUES (%s, %s, %s, 1, %s)",
            [night.evening.lecture.pk, person.pk, person.unit_id, (1 << minutes) - 1],
        )


def come_on_one_phone(night: Night, people: list[Person]) -> None:
    home = make_household(people[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH s AS (INSERT INTO attendance_seat"
            " (campaign, phone, household, unit, persons, created_at)"
            " VALUES (%s, decode(repeat('ab', 16), 'hex'), %s, %s, %s, now()) RETURNING id)"
            " INSERT INTO attendance_arrival (seat, household, lecture, unit, first_slot)"
            " SELECT id, %s, %s, %s, 0 FROM s",
            [night.evening.campaign.pk, home.pk, people[0].unit_id, [p.pk for p in people],
             home.pk, night.evening.lecture.pk, people[0].unit_id],
        )  # fmt: skip
    for number, person in enumerate(people):
        record(night, person, 20 + number)


def found(night: Night) -> dict[Oddity, int]:
    oddities = find_oddities(night.day, night.path(night.evening.tree.school))
    assert {unit for unit, _oddity in oddities} <= {night.evening.tree.class_one.pk}
    return {oddity: number for (_unit, oddity), number in oddities.items()}


@pytest.mark.parametrize(("pupils", "expected"), [(3, {}), (4, {Oddity.MANY_ON_ONE_PHONE: 1})])
def test_many_pupils_on_one_phone_are_asked_about(
    night: Night, pupils: int, expected: dict[Oddity, int]
) -> None:
    come_on_one_phone(night, night.evening.pupils[:pupils])

    assert found(night) == expected


@pytest.mark.parametrize(
    ("pupils", "minutes", "expected"),
    [(4, 30, {}), (5, 30, {Oddity.ALIKE_MAPS: 5}), (5, 60, {}), (5, 3, {})],
)
def test_the_same_minutes_in_many_homes_are_asked_about(
    night: Night, pupils: int, minutes: int, expected: dict[Oddity, int]
) -> None:
    for person in night.evening.pupils[:pupils]:
        record(night, person, minutes)

    assert found(night) == expected


@pytest.mark.parametrize(
    ("slots", "expected"), [(119, {}), (200, {Oddity.MINUTES_AFTERWARDS: 200})]
)
def test_minutes_that_came_after_the_end_are_asked_about(
    night: Night, slots: int, expected: dict[Oddity, int]
) -> None:
    tree, ends = night.evening.tree, night.evening.lecture.ends_at
    night.count(tree.class_one, 0, slots=300)
    assert count_at_end(now=ends + timedelta(seconds=30)) == 2
    night.count(tree.class_one, 0, slots=slots)

    assert count_at_end(now=ends + timedelta(minutes=2)) == 0
    assert found(night) == expected


def test_a_count_taken_too_late_says_nothing(night: Night) -> None:
    night.count(night.evening.tree.class_one, 0, slots=300)
    count_at_end(now=night.evening.lecture.ends_at + timedelta(hours=2))
    night.count(night.evening.tree.class_one, 0, slots=300)

    assert found(night) == {}


def test_a_question_is_asked_once_and_answered(night: Night) -> None:
    tree, by = night.evening.tree, Actor(username="principal")
    come_on_one_phone(night, night.evening.pupils[:5])
    path = night.path(tree.school)

    assert ask(day=night.day, path=path, now=night.over) == 1
    assert ask(day=night.day, path=path, now=night.over) == 0
    question = Question.objects.get()
    answer(
        day=night.day, question=question.public_id, units=[tree.class_one.pk], said="right",
        by=by, now=night.over,
    )  # fmt: skip

    question.refresh_from_db()
    assert (question.number, question.answer) == (1, "right")


@pytest.mark.parametrize(
    ("said", "mine", "code"),
    [("", True, "oddity_answer_missing"), ("right", False, "question_unknown")],
)
def test_no_answer_and_questions_of_others_are_refused(
    night: Night, said: str, mine: bool, code: str
) -> None:
    tree = night.evening.tree
    come_on_one_phone(night, night.evening.pupils[:4])
    ask(day=night.day, path=night.path(tree.school), now=night.over)
    units = [tree.class_one.pk if mine else tree.far_class.pk]

    with pytest.raises(RuleBroken, match=code):
        answer(
            day=night.day, question=Question.objects.get().public_id, units=units, said=said,
            by=Actor(username="x"), now=night.over,
        )  # fmt: skip


def test_schools_are_asked_by_themselves_in_the_hour_after_the_end(night: Night) -> None:
    come_on_one_phone(night, night.evening.pupils[:4])
    ends, closes = night.evening.lecture.ends_at, night.evening.lecture.closes_at

    assert ask_everywhere(now=ends - timedelta(seconds=1)) == 0
    assert ask_everywhere(now=ends) == 1
    assert ask_everywhere(now=ends + timedelta(minutes=1)) == 0
    Question.objects.all().delete()
    assert ask_everywhere(now=ends + timedelta(hours=1)) == 0
    assert ask_everywhere(now=closes) == 1


def test_a_frozen_day_is_asked_about_no_more(night: Night) -> None:
    come_on_one_phone(night, night.evening.pupils[:4])
    night.freeze()

    assert ask_everywhere(now=night.closed) == 0
