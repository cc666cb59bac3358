"""What opening a desk costs: the office of a school beside the office of a city."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psycopg

from bench.ground import CITY, CITY_CLASSES, Ground

SCHOOL, SCHOOL_CLASSES = 3000, 15
LOOKS = 21
BELOW = """
SELECT count(*) FROM org_placement AS p JOIN org_unit AS u ON u.id = p.unit_id
WHERE u.kind = 'class' AND p.path ~ %s::lquery
"""


def desks(ground: Ground) -> dict[str, float]:
    """Open the desk of a school of 15 classes and of a city of 2,250, by Django's own client.

    Statements of one look, and the median wall milliseconds of 21: session, second factor, what
    waits in every module, tonight's numbers and the page drawn, all in this process.
    """
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute(Path(__file__).with_suffix(".sql").read_bytes())
        for unit, classes in ((SCHOOL, SCHOOL_CLASSES), (CITY, CITY_CLASSES)):
            if connection.execute(BELOW, [f"*.{unit}.*"]).fetchone() != (classes,):
                raise RuntimeError(f"There are not {classes} classes below unit {unit}.")
    few, school = _measured(ground, SCHOOL)
    many, city = _measured(ground, CITY)
    # A school's office asks one more: what waits about children in difficulty. A city has no such post.
    return {
        "desk_statements": max(few, many),
        "desk_15_classes_ms": school,
        "desk_2250_classes_ms": city,
    }


def _measured(ground: Ground, unit: int) -> tuple[int, float]:
    """Return statements and milliseconds of the desk of an office at the unit."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    look = _desk(ground.office(unit))
    look()
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked), round(median(look() for _each in range(LOOKS)), 1)


def _desk(session_key: str) -> Callable[[], float]:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"accept-language": "zh-cn"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key

    def look() -> float:
        begun = time.perf_counter()
        if client.get("/desk").status_code != 200:
            raise RuntimeError("The desk did not open.")
        return (time.perf_counter() - begun) * 1000

    return look
