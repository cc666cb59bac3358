"""What closing a day of a city costs, and recounting it afterwards."""

import time
from datetime import timedelta
from pathlib import Path

import psycopg

from bench.ground import Ground
from mingtian.core.actor import Actor

LECTURE = 21
CITY = Path(__file__).with_name("certificates.sql")


def close_a_day(ground: Ground) -> dict[str, float]:
    """Freeze a day of 91,710 persons and 2,250 classes, then verify it.

    Wall seconds of the action itself, its transaction included: lines,
    fingerprint, trail; the verifying recounts every line from the tallies.
    """
    from mingtian.closings.actions import freeze
    from mingtian.closings.queries import find_day
    from mingtian.closings.verifying import verify

    with psycopg.connect(ground.url, autocommit=True) as connection:
        city = connection.execute("SELECT 1 FROM campaigns_campaign WHERE id = 2").fetchone()
        if city is None:
            connection.execute(CITY.read_bytes())
        connection.execute(Path(__file__).with_suffix(".sql").read_bytes())
    day = find_day(LECTURE)
    assert day is not None
    begun = time.perf_counter()
    closing = freeze(day=day, by=Actor(username="bench"), now=day.closes_at + timedelta(hours=1))
    frozen = time.perf_counter()
    if list(verify()):
        raise RuntimeError("The frozen day is not what was counted.")
    verified = time.perf_counter()
    if closing.lines < 3 * 2250:
        raise RuntimeError(f"Only {closing.lines} lines were frozen.")
    return {
        "closing_91710_s": round(frozen - begun, 2),
        "verify_day_s": round(verified - frozen, 2),
    }
