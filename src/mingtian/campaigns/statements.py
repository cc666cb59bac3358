"""Runs the named statements of ``queries.sql``."""

from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).with_name("queries.sql"))


def fetch(name: str, values: dict[str, Any], *, also: str = "") -> list[tuple[Any, ...]]:
    """Run a statement that reads and return its rows; ``also`` names one that stands in it."""
    statement = STATEMENTS[name]
    if also:
        statement = statement.replace(f"{{{also}}}", STATEMENTS[also])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def execute(name: str, values: dict[str, Any]) -> int:
    """Run a statement that writes and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return int(cursor.rowcount)
