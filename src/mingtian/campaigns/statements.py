"""Runs the named statements of ``queries.sql``."""

from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).with_name("queries.sql"))


def fetch(name: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement that reads and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return list(cursor.fetchall())


def execute(name: str, values: dict[str, Any]) -> int:
    """Run a statement that writes and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return int(cursor.rowcount)
