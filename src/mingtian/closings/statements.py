"""SQL of this module, and the lock that lets changes of one day take turns."""

import re
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")

_BELOW = re.sub(
    r"/\* of (\S+) \*/", r"AND \1 = ANY (ARRAY(SELECT unit_id FROM leaf))", STATEMENTS["corrected"]
)

_LOCKS = 0x636C6F73
"""The class of this module's advisory locks, four letters of its name."""


def rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of this module and return what it found."""
    statement = STATEMENTS[name]
    statement = statement.replace("{corrected}", STATEMENTS["corrected"])
    statement = statement.replace("{corrected below}", _BELOW)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def lock_day(lecture_id: int) -> None:
    """Let confirming, correcting and freezing of one day take turns, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, lecture_id])
