"""Who gets in, what opens, what is noted (AID-1)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault import actions
from mingtian.vault.access import TurnedAway, enter, keep
from mingtian.vault.models import Child, Link, Reading
from mingtian.vault.rules import FieldClass, FileState, Part, Purpose
from mingtian.vault.verifying import verify

C = FieldClass


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def worker(tree: Tree) -> User:
    return make_staff("worker", tree.village, Role.CASE_WORKER)


def admit(tree: Tree, worker: User) -> tuple[int, bytes]:
    """Admit a child at the village; returns its key and its sealed name."""
    with enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door:
        child = actions.admit(
            door, unit_id=tree.village.pk, school_id=tree.school.pk, classes=[C.NAME, C.TALKS]
        )
        sealed = child.seal.seal(C.NAME, "何思远", "t", "name", "1")
        actions.give_part(door, child.id, user_id=worker.pk, part=Part.WORKER, source="test.case:1")
    return child.id, sealed


def test_a_worker_reads_and_the_reading_is_noted(tree: Tree, worker: User) -> None:
    child, sealed = admit(tree, worker)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        seal = door.keys([child], [C.NAME])[child]
        assert seal.open(C.NAME, sealed, "t", "name", "1") == "何思远"
    with keep("look"):
        (reading,) = Reading.objects.all()
        assert (reading.user, reading.child, reading.classes) == (worker.pk, child, "name")
        assert not reading.refused


def test_without_the_door_there_is_an_empty_room(tree: Tree, worker: User) -> None:
    admit(tree, worker)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault_child")
        assert cursor.fetchone() == (0,)


def test_somebody_without_a_part_is_turned_away_and_the_try_is_noted(
    tree: Tree, worker: User
) -> None:
    child, _ = admit(tree, worker)
    other = make_staff("other", tree.town, Role.OFFICE)
    with enter(other, now=NOW, purpose=Purpose.SUPERVISING):
        assert Child.objects.count() == 1, "an office sees that there is a child"
    with pytest.raises(Http404), enter(other, now=NOW, purpose=Purpose.SUPERVISING) as door:
        door.keys([child], [C.NAME])
    with keep("look"):
        assert list(Reading.objects.values_list("user", "refused")) == [(other.pk, True)]


@pytest.mark.parametrize("unit", ["city", "far_county", "far_school"])
def test_posts_elsewhere_and_at_the_city_see_no_child(tree: Tree, worker: User, unit: str) -> None:
    admit(tree, worker)
    office = make_staff("office", getattr(tree, unit), Role.OFFICE)
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING):
        assert Child.objects.count() == 0


def test_a_worker_opens_nothing_of_a_closed_file(tree: Tree, worker: User) -> None:
    child, _ = admit(tree, worker)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.set_state(door, child, FileState.CLOSED)
    with pytest.raises(TurnedAway), enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        door.keys([child], [C.NAME])


def test_nobody_registers_children_of_another_place(tree: Tree, worker: User) -> None:
    with (
        pytest.raises(RuleBroken, match="vault_not_registering"),
        enter(worker, now=NOW, purpose=Purpose.REGISTERING) as door,
    ):
        actions.admit(door, unit_id=tree.far_county.pk, school_id=None, classes=[C.NAME])


def test_a_child_out_of_sight_is_neither_moved_nor_closed(tree: Tree, worker: User) -> None:
    child, _ = admit(tree, worker)
    other = make_staff("other", tree.far_county, Role.CASE_WORKER)
    with (
        pytest.raises(RuleBroken, match="vault_no_such_child"),
        enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door,
    ):
        actions.move(door, child, unit_id=tree.far_county.pk, school_id=None)
    with (
        pytest.raises(RuleBroken, match="vault_no_such_child"),
        enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door,
    ):
        actions.set_state(door, child, FileState.CLOSED)


@pytest.mark.parametrize("role", [Role.AID_CLERK, Role.CASHIER])
def test_who_enters_or_pays_aid_gives_nobody_a_part(tree: Tree, worker: User, role: Role) -> None:
    child, _ = admit(tree, worker)
    clerk = make_staff("clerk", tree.town, role)
    with (
        pytest.raises(DatabaseError, match="no such child"),
        enter(clerk, now=NOW, purpose=Purpose.AID) as door,
    ):
        actions.give_part(door, child, user_id=clerk.pk, part=Part.WORKER, source="test:2")


def test_a_part_ends_at_its_instant(tree: Tree, worker: User) -> None:
    child, _ = admit(tree, worker)
    other = make_staff("other", tree.village, Role.CASE_WORKER)
    until = NOW + timedelta(hours=3)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.give_part(
            door, child, user_id=other.pk, part=Part.READER, source="test:2", until=until
        )
    with enter(other, now=until - timedelta(seconds=1), purpose=Purpose.BROKEN_GLASS) as door:
        door.keys([child], [C.SITUATION])
    with pytest.raises(TurnedAway), enter(other, now=until, purpose=Purpose.BROKEN_GLASS) as door:
        door.keys([child], [C.SITUATION])


def test_an_erased_child_opens_to_nobody_and_its_key_is_gone(tree: Tree, worker: User) -> None:
    child, _ = admit(tree, worker)
    actions.erase(child, basis="guardian", now=NOW, actor="system:test")
    with pytest.raises(TurnedAway), enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        door.keys([child], [C.NAME])
    assert actions.replay(now=NOW, actor="system:test") == 0


def test_a_changed_reading_is_named(tree: Tree, worker: User) -> None:
    child, _ = admit(tree, worker)
    for _ in range(3):
        with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            door.keys([child], [C.NAME])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert list(verify()) == []
        with keep("look"):
            assert Link.objects.count() == 3
        cursor.execute("ALTER TABLE vault_reading DISABLE TRIGGER vault_reading_stays")
        with keep("tamper"), transaction.atomic():
            second = Reading.objects.order_by("pk")[1]
        cursor.execute("GRANT UPDATE ON vault_reading TO mingtian_keeper")
        with keep("tamper"):
            Reading.objects.filter(pk=second.pk).update(user=999)
    assert list(verify()) == [f"link 2, reading {second.pk}: changed since it was written."]
