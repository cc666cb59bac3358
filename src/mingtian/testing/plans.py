"""What PostgreSQL makes of a statement of the hot path while the tables are empty.

Such a plan is kept for the life of a connection, all evening long (attendance.ingest.store).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connection

BY_KEY = {"Index Cond", "Recheck Cond", "TID Cond"}


def tables_read_whole(statement: str) -> list[str]:
    """Return the tables of which the plan reads more than what a key leads to.

    ``statement`` has named parameters, each with a cast.
    """
    names = sorted(set(re.findall(r"%\((\w+)\)s", statement)))
    text = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", statement)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO off")
        cursor.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {text}")
        ((found,),) = cursor.fetchall()
    (whole,) = found if isinstance(found, list) else json.loads(found)
    return [one["Relation Name"] for one in _scans(whole["Plan"]) if not BY_KEY & set(one)]


def vacuum() -> None:
    """Let PostgreSQL know that the tables are empty, as it does some time after a campaign's end.

    A table never vacuumed counts as ten pages, one found empty as none: plans differ. To be called
    outside a transaction.
    """
    place = connection.settings_dict
    with psycopg.connect(
        dbname=place["NAME"], host=place["HOST"], user="postgres", autocommit=True
    ) as server:
        server.execute("VACUUM")


def _scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in plan and plan["Node Type"] != "ModifyTable":
        yield plan
    for below in plan.get("Plans", []):
        yield from _scans(below)
