"""SQL of this module."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")


def rows(name: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of this module and return what it found."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return list(cursor.fetchall()) if cursor.description else []
