"""The clock's prompts: due, missed, moved, cancelled, each exactly once (SGN-2)."""

import threading
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.campaigns.models import LearningCode, Lecture
from mingtian.core.models import AuditEntry
from mingtian.prompts.actions import keep_rhythm
from mingtian.prompts.models import Prompt
from mingtian.prompts.tests.conftest import FIVE_TO, HALF_PAST, Night, made, make_night
from mingtian.testing.evening import STARTS
from mingtian.testing.hotpath import url_of_tests
from mingtian.testing.locks import until_somebody_waits

MINUTE = timedelta(minutes=1)
HALF_HOUR = [("half_hour", "class"), ("half_hour", "class"), ("half_hour", "school")]
FIVE = [("five_minutes", "class"), ("five_minutes", "class")]


def test_nobody_is_asked_before_half_an_hour(night: Night) -> None:
    assert keep_rhythm(now=HALF_PAST - MINUTE) == 0
    assert made() == []


def test_school_and_class_teachers_are_asked_half_an_hour_before(night: Night) -> None:
    assert keep_rhythm(now=HALF_PAST) == 3
    assert made() == HALF_HOUR
    entry = AuditEntry.objects.get(action="prompts.made")
    assert entry.detail == {"kind": "half_hour", "units": 3}


def test_class_teachers_are_asked_once_more_five_minutes_before(reminded: Night) -> None:
    assert keep_rhythm(now=FIVE_TO) == 2
    assert made() == sorted(HALF_HOUR + FIVE)


def test_a_second_tick_of_the_minute_finds_nothing_to_do(reminded: Night) -> None:
    assert keep_rhythm(now=HALF_PAST) == 0
    assert keep_rhythm(now=HALF_PAST + MINUTE) == 0
    assert made() == HALF_HOUR


@pytest.mark.parametrize("late", [7, 24])
def test_a_tick_that_did_not_come_is_made_up_for(night: Night, late: int) -> None:
    assert keep_rhythm(now=HALF_PAST + late * MINUTE) == 3


def test_what_was_missed_is_recorded_and_asks_nobody(night: Night) -> None:
    assert keep_rhythm(now=FIVE_TO) == 2
    assert made() == FIVE
    assert made(missed=True) == HALF_HOUR
    assert AuditEntry.objects.get(action="prompts.missed").detail["units"] == 3

    keep_rhythm(now=FIVE_TO + MINUTE)
    assert Prompt.objects.count() == 5


def test_a_whole_evening_without_a_worker_is_recorded_on_the_next_day(night: Night) -> None:
    assert keep_rhythm(now=STARTS + timedelta(hours=14)) == 0
    assert made() == []
    assert made(missed=True) == sorted(HALF_HOUR + FIVE)


def test_an_old_lecture_is_not_looked_at_for_ever(night: Night) -> None:
    keep_rhythm(now=STARTS + timedelta(days=3))
    assert made(missed=True) == []


def test_a_moved_lecture_takes_its_prompts_along(reminded: Night) -> None:
    reminded.move(timedelta(hours=1))

    assert keep_rhythm(now=HALF_PAST + 2 * MINUTE) == 0
    assert made() == []
    assert keep_rhythm(now=HALF_PAST + timedelta(hours=1)) == 3
    assert AuditEntry.objects.filter(action="prompts.moved").count() == 1


def test_a_lecture_moved_by_minutes_asks_again_only_for_what_is_still_ahead(night: Night) -> None:
    keep_rhythm(now=HALF_PAST)
    keep_rhythm(now=FIVE_TO)

    night.move(timedelta(minutes=15))
    keep_rhythm(now=FIVE_TO + MINUTE)

    assert made() == HALF_HOUR
    assert keep_rhythm(now=FIVE_TO + timedelta(minutes=15)) == 2


def test_a_lecture_moved_to_earlier_is_asked_for_at_once(night: Night) -> None:
    night.move(timedelta(minutes=-20))
    assert keep_rhythm(now=HALF_PAST - 15 * MINUTE) == 3


def test_a_cancelled_lecture_and_a_closed_campaign_ask_nobody(reminded: Night) -> None:
    Lecture.objects.filter(pk=reminded.evening.lecture.pk).delete()
    assert made() == []
    assert keep_rhythm(now=HALF_PAST) == 0


def test_a_closed_campaign_asks_nobody(night: Night) -> None:
    night.close_campaign()
    assert keep_rhythm(now=HALF_PAST) == 0
    assert keep_rhythm(now=STARTS + timedelta(hours=2)) == 0
    assert not Prompt.objects.exists()


def test_a_class_without_a_code_in_use_takes_no_part(night: Night) -> None:
    LearningCode.objects.filter(code="c1ass002").update(closed_at=HALF_PAST)
    keep_rhythm(now=HALF_PAST)
    assert made() == HALF_HOUR[1:]


def test_a_look_costs_the_same_however_many_classes_there_are(
    night: Night, django_assert_num_queries: object
) -> None:
    # A savepoint and its release, the look for moved ones, and four statements.
    with django_assert_num_queries(7):  # type: ignore[operator]
        keep_rhythm(now=HALF_PAST - MINUTE)


@pytest.mark.slow
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ticks=st.lists(st.integers(-40, 90), max_size=12))
def test_whichever_ticks_come_each_unit_has_each_prompt_at_most_once_and_in_time(
    night: Night, ticks: list[int]
) -> None:
    Prompt.objects.all().delete()
    for minutes in sorted(ticks):
        keep_rhythm(now=STARTS + minutes * MINUTE)
        keep_rhythm(now=STARTS + minutes * MINUTE)

    for prompt in Prompt.objects.filter(missed=False):
        after = (prompt.made_at - STARTS) / MINUTE
        first, last = {"half_hour": (-30, -5), "five_minutes": (-5, 10)}[prompt.kind]
        assert first <= after < last
    due = any(-30 <= minutes < -5 for minutes in ticks)
    assert (Prompt.objects.filter(kind="half_hour", missed=False).count() == 3) is due


@pytest.mark.slow
def test_two_that_look_at_once_make_one(transactional_db: None) -> None:
    """The second waits for the first, who has not committed yet, and then makes nothing."""
    night = make_night()
    counts: list[int] = []

    def second() -> None:
        try:
            counts.append(keep_rhythm(now=HALF_PAST))
        finally:
            connection.close()

    with closing(psycopg.connect(url_of_tests())) as first:
        first.execute(
            "INSERT INTO prompts_prompt (lecture_id, unit_id, kind, made_at, missed)"
            " VALUES (%s, %s, 'half_hour', now(), false)",
            [night.evening.lecture.pk, night.evening.tree.class_one.pk],
        )
        thread = threading.Thread(target=second)
        thread.start()
        until_somebody_waits()
        first.commit()
        thread.join(30)

    assert counts == [2]
    assert made() == HALF_HOUR


@pytest.mark.slow
def test_when_the_first_fails_the_second_makes_them_all(transactional_db: None) -> None:
    night = make_night()
    counts: list[int] = []

    def second() -> None:
        try:
            counts.append(keep_rhythm(now=HALF_PAST))
        finally:
            connection.close()

    with closing(psycopg.connect(url_of_tests())) as first:
        first.execute(
            "INSERT INTO prompts_prompt (lecture_id, unit_id, kind, made_at, missed)"
            " VALUES (%s, %s, 'half_hour', now(), false)",
            [night.evening.lecture.pk, night.evening.tree.class_one.pk],
        )
        thread = threading.Thread(target=second)
        thread.start()
        until_somebody_waits()
        first.rollback()
        thread.join(30)

    assert counts == [3]
