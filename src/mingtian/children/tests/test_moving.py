"""A child moves house or changes school; who works, helps and answers for it then (AID-1)."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.children import actions, queries
from mingtian.children.access import get_child_for
from mingtian.children.models import Token
from mingtian.children.queries import Wanted
from mingtian.children.queries.parts import list_parts
from mingtian.children.queries.todo import SHOWN
from mingtian.children.rules import ConsentPurpose as P
from mingtian.children.rules import Party
from mingtian.children.tokens import AGAIN, phone_token, tokens_of_name
from mingtian.children.waiting import Waiting
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.models import Post, Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import BORN_ON, GUARDIAN, NAME, agree, make_child
from mingtian.testing.make import DAY, NOW, Tree
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import give_part
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import Part, Purpose


@pytest.fixture
def child(tree: Tree, worker: User) -> actions.Registered:
    return make_child(worker, tree.village, tree.school)


def move(user: User, child: actions.Registered, unit: Unit, school: Unit | None = None) -> bool:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        row = get_child_for(door, child.public_id)
        return actions.move(door, row, unit_id=unit.pk, school_id=school.pk if school else None)


def waits(user: User) -> dict[str, int]:
    """What the desk counts; the list that it leads to holds as many."""
    found = {
        todo.kind.removeprefix("children."): todo.number
        for todo in list_waiting({"children": SHOWN}, list_posts(user.pk, DAY), now=NOW)
    }
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        listed = {
            one.value: queries.list_children(door, Wanted(waits=one)).number for one in Waiting
        }
    assert {kind: number for kind, number in listed.items() if number} == found
    return found


def found_by(child: actions.Registered) -> set[tuple[str, bytes]]:
    with keep("look"):
        return {
            (one.kind, bytes(one.token)) for one in Token.objects.filter(child_id=child.id)
        }  # fmt: skip


def test_a_child_that_goes_to_another_county_is_taken_up_there_and_its_worker_let_go(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    there = make_staff("there", tree.far_county, Role.CASE_WORKER)
    office = make_staff("office", tree.far_county, Role.OFFICE)
    assert [waits(user) for user in (worker, there, office)] == [{}, {}, {}]

    assert move(worker, child, tree.far_county)
    assert not move(worker, child, tree.far_county), "pressed twice it moves once"

    assert waits(worker) == {"moved": 1}
    assert waits(office) == waits(there) == {"without_worker": 1}
    assert found_by(child) == {
        *tokens_of_name(NAME, BORN_ON.year, tree.far_county.pk, whole=AGAIN),
        phone_token(GUARDIAN.phone, tree.far_county.pk),
    }, "no word of it is left at the county that it left"
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.names(door, [child.id]) == {child.id: NAME}
    with enter(there, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.take_up(door, child.id, child.public_id)
        assert [(one.who, one.near) for one in list_parts(door, child.id)] == [("there", True)]
    assert [waits(user) for user in (worker, there, office)] == [{}, {}, {}]
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert queries.list_children(door).number == 0
    (entry,) = AuditEntry.objects.filter(action="children.moved")
    assert entry.detail["unit_before"] == tree.village.pk


def test_an_office_moves_within_its_own_reach_and_ends_nobodys_part(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    office = make_staff("office", tree.county, Role.OFFICE)
    helper = make_staff("helper", tree.village, Role.HELPER)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=helper.pk, part=Part.HELPER, source="test:1")
    move(office, child, tree.town, tree.other_school)
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING) as door:
        parts = {one.part: one.near for one in list_parts(door, child.id)}
        assert parts == {Part.WORKER: False, Part.HELPER: False}
        row = get_child_for(door, child.public_id)
        assert (row.unit_id, row.school_id) == (tree.town.pk, tree.other_school.pk)
        with pytest.raises(RuleBroken, match="children_moved_too_far"):
            actions.move(door, row, unit_id=tree.far_county.pk, school_id=None)


def test_a_child_whose_worker_has_left_the_post_is_taken_up_by_another(
    tree: Tree, worker: User, child: actions.Registered
) -> None:
    other = make_staff("other", tree.town, Role.CASE_WORKER)
    with (
        pytest.raises(RuleBroken, match="children_has_worker"),
        enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door,
    ):
        actions.take_up(door, child.id, child.public_id)
    Post.objects.filter(user=worker).update(ends_on=DAY)
    assert waits(other) == {"without_worker": 1}
    with enter(other, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.take_up(door, child.id, child.public_id)
    assert waits(other) == {}


def test_the_page_moves_a_child_and_shows_who_stayed_behind(
    tree: Tree, worker: User, child: actions.Registered, client: Client,
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    client.force_login(worker)
    address = reverse("children:move", args=[child.public_id])
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = client.get(address).content.decode()
    assert address in client.get(reverse("children:child", args=[child.public_id])).content.decode()
    assert tree.far_county.public_id in page
    assert "worker" in page
    assert client.post(address, {"unit": tree.city.public_id}).status_code == 422
    assert client.post(address, {"unit": tree.far_county.public_id}).status_code == 302
    assert "不在此地" in client.get(address).content.decode()
    listed = client.get(reverse("children:register"), {"waits": "moved"}).content.decode()
    assert child.public_id in listed

    client.force_login(make_staff("office", tree.town, Role.OFFICE))
    assert client.get(address).status_code == 404


def test_an_office_is_offered_its_own_places_alone(
    tree: Tree, worker: User, child: actions.Registered, client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    client.force_login(make_staff("office", tree.town, Role.OFFICE))
    page = client.get(reverse("children:move", args=[child.public_id])).content.decode()
    offered = [unit for unit in (tree.county, tree.town, tree.village, tree.far_county)
               if f'value="{unit.public_id}"' in page]  # fmt: skip
    assert offered == [tree.town, tree.village]


def test_who_comes_to_fourteen_waits_for_a_consent_of_its_own(tree: Tree, worker: User) -> None:
    younger = make_child(worker, tree.village, born_on=DAY.replace(year=2010, month=1, day=1))
    older = make_child(
        worker, tree.village, name="周明川", born_on=DAY.replace(year=2009, month=12, day=31)
    )
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        for child in (younger, older):
            agree(door, child.id, P.CASE_WORK)
    assert waits(worker) == {"own_consent": 1}
    with enter(worker, now=NOW + timedelta(minutes=1), purpose=Purpose.CASE_WORK) as door:
        agree(door, older.id, P.CASE_WORK, party=Party.CHILD)
    assert waits(worker) == {}
