"""Keeps the jobs' own tables small and frees what a killed worker held."""

from datetime import datetime

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from mingtian.core.jobs import every_minute, every_night

KEPT_HOURS = 7 * 24
SILENT_SECONDS = 60
"""A worker that has not been heard of for so long is taken for dead."""


@every_night
def delete_old_jobs(_now: datetime) -> None:
    """Delete jobs that ended a week ago, whatever their end."""
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@every_minute
def give_up_stalled_jobs(_now: datetime) -> None:
    """Close the jobs of dead workers; what they were about is found again by the next tick."""
    async_to_sync(_give_up)()


async def _give_up() -> None:
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
    await manager.prune_stalled_workers(seconds_since_heartbeat=SILENT_SECONDS)
