"""Waiting for somebody to be held up by a lock: for the state itself, never for a stretch of time."""

import time

import psycopg

from mingtian.testing.hotpath import url_of_tests

PATIENCE = 60
"""After so many seconds a test gives up; one that goes well waits for milliseconds."""

SOMEBODY_WAITS = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE %s
    )
"""
"""In the test's own database: the others of the cluster belong to the other workers."""


def somebody_waits(asking: str = "") -> bool:
    """Say whether a statement with these words in it waits for a lock.

    Asked on a connection of its own, because a transaction sees the same list all along.
    """
    with psycopg.connect(url_of_tests(), autocommit=True) as looking:
        row = looking.execute(SOMEBODY_WAITS, [f"%{asking}%"]).fetchone()
    return row == (True,)


def until_somebody_waits() -> None:
    """Return once somebody is held up; fail when nobody ever is."""
    late = time.monotonic() + PATIENCE
    while not somebody_waits():
        assert time.monotonic() < late, "nobody waited"
