"""The log of readings: noted at the door, linked at commit, recounted."""

import time
from datetime import UTC, datetime

import psycopg

from bench.ground import Ground

READINGS = 300_000
AT_ONCE = 50
"""Children of one page: so many readings make one transaction."""

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def readings(ground: Ground) -> dict[str, float]:
    """Note readings as pages of 50 children do, fill the log up, recount the chain.

    The first 10,000 go through ``vault_note`` in transactions of 50, each linked and flushed at its
    commit; the rest in transactions of 10,000, so that the filling ends. Then the chain is recounted as
    ``mingtian audit verify`` does.
    """
    from mingtian.vault.verifying import verify

    with psycopg.connect(ground.url, autocommit=True) as connection:
        pages = _note(connection, 10_000, AT_ONCE)
        _note(connection, READINGS - 10_000, 10_000)
        connection.execute("VACUUM ANALYZE vault_reading, vault_link")
    begun = time.perf_counter()
    changed = list(verify())
    seconds = time.perf_counter() - begun
    if changed:
        raise RuntimeError(f"The log was changed: {changed[:3]}")
    return {
        "readings_noted_per_second": round(10_000 / pages),
        "readings_verified_per_second": round(READINGS / seconds),
    }


def _note(connection: psycopg.Connection, number: int, at_once: int) -> float:
    begun = time.perf_counter()
    for first in range(0, number, at_once):
        with connection.transaction():
            connection.execute("SELECT set_config('mingtian.user', '7', true)")
            connection.execute(
                "SELECT vault_note(ARRAY(SELECT generate_series(%s::bigint, %s::bigint)),"
                " 'name', 'case_work', %s, false)",
                [first + 1, first + at_once, NOW],
            )
    return time.perf_counter() - begun
