"""Runs the named statements of ``queries.sql``."""

import re
from pathlib import Path
from typing import Any

from django.db import connection

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def _named(path: Path) -> dict[str, str]:
    parts = _NAME.split(path.read_text(encoding="utf-8"))[1:]
    return {
        name: body.strip().rstrip(";") for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


STATEMENTS = _named(Path(__file__).with_name("queries.sql"))


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
