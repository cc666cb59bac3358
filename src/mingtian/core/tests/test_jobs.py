"""Jobs: each is known to the worker, a tick too many does nothing, a dead worker frees its job."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mingtian.core.tasks import give_up_stalled_jobs
from mingtian.testing.make import NOW

TICKS = sorted(name for name, _ in app.periodic_registry.periodic_tasks)


def work_off() -> None:
    """Let a real worker do what is waiting, and end."""
    name = connection.settings_dict["NAME"]
    address, _, _ = os.environ["DATABASE_URL"].partition("?")
    query = os.environ["DATABASE_URL"].removeprefix(address)
    url = f"{address.rpartition('/')[0]}/{name}{query}"
    subprocess.run(
        [sys.executable, "-m", "django", "procrastinate", "worker", "--one-shot"],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "mingtian.settings"},
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.mark.slow
def test_a_worker_does_every_job_that_looks_after_itself(transactional_db: None) -> None:
    assert TICKS
    for name in TICKS:
        app.tasks[name].defer(timestamp=0)

    work_off()

    ends = ProcrastinateJob.objects.values_list("task_name", "status")
    assert dict.fromkeys(TICKS, "succeeded").items() <= dict(ends).items()


def test_ticks_do_not_queue_up(transactional_db: None) -> None:
    app.tasks[TICKS[0]].defer(timestamp=0)

    with pytest.raises(exceptions.AlreadyEnqueued):
        app.tasks[TICKS[0]].defer(timestamp=60)


@pytest.mark.parametrize(("silent", "status"), [("2 minutes", "failed"), ("5 seconds", "doing")])
def test_the_job_of_a_worker_that_died_is_given_up(
    transactional_db: None, silent: str, status: str
) -> None:
    job = app.tasks[TICKS[0]].defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s::interval) RETURNING id",
            [silent],
        )
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])

    give_up_stalled_jobs(NOW)

    assert ProcrastinateJob.objects.get(pk=job).status == status
