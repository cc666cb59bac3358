"""A file without a case is closed and opened again; its term begins with the closing (PIPL 19)."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingtian.children import actions, queries
from mingtian.children.access import get_child_to_move, get_child_to_reopen
from mingtian.children.rules import KEPT_AFTER_CLOSING, Closing
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_aided_child, make_child
from mingtian.testing.make import NOW, Tree
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

OVER = NOW + KEPT_AFTER_CLOSING


def close(user: User, child: actions.Registered, why: Closing = Closing.NO_LONGER) -> bool:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        row, _works = get_child_to_move(door, child.public_id)
        return actions.close_file(door, row, why)


def reopen(user: User, child: actions.Registered) -> bool:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        return actions.reopen_file(door, get_child_to_reopen(door, child.public_id))


def test_an_office_closes_the_file_of_a_child_that_only_aid_was_paid_for(tree: Tree) -> None:
    child = make_aided_child(
        make_staff("clerk", tree.school, Role.AID_CLERK), tree.village, tree.school
    )
    assert close(make_staff("office", tree.town, Role.OFFICE), child, Closing.GROWN_UP)
    assert queries.list_over(OVER) == [(child.id, child.public_id)]
    entry = AuditEntry.objects.get(action="vault.file_closed")
    assert entry.detail["why"] == "grown_up"


def test_a_file_is_opened_again_and_its_worker_reads_it(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    assert close(worker, child)
    with pytest.raises(Http404):
        close(worker, child)
    assert reopen(worker, child)
    assert not reopen(worker, child), "pressed twice it opens once"
    assert queries.list_over(OVER) == []
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.open_child(door, child.id).name


def test_closing_holds_the_child_once(tree: Tree, worker: User) -> None:
    child = make_child(worker, tree.village)
    with CaptureQueriesContext(connection) as asked:
        close(worker, child)
    held = [one for one in asked.captured_queries if "FOR UPDATE" in one["sql"]]
    assert len(held) == 1


def test_clerks_close_and_open_nothing(tree: Tree, worker: User) -> None:
    clerk = make_staff("clerk", tree.school, Role.AID_CLERK)
    child = make_aided_child(clerk, tree.village, tree.school)
    with pytest.raises(Http404):
        close(clerk, child)
    assert close(worker, child)
    with pytest.raises(Http404):
        reopen(clerk, child)


def test_the_page_asks_why_and_leads_back(tree: Tree, worker: User, client: Client) -> None:
    child = make_child(worker, tree.village)
    client.force_login(worker)
    own = {"child": child.public_id}
    address, page = reverse("children:close", kwargs=own), reverse("children:child", kwargs=own)
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"why": "moved_away"}).headers["Location"] == page
    closed = client.get(page).content.decode()
    assert "申请删除" in closed, "nobody opens it again to have it erased"
    assert reverse("children:reopen", kwargs=own) in closed
    assert reverse("children:take-up", kwargs=own) not in closed
    assert client.post(reverse("children:reopen", kwargs=own)).headers["Location"] == page
    assert address in client.get(page).content.decode()
