"""After a move its new place says of everybody who stayed behind whether the part goes on (AID-1; 0025)."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import Http404
from django.test import Client
from django.urls import reverse

from mingtian.children import actions
from mingtian.children.access import get_child_for, get_child_to_settle
from mingtian.children.models import Stay
from mingtian.children.queries.parts import list_far
from mingtian.children.rules import Closing
from mingtian.children.tests.test_moving import move, waits
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child
from mingtian.testing.make import NOW, Tree
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import give_part
from mingtian.vault.events import end_with
from mingtian.vault.models import Reach
from mingtian.vault.rules import Part, Purpose


@pytest.fixture
def child(tree: Tree, worker: User) -> actions.Registered:
    return make_child(worker, tree.village, tree.school)


@pytest.fixture
def helper(tree: Tree, worker: User, child: actions.Registered) -> User:
    """A helper of the village, with a part of the register's own making."""
    made = make_staff("helper", tree.village, Role.HELPER)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(
            door, child.id, user_id=made.pk, part=Part.HELPER,
            source=f"children.child:{child.public_id}",
        )  # fmt: skip
    return made


@pytest.fixture
def there(tree: Tree) -> User:
    return make_staff("there", tree.far_county, Role.CASE_WORKER)


def far(user: User, child: actions.Registered) -> list[str]:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        return [row.key for row in list_far(door, get_child_for(door, child.public_id).id)]


def settle(user: User, child: actions.Registered, **stays: bool) -> None:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        row = get_child_to_settle(door, child.public_id)
        actions.settle(
            door,
            row,
            {far.key: stays[far.who] for far in list_far(door, row.id) if far.who in stays},
        )


def take_up(user: User, child: actions.Registered) -> None:
    with enter(user, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.take_up(door, child.id, child.public_id)


def open_parts(child: actions.Registered) -> set[int]:
    with keep("look"):
        return set(
            Reach.objects.filter(child_id=child.id, ends_at=None).values_list("user_id", flat=True)
        )


def test_whoever_takes_a_child_over_says_who_goes_on(
    tree: Tree, worker: User, child: actions.Registered, helper: User, there: User
) -> None:
    assert far(worker, child) == []
    move(worker, child, tree.far_county)
    assert waits(there) == {"without_worker": 1}, "first somebody takes it up"
    with pytest.raises(Http404):
        settle(worker, child, helper=True)
    with pytest.raises(Http404):
        settle(there, child, helper=True)

    with enter(there, now=NOW, purpose=Purpose.CASE_WORK) as door:
        give_part(door, child.id, user_id=helper.pk, part=Part.HELPER, source="test:1")
    take_up(there, child)
    assert far(there, child) == [f"helper-{helper.pk}"]
    assert waits(there) == {"far": 1}


@pytest.mark.parametrize(("stays", "left"), [(True, {"helper", "there"}), (False, {"there"})])
def test_each_is_ended_or_confirmed_and_asked_about_no_more(
    tree: Tree, worker: User, child: actions.Registered, helper: User, there: User,
    stays: bool, left: set[str],
) -> None:  # fmt: skip
    with keep("the part is the pair's own"):
        Reach.objects.filter(user=helper).update(source="test.duty:1")
    ended = []
    end_with("test.duty", lambda _door, child, own: ended.append((child, own)))
    office = make_staff("office", tree.far_county, Role.OFFICE)
    move(worker, child, tree.far_county)
    take_up(there, child)
    assert (waits(office), waits(there)) == ({"far": 1}, {"far": 1})

    settle(office, child, helper=stays)

    assert ended == ([] if stays else [(child.id, "1")])
    with keep("look"):
        confirmed = list(Stay.objects.values_list("user__username", "unit_id", "by__username"))
    assert confirmed == ([("helper", tree.far_county.pk, "office")] if stays else [])
    assert AuditEntry.objects.filter(action="children.let_stay").count() == stays
    if stays:
        assert (waits(office), waits(there)) == ({}, {})
        settle(there, child)
        move(there, child, tree.village)
        assert far(make_staff("village", tree.village, Role.OFFICE), child) == [], "near again"


def test_nobody_stays_or_goes_by_silence(
    tree: Tree, worker: User, child: actions.Registered, helper: User, there: User
) -> None:
    move(worker, child, tree.far_county)
    with pytest.raises(RuleBroken, match="children_choice_missing"):
        settle(make_staff("office", tree.far_county, Role.OFFICE), child)
    assert open_parts(child) == {worker.pk, helper.pk}
    with keep("look"):
        assert not Stay.objects.exists()


def test_a_registering_part_ends_by_the_registers_own_hand(
    tree: Tree, worker: User, child: actions.Registered, helper: User, there: User
) -> None:
    move(worker, child, tree.far_county)
    settle(make_staff("office", tree.far_county, Role.OFFICE), child, helper=False)
    with enter(helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert door.parts(child.id) == frozenset()


def test_after_the_next_move_it_is_asked_again(
    tree: Tree, worker: User, child: actions.Registered, helper: User
) -> None:
    office = make_staff("county", tree.county, Role.OFFICE)
    move(worker, child, tree.county, tree.other_school)
    settle(office, child, helper=True)
    assert far(office, child) == []
    move(worker, child, tree.town, tree.other_school)
    assert far(office, child) == [f"helper-{helper.pk}"]


def test_the_database_takes_the_word_of_the_place_alone(
    tree: Tree, worker: User, child: actions.Registered, helper: User
) -> None:
    clerk = make_staff("clerk", tree.school, Role.AID_CLERK)
    for user in (clerk, helper):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            enter(user, now=NOW, purpose=Purpose.AID),
        ):
            Stay.objects.create(
                child_id=child.id, user=helper, part=Part.HELPER, unit=tree.village, by=user, at=NOW
            )


def test_the_page_asks_for_each_and_leads_back(
    tree: Tree, worker: User, child: actions.Registered, helper: User, there: User, client: Client,
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    own = {"child": child.public_id}
    address, page = reverse("children:stay", kwargs=own), reverse("children:child", kwargs=own)
    client.force_login(worker)
    assert "没有需要决定的人" in client.get(address).content.decode()
    assert address not in client.get(page).content.decode()
    move(worker, child, tree.far_county)
    assert client.get(address).status_code == 404

    client.force_login(make_staff("office", tree.far_county, Role.OFFICE))
    assert address in client.get(page).content.decode()
    listed = client.get(reverse("children:register"), {"waits": "far"}).content.decode()
    assert child.public_id in listed
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert "helper · " in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {f"helper-{helper.pk}": "perhaps"}).status_code == 422
    reply = client.post(address, {f"helper-{helper.pk}": "stays"})
    assert reply.headers["Location"] == page
    assert address not in client.get(page).content.decode()


def test_a_closed_file_asks_nobody(
    tree: Tree, worker: User, child: actions.Registered, helper: User
) -> None:
    office = make_staff("county", tree.county, Role.OFFICE)
    move(worker, child, tree.county)
    with enter(office, now=NOW, purpose=Purpose.CASE_WORK) as door:
        actions.close_file(door, get_child_for(door, child.public_id), Closing.GROWN_UP)
    assert waits(office) == {}
    with pytest.raises(Http404):
        settle(office, child, helper=True)
