"""Closed files are erased when their term is over; what a dry run counts is what goes (PIPL 19)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from mingtian.children import actions, queries
from mingtian.children.rules import KEPT_AFTER_CLOSING
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import make_child
from mingtian.testing.make import NOW, Tree
from mingtian.vault import events
from mingtian.vault.access import enter
from mingtian.vault.actions import set_state
from mingtian.vault.rules import FileState, Purpose

OVER = NOW + KEPT_AFTER_CLOSING


@pytest.fixture
def closed(tree: Tree, worker: User) -> actions.Registered:
    """A child whose file was closed, beside one whose file is open."""
    make_child(worker, tree.village, name="周明川")
    child = make_child(worker, tree.village)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        set_state(door, child.id, FileState.CLOSED)
    return child


def test_a_closed_file_goes_when_its_term_is_over(
    closed: actions.Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert queries.list_over(OVER - timedelta(seconds=1)) == []
    assert queries.list_over(OVER) == [(closed.id, closed.public_id)]
    monkeypatch.setattr(
        "mingtian.children.management.commands.end_children_terms.now", lambda: OVER
    )
    said = StringIO()
    for options in (["--dry-run"], [], []):
        call_command("end_children_terms", *options, stdout=said)
    assert said.getvalue().splitlines() == [
        "1 children would be erased.",
        "1 children erased, 0 still needed.",
        "0 children erased, 0 still needed.",
    ]


def test_a_file_opened_again_has_no_term(closed: actions.Registered, worker: User) -> None:
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        set_state(door, closed.id, FileState.OPEN)
    assert queries.list_over(OVER) == []


def test_what_another_module_needs_stays_whole(
    closed: actions.Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(child: int, now: object) -> int:
        raise RuleBroken("vault_no_such_child")

    monkeypatch.setitem(events._forgetting, "zzz", refuse)
    assert actions.end_terms(now=OVER, actor="system:test").needed == (closed.public_id,)
    assert queries.list_over(OVER) == [(closed.id, closed.public_id)]
