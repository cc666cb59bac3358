"""The second wall by raw SQL, erasing, and names that must turn up nowhere (AID-1)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from mingtian.children import actions, queries
from mingtian.children.queries import Wanted
from mingtian.children.queries.finding import find
from mingtian.children.queries.todo import SHOWN
from mingtian.children.rules import ConsentPurpose
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.models import Post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.children import GUARDIAN, agree, make_aided_child, make_child
from mingtian.testing.make import DAY, NOW, Tree
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase, give_part, set_state
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import FileState, Part, Purpose

CANARY = "金丝雀某某"
TABLES = (
    "children_identity", "children_guardian", "children_category", "children_consent",
    "children_token",
)  # fmt: skip


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@contextmanager
def standing_at(user: User) -> Iterator[None]:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK):
        yield


@pytest.fixture
def child(tree: Tree, worker: User) -> actions.Registered:
    made = make_child(worker, tree.village, tree.school, name=CANARY)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        agree(door, made.id, ConsentPurpose.CASE_WORK)
    return made


SEEN = {
    # identity, guardian, category, consent
    "worker": (1, 1, 1, 1),
    "reader": (1, 1, 1, 1),
    "helper": (1, 0, 0, 0),
    "counsellor": (1, 0, 0, 1),
    "school clerk": (1, 0, 0, 0),
    "school cashier": (1, 0, 0, 0),
    "town office": (0, 0, 1, 1),
    "city office": (0, 0, 0, 0),
    "far worker": (0, 0, 0, 0),
    "principal": (0, 0, 0, 0),
}


@pytest.mark.parametrize("who", SEEN)
def test_what_each_sees_of_the_register_by_raw_sql(
    who: str, tree: Tree, worker: User, child: actions.Registered
) -> None:
    people = {
        "worker": lambda: worker,
        "reader": lambda: make_staff("x", tree.five_old, Role.HELPER),
        "helper": lambda: make_staff("x", tree.village, Role.HELPER),
        "counsellor": lambda: make_staff("x", tree.school, Role.COUNSELLOR),
        "school clerk": lambda: make_staff("x", tree.school, Role.AID_CLERK),
        "school cashier": lambda: make_staff("x", tree.school, Role.CASHIER),
        "town office": lambda: make_staff("x", tree.town, Role.OFFICE),
        "city office": lambda: make_staff("x", tree.city, Role.OFFICE),
        "far worker": lambda: make_staff("x", tree.far_county, Role.CASE_WORKER),
        "principal": lambda: make_staff("x", tree.school, Role.PRINCIPAL),
    }
    user = people[who]()
    if who in set(Part):
        with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            if Part(who) is not Part.WORKER:
                give_part(door, child.id, user_id=user.pk, part=Part(who), source="test:1")

    with standing_at(user):
        assert tuple(rows(table) for table in TABLES[:4]) == SEEN[who]
    with standing_at(user), pytest.raises(DatabaseError), transaction.atomic():
        rows("children_token")


NOTE = """
    INSERT INTO children_category (public_id, child_id, category, basis, starts_on, noted_by_id, noted_at)
    VALUES (%s, %s, 'poverty', 'low_income', '2023-01-01', %s, now())
"""


def test_a_clerk_brings_a_category_and_reads_none_by_raw_sql(
    tree: Tree, child: actions.Registered, clerk: User
) -> None:
    """Whoever enters a list knows what it says; what a case worker knows, not even by trying."""
    aided = make_aided_child(clerk, tree.village, tree.school, name="林小满")

    def note(number: int, child: int, more: str = "") -> int:
        with standing_at(clerk), connection.cursor() as cursor:
            cursor.execute(NOTE + more, [f"note{number:08}", child, clerk.pk])
            return int(cursor.rowcount)

    assert note(1, aided.id) == 1
    for number, wanted, more in ((2, aided.id, "RETURNING id"), (3, child.id, "")):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            note(number, wanted, more)
    with standing_at(clerk), connection.cursor() as cursor:
        for change in (
            "SELECT FROM children_category",
            "UPDATE children_category SET ends_on = NULL",
        ):
            cursor.execute(change)
            assert cursor.rowcount == 0
        cursor.execute("SELECT children, several, without FROM children_totals(%s)", [DAY])
        assert cursor.fetchall() == [(0, 0, 0)]
    with keep("look"):
        assert rows("children_category") == 2


def test_a_clerk_reads_and_notes_consents_to_aid_alone_by_raw_sql(
    tree: Tree, child: actions.Registered, clerk: User
) -> None:
    with enter(clerk, now=NOW, purpose=Purpose.AID) as door:
        agree(door, child.id, ConsentPurpose.AID)
        assert rows("children_consent") == 1
        with connection.cursor() as cursor:
            cursor.execute("UPDATE children_consent SET withdrawn_at = now()")
            assert cursor.rowcount == 1
        with pytest.raises(RuleBroken, match="children_consent_to_aid_only"):
            agree(door, child.id, ConsentPurpose.COUNSELLING)


@pytest.mark.parametrize("table", TABLES)
def test_without_the_door_there_is_nothing(table: str, child: actions.Registered) -> None:
    assert rows(table) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE children_identity SET changed_at = now()",
        "UPDATE children_guardian SET ends_on = starts_on",
        "UPDATE children_category SET ends_on = starts_on",
        "UPDATE children_consent SET withdrawn_at = now()",
    ],
)
def test_who_supervises_or_reads_changes_nothing(
    change: str, tree: Tree, worker: User, child: actions.Registered
) -> None:
    office = make_staff("office", tree.town, Role.OFFICE)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=office.pk, part=Part.READER, source="test:1")
    with standing_at(office), connection.cursor() as cursor:
        cursor.execute(change)
        assert cursor.rowcount == 0
    with standing_at(worker), connection.cursor() as cursor:
        cursor.execute(change)
        assert cursor.rowcount == 1


def test_erasing_a_child_empties_the_register_of_it(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    gone = erase(child.id, basis="guardian", now=NOW, actor="system:test")

    assert gone["children"] > 10
    with keep("look"):
        assert [rows(table) for table in TABLES] == [0] * 5
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        assert queries.look(door, tree.village.pk, queries.Sought(text=CANARY)).hits == ()
        assert queries.list_children(door, Wanted()).rows == ()


def test_a_closed_file_shows_its_worker_a_number(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        set_state(door, child.id, FileState.CLOSED)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        (row,) = queries.list_children(door).rows
        assert not row.named
        assert queries.list_children(door, Wanted(state=FileState.OPEN)).rows == ()


def test_the_desk_finds_a_child_by_number_alone(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    far = make_staff("far", tree.far_county, Role.OFFICE)
    mine, theirs = list_posts(worker.pk, DAY), list_posts(far.pk, DAY)

    (one,) = find(mine, f" {child.public_id.upper()} ", now=NOW)

    assert one.text == child.public_id
    assert CANARY not in f"{one}"
    assert find(mine, CANARY, now=NOW) == []
    assert find(theirs, child.public_id, now=NOW) == []


def test_the_search_tells_a_helper_nothing_of_the_register(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    """Also not whoever is an office elsewhere and so uses the register."""
    helper = make_staff("helps", tree.far_county, Role.OFFICE)
    Post.objects.create(
        user=helper, unit=tree.village, role=Role.HELPER, starts_on=DAY - timedelta(days=9)
    )
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=helper.pk, part=Part.HELPER, source="test:1")
    assert find(list_posts(helper.pk, DAY), child.public_id, now=NOW) == []


def test_the_desk_asks_for_a_consent_after_a_week(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village)
    posts = list_posts(worker.pk, DAY)
    assert list_waiting({"children": SHOWN}, posts, now=NOW) == []
    (todo,) = list_waiting({"children": SHOWN}, posts, now=NOW + timedelta(days=8))
    assert (todo.kind, todo.number) == ("children.consent", 1)


def test_a_category_outgrown_is_to_be_ended(tree: Tree, worker: User) -> None:
    make_child(worker, tree.village, born_on=date(2007, 1, 1))
    later = NOW.replace(year=2024)
    found = list_waiting({"children": SHOWN}, list_posts(worker.pk, later.date()), now=later)
    assert "children.outgrown" in {todo.kind for todo in found}


def test_a_name_turns_up_in_no_log_trail_file_or_figure(
    tree: Tree, worker: User, child: actions.Registered,
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, client: Client,
) -> None:  # fmt: skip
    """Only pages of those who may open it show the name; what is written down never does."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    office = make_staff("office", tree.town, Role.OFFICE)
    secrets = [CANARY, GUARDIAN.phone, GUARDIAN.name, "jinsique", "柳河村三组"]
    addresses = [
        reverse("children:register"),
        reverse("children:child", args=[child.public_id]),
        reverse("children:readings", args=[child.public_id]),
    ]
    files = [reverse("children:register-file", args=[form]) for form in ("csv", "xlsx")]

    client.force_login(office)
    said = b"".join(client.get(address).content for address in addresses)
    for user in (office, worker):
        client.force_login(user)
        for address in files:
            reply = client.post(address, {"password": PASSWORD})
            assert "attachment" in reply.headers["Content-Disposition"]
            said += reply.content
    client.post(reverse("children:look"), {"text": CANARY, "unit": tree.village.public_id})
    client.post(reverse("children:look"), {"text": CANARY * 60, "unit": tree.village.public_id})
    client.post(reverse("children:new"), {"save": "yes", "name": CANARY})
    trail = " ".join(f"{one.subject} {one.detail}" for one in AuditEntry.objects.all())
    counts = queries.counts_by_category([str(tree.city.pk)], DAY)

    for secret in secrets:
        assert secret not in said.decode(errors="ignore")
        assert secret not in trail
        assert secret not in caplog.text
        assert secret not in f"{counts}"
    with connection.cursor() as cursor, keep("look"):
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            kept = cursor.fetchone()[0]
            for secret in secrets:
                assert secret not in kept
                assert secret.encode().hex() not in kept
