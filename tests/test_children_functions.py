"""What the keeper's functions tell of a child to whoever does not see it: nothing (AID-1).

By construction: every function that sees more than its caller and takes a child is called in raw SQL,
as the application's role, by somebody of another county.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from mingtian.core.clock import day_of
from mingtian.testing.matrix import DURING, Who, make_world
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose
from tests.canaries import Known, make_known
from tests.test_walls_around_children import SEES_MORE, asked

NOBODY = -1
"""The key of no child."""

OTHERWISE: dict[str, object] = {
    "bigint": 0, "integer": 1, "smallint": 1, "boolean": False, "date": day_of(DURING),
    "timestamp with time zone": DURING, "text[]": ["name"], "bytea[]": [b"x"], "bytea": b"x",
    "uuid": "7d3e5a0c-8a53-4d6f-9f5e-2b1f4c9d8e7a",
}  # fmt: skip
"""What is handed over besides the child, by type; texts are tried one after the other."""

TEXTS = ("case_work", "helping", "name")

FUNCTIONS = """
    SELECT p.proname, p.proargnames[1:p.pronargs], string_to_array(oidvectortypes(p.proargtypes), ', ')
    FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
      AND p.prorettype <> 'trigger'::regtype
      AND p.proargnames[1:p.pronargs] && ARRAY['child', 'children']
"""


def calls() -> Iterator[tuple[str, list[str], list[str]]]:
    for name, names, types in asked(FUNCTIONS):
        assert isinstance(names, list)
        assert isinstance(types, list)
        yield str(name), names, types


def answer(name: str, names: list[str], types: list[str], child: int, text: str) -> object:
    """Return what the function says, or how it refuses, and leave nothing behind."""
    values: list[Any] = [
        child if own == "child" else [child] if own == "children"
        else text if kind == "text" else OTHERWISE[kind]
        for own, kind in zip(names, types, strict=True)
    ]  # fmt: skip
    casts = ", ".join(f"%s::{kind}" for kind in types)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {name}({casts})", values)
            found = cursor.fetchall()
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(getattr(refused.__cause__, "sqlstate", refused))
    return found


@pytest.fixture
def known(db: None) -> Known:
    world = make_world()
    made = make_known(world)
    made.ids["far"] = str(world.people[Who.FAR_CASE_WORKER].pk)
    made.ids["near"] = str(world.people[Who.CASE_WORKER].pk)
    return made


def told_differently(known: Known, who: str) -> set[str]:
    """Return the functions that tell this person another thing of the canary than of nobody."""
    user = User.objects.get(pk=known.ids[who])
    found = set()
    for name, names, types in calls():
        for text in TEXTS:
            with enter(user, now=DURING, purpose=Purpose.CASE_WORK):
                of_child, of_nobody = (
                    answer(name, names, types, child, text) for child in (known.pk, NOBODY)
                )
            if of_child != of_nobody:
                found.add(name)
    return found


def test_functions_that_take_a_child_are_among_those_that_say_why(db: None) -> None:
    found = {name for name, *_rest in calls()}
    assert found >= {"children_agreed", "children_has_worker", "vault_give", "vault_sees"}
    assert found <= SEES_MORE.keys()


def test_whoever_is_out_of_sight_is_told_of_a_child_as_of_none(known: Known) -> None:
    assert told_differently(known, "far") == set()


def test_whoever_works_for_the_child_is_told_something(known: Known) -> None:
    """Or the test above could not fail."""
    assert told_differently(known, "near") >= {"children_agreed", "vault_sees", "vault_give"}
