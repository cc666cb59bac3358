"""SQL of this module, and how what the database refuses becomes a refusal for people."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from mingtian.core.errors import RuleBroken
from mingtian.core.statements import named
from mingtian.ledger.rules import shown

STATEMENTS = named(Path(__file__).parent / "sql" / "statements.sql")

_REFUSED = "LG000"
"""SQLSTATE with which sql/schema.sql refuses: the code as message, the facts as JSON."""


def rows(name: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a named statement of this module and return what it found."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], values)
        return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def refusals() -> Iterator[None]:
    """Raise RuleBroken for what the triggers refuse. Stands around the transaction, not in it."""
    try:
        yield
    except DatabaseError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.sqlstate != _REFUSED:
            raise
        facts = json.loads(diagnosis.message_detail or "{}")
        if "available" in facts:
            facts["shown"] = shown(facts["available"], facts["measure"])
        raise RuleBroken(diagnosis.message_primary, **facts) from error
