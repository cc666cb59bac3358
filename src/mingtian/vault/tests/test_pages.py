"""The pages of requests and of the log: who sees what, in how many statements."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault import actions
from mingtian.vault.access import enter, keep
from mingtian.vault.models import Child, Request
from mingtian.vault.rules import FieldClass, FileState, Part, Purpose

REASON = "家长报告孩子夜里没有回家"
MOST_STATEMENTS = 15


@pytest.fixture(autouse=True)
def _at_seven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def worker(tree: Tree) -> User:
    return make_staff("worker", tree.village, Role.CASE_WORKER)


@pytest.fixture
def office(tree: Tree) -> User:
    return make_staff("office", tree.town, Role.OFFICE)


def admit(tree: Tree, worker: User) -> Child:
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        child = actions.admit(
            door, unit_id=tree.village.pk, school_id=None, classes=[FieldClass.NAME]
        )
        actions.give_part(door, child.id, user_id=worker.pk, part=Part.WORKER, source="test:1")
        return door.child(child.public_id)


def test_ask_decide_and_see_it(client: Client, tree: Tree, worker: User, office: User) -> None:
    child = admit(tree, worker)
    colleague = make_staff("colleague", tree.town, Role.CASE_WORKER)
    client.force_login(colleague)
    page = reverse("vault:ask", args=[child.public_id])
    assert client.get(page).status_code == 200
    reply = client.post(f"{page}/read", {"reason": REASON, "days": 3}, follow=True)
    assert reply.redirect_chain[0][0] == page

    client.force_login(office)
    listed = client.get(reverse("vault:requests")).content.decode()
    assert REASON in listed
    with keep("look"):
        asked = Request.objects.get()
    client.post(reverse("vault:decide", args=[asked.public_id]), {"granted": "yes"})
    with keep("look"):
        asked.refresh_from_db()
    assert asked.granted is True
    assert asked.opens_until == NOW + timedelta(days=3)


def test_a_refused_form_keeps_what_was_typed(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    child = admit(tree, worker)
    client.force_login(office)
    reply = client.post(reverse("vault:break-glass", args=[child.public_id]), {"reason": "太短了"})
    assert reply.status_code == 422
    assert "太短了" in reply.content.decode()
    assert 'data-code="vault_reason_missing"' in reply.content.decode()


def test_pages_about_children_are_kept_nowhere(client: Client, tree: Tree, worker: User) -> None:
    child = admit(tree, worker)
    client.force_login(worker)
    for address in (reverse("vault:ask", args=[child.public_id]), reverse("vault:requests")):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_reader_whose_time_is_over_is_told_so(
    client: Client, tree: Tree, worker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = admit(tree, worker)
    colleague = make_staff("colleague", tree.town, Role.CASE_WORKER)
    actions.break_glass(colleague, child.public_id, reason=REASON, now=NOW)
    client.force_login(colleague)
    later = NOW + timedelta(hours=3)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: later)
    page = client.get(reverse("vault:ask", args=[child.public_id])).content.decode()
    assert "您的查阅时间已到" in page, "vault_glass_over"


def test_the_log_is_read_by_supervisors_and_auditors_of_the_reach(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    child = admit(tree, worker)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        door.keys([child.pk], [FieldClass.NAME])
    seen = {}
    auditor = make_staff("auditor", tree.city, Role.AUDITOR)
    far = make_staff("far", tree.far_county, Role.OFFICE)
    for user in (office, auditor, far, worker):
        client.force_login(user)
        reply = client.get(reverse("vault:readings"))
        seen[user.username] = reply.status_code, child.public_id in reply.content.decode()
    assert seen == {
        "office": (200, True), "auditor": (200, True), "far": (200, False), "worker": (404, False),
    }  # fmt: skip


def test_the_log_tells_people_by_name_and_finds_them_by_it(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    """Two may have one name, so a file tells the account too."""
    child = admit(tree, worker)
    User.objects.filter(pk=worker.pk).update(first_name="何安和")
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        door.keys([child.pk], [FieldClass.NAME])
    client.force_login(office)
    found = {}
    for who in ("", "安和", "worker", "周"):
        page = client.get(reverse("vault:readings"), {"who": who}).content.decode()
        found[who] = '<td data-label="谁">何安和</td>' in page
    assert found == {"": True, "安和": True, "worker": True, "周": False}
    file = client.get(reverse("vault:readings-file", args=["csv"])).content.decode("utf-8-sig")
    assert f"何安和,worker,{child.public_id}," in file


def test_requests_tell_people_by_name(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    child = admit(tree, worker)
    colleague = make_staff("colleague", tree.town, Role.CASE_WORKER)
    User.objects.filter(pk=colleague.pk).update(first_name="周一诺")
    User.objects.filter(pk=office.pk).update(first_name="梁河")
    asked = actions.ask_to_read(colleague, child.public_id, reason=REASON, days=3, now=NOW)
    actions.decide(office, asked.public_id, granted=True, now=NOW)
    client.force_login(make_staff("county", tree.county, Role.OFFICE))
    page = client.get(reverse("vault:requests")).content.decode()
    assert "周一诺" in page
    assert "梁河" in page
    assert "colleague" not in page


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31", "gestern"])
def test_the_log_is_shown_whatever_day_is_asked_for(
    client: Client, tree: Tree, office: User, day: str
) -> None:
    client.force_login(office)
    for asked in ({"last": day}, {"first": day}, {"first": day, "last": day}):
        assert client.get(reverse("vault:readings"), asked).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"granted": "perhaps", "verdict": "perhaps"}])
@pytest.mark.parametrize("kind", ["read", "glass"])
def test_a_page_that_does_not_say_what_was_decided_decides_nothing(
    client: Client, tree: Tree, worker: User, office: User, kind: str, sent: dict[str, str]
) -> None:
    child = admit(tree, worker)
    colleague = make_staff("colleague", tree.town, Role.CASE_WORKER)
    if kind == "read":
        asked = actions.ask_to_read(colleague, child.public_id, reason=REASON, days=3, now=NOW)
    else:
        asked = actions.break_glass(colleague, child.public_id, reason=REASON, now=NOW)
    address = reverse("vault:decide" if kind == "read" else "vault:review", args=[asked.public_id])
    client.force_login(office)
    reply = client.post(address, sent)
    assert reply.status_code == 422
    assert 'data-code="vault_nothing_said"' in reply.content.decode()
    with keep("look"):
        asked.refresh_from_db()
    assert (asked.decided_at, asked.reviewed_at) == (None, None)


def test_the_page_offers_what_the_reader_may_do(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    """Whoever has the case reads; offices open in an emergency; a helper asks."""
    child = admit(tree, worker)
    helper = make_staff("helper", tree.village, Role.HELPER)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.give_part(door, child.pk, user_id=helper.pk, part=Part.HELPER, source="test:2")
    offered = {}
    for user in (worker, office, helper):
        client.force_login(user)
        page = client.get(reverse("vault:ask", args=[child.public_id])).content.decode()
        ways = ("/read", "/open", "/erase")
        offered[user.username] = [way for way in ways if f'{child.public_id}{way}"' in page]
    assert offered == {"worker": ["/erase"], "office": ["/read", "/open"], "helper": ["/read"]}


def test_at_a_closed_file_its_place_asks_to_erase(
    client: Client, tree: Tree, worker: User, office: User
) -> None:
    child = admit(tree, worker)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.set_state(door, child.pk, FileState.CLOSED)
    address = reverse("vault:ask-to-erase", args=[child.public_id])
    offered = {}
    for user in (make_staff("colleague", tree.town, Role.CASE_WORKER), office):
        client.force_login(user)
        page = client.get(reverse("vault:ask", args=[child.public_id])).content.decode()
        reply = client.post(address, {"reason": REASON, "basis": "guardian"})
        offered[user.username] = address in page, reply.status_code
    assert offered == {"colleague": (True, 302), "office": (False, 422)}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_taking_the_log_out_leaves_an_entry(
    client: Client, tree: Tree, worker: User, office: User, form: str
) -> None:
    admit(tree, worker)
    client.force_login(office)
    assert client.get(reverse("vault:readings-file", args=[form])).status_code == 200
    assert AuditEntry.objects.filter(action="vault.log_taken", actor="office").count() == 1


@pytest.mark.parametrize("address", ["vault:requests", "vault:readings"])
def test_the_number_of_statements_does_not_grow(
    client: Client, tree: Tree, worker: User, office: User, address: str
) -> None:
    client.force_login(office)
    counted = []
    for _ in range(2):
        for _ in range(3):
            child = admit(tree, worker)
            actions.break_glass(worker, child.public_id, reason=REASON, now=NOW)
            with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
                door.keys([child.pk], [FieldClass.NAME])
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(address))
        counted.append(len(asked))
    assert counted[0] == counted[1] <= MOST_STATEMENTS
