"""SQL of this module."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

Row = tuple[Any, ...]
"""A row as PostgreSQL gave it."""

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")


def rows(name: str, values: Mapping[str, Any]) -> list[Row]:
    """Run a named statement of this module and return what it found."""
    return run(STATEMENTS[name], values)


def run(statement: str, values: Mapping[str, Any]) -> list[Row]:
    """Run a statement made of this module's own parts and return what it found."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def next_number() -> int:
    """Return the next serial number of a case; numbers may have gaps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('care_case_number')")
        (number,) = cursor.fetchone() or (0,)
    return int(number)
