"""Runs the named statements of ``queries/statements.sql``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from mingtian.core.statements import named

STATEMENTS = named(Path(__file__).parent / "queries" / "statements.sql")

SPAN = "BETWEEN %(first)s AND %(last)s"
NAMED = "= ANY (%(persons)s::bigint[])"
IN_FORCE = "rule.ended_at IS NULL"
OF_CERTIFICATES = (
    "rule.id IN (SELECT c.rule_id FROM certificates_certificate AS c "
    "WHERE c.person = p.id AND c.campaign_id = %(campaign)s AND c.revoked_at IS NULL)"
)
DECIDED = "c.campaign_id = %(campaign)s AND (c.revoked_at IS NULL OR c.revoked_for <> 'correction')"
"""A certificate that is valid, or that people have taken back: no unlocking adds to it."""


def statement(name: str, *, whose: str = NAMED, rules: str = IN_FORCE) -> str:
    """Return a statement with its parts put together; all parts stand in this module."""
    return (
        STATEMENTS[name]
        .replace("{reached}", STATEMENTS["reached"])
        .replace("{exempt}", STATEMENTS["exempt"])
        .replace("{whose}", whose)
        .replace("{decided}", DECIDED)
        .replace("{rules}", rules)
    )


def fetch(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement that reads and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def execute(sql: str, values: Mapping[str, Any]) -> int:
    """Run a statement that writes and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
