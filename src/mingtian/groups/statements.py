"""SQL of this module. ``{members}`` and ``{group}`` in a statement stand for those parts."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")
PARTS = ("members", "group")

Value = str | int | date | datetime | Sequence[str] | Sequence[int]
Values = dict[str, Value]


def rows(name: str, values: Values, more: str = "") -> list[tuple[object, ...]]:
    """Run a named statement of this module and return what it found.

    ``more`` is a constant of this module that ends the statement, never what somebody typed.
    """
    statement = STATEMENTS[name]
    for part in PARTS:
        statement = statement.replace(f"{{{part}}}", STATEMENTS[part])
    with connection.cursor() as cursor:
        cursor.execute(statement + more, cast("dict[str, Any]", values))
        return list(cursor.fetchall())
