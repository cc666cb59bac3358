"""Two real workers on one database, one of them killed in the middle: one prompt each (SGN-2)."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate import exceptions
from procrastinate.contrib.django import app

from mingtian.campaigns.models import Campaign, Lecture
from mingtian.core.clock import day_of, now
from mingtian.prompts.models import Prompt
from mingtian.prompts.tests.conftest import Night, made, make_night
from mingtian.run.worker import Worker
from mingtian.testing.hotpath import url_of_tests
from mingtian.testing.locks import somebody_waits

pytestmark = pytest.mark.slow

TICK = "mingtian.prompts.tasks.keep_the_evening_rhythm"
HALF_HOUR = [("half_hour", "class"), ("half_hour", "class"), ("half_hour", "school")]
PATIENCE = 60


@pytest.fixture
def tonight(transactional_db: None) -> Night:
    """An evening that starts in twenty minutes by the real clock, as workers read it."""
    night = make_night()
    starts = now() + timedelta(minutes=20)
    Campaign.objects.filter(pk=night.evening.campaign.pk).update(
        first_on=day_of(starts), last_on=day_of(starts)
    )
    Lecture.objects.filter(pk=night.evening.lecture.pk).update(
        held_on=day_of(starts), doors_at=starts - timedelta(minutes=10), starts_at=starts,
        ends_at=starts + timedelta(hours=1), closes_at=starts + timedelta(hours=12),
    )  # fmt: skip
    return night


@pytest.fixture
def workers(transactional_db: None, tmp_path: Path) -> Iterator[list[Worker]]:
    # Its tables are not Django's to empty; what another test left would be done first.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    environment = {
        "DATABASE_URL": url_of_tests(),
        "DJANGO_SETTINGS_MODULE": "mingtian.settings",
    }
    made_here = [
        Worker(environment=environment, log=tmp_path / f"worker{number}.log") for number in range(2)
    ]
    yield made_here
    for worker in made_here:
        worker.stop()


def tick() -> None:
    """Ask for a look, unless one is asked for already."""
    try:
        app.tasks[TICK].defer(timestamp=int(now().timestamp()))
    except exceptions.AlreadyEnqueued:
        return


def until(reached: Callable[[], bool]) -> None:
    """Wait for a state, never for a stretch of time."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"the state was not reached: {jobs()}"
        time.sleep(0.05)


def jobs() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status, attempts FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def ended(number: int) -> bool:
    """Say whether so many looks have ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [TICK],
        )
        return int(cursor.fetchone()[0]) == number


def test_two_workers_make_each_prompt_once(tonight: Night, workers: list[Worker]) -> None:
    for worker in workers:
        worker.start()
    tick()
    until(lambda: Prompt.objects.count() == 3)
    tick()
    until(lambda: ended(0))

    assert made() == HALF_HOUR


def test_what_a_killed_worker_held_is_done_once_by_the_other(
    tonight: Night, workers: list[Worker]
) -> None:
    with closing(psycopg.connect(url_of_tests())) as holding:
        holding.execute(
            "INSERT INTO prompts_prompt (lecture_id, unit_id, kind, made_at, missed)"
            " VALUES (%s, %s, 'half_hour', now(), false)",
            [tonight.evening.lecture.pk, tonight.evening.tree.class_two.pk],
        )
        workers[0].start()
        tick()
        until(lambda: somebody_waits("prompts_prompt"))
        # In the middle of its statement, with rows written and not committed.
        workers[0].kill()
        holding.rollback()

    workers[1].start()
    tick()
    until(lambda: Prompt.objects.count() == 3)
    tick()
    until(lambda: ended(0))

    assert made() == HALF_HOUR
