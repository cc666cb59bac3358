"""SQL of this module, and the lock that lets changes of one evening take turns."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")

_LOCKS = 0x72656164
"""The class of this module's advisory locks; "read"."""


def rows(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of this module and return what it found."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return list(cursor.fetchall())


def lock_evenings(days: Iterable[date]) -> None:
    """Let changes of duty on these days take turns, until the transaction ends."""
    with connection.cursor() as cursor:
        for day in sorted(set(days)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCKS, day.toordinal()])
