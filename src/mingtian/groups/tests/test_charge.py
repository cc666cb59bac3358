"""Who answers for a group: told with a hand-over, and asked for again when that person has left."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mingtian.groups.actions import close_group
from mingtian.groups.queries.todo import list_todos
from mingtian.groups.rows import GroupRow
from mingtian.groups.tests.conftest import BY, Ground
from mingtian.org.models import Post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.staff.actions.posts import end_held_post
from mingtian.staff.open_things import open_things
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW

TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def leaving(ground: Ground) -> User:
    return make_staff("leaving", ground.evening.tree.county, Role.OFFICE)


@pytest.fixture
def group(ground: Ground, leaving: User) -> GroupRow:
    return ground.register(
        ground.evening.tree.county, name="县联系群", in_charge_role=None, in_charge=leaving.pk,
        code_expires_on=None,
    )  # fmt: skip


def left(user: User) -> None:
    end_held_post(post=Post.objects.get(user=user), ends_on=DAY, actor="x", now=NOW)


@pytest.mark.usefixtures("group")
def test_a_hand_over_says_for_which_groups_the_predecessor_answers(
    ground: Ground, leaving: User
) -> None:
    county = ground.evening.tree.county
    ground.register(county, name="乡镇群", in_charge_role=None, in_charge=leaving.pk)
    ground.register(county, name="别人的群")
    post = Post.objects.get(user=leaving)

    found = [
        one for one in open_things(leaving.pk, post.pk, now=NOW) if one["kind"] == "group.in_charge"
    ]

    assert [(one["about"], one["number"]) for one in found] == [("县联系群、乡镇群", 2)]


def test_a_group_whose_person_has_left_asks_for_another(
    ground: Ground, group: GroupRow, leaving: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: TOMORROW)
    successor = make_staff("successor", ground.evening.tree.county, Role.OFFICE)

    def waiting() -> set[str]:
        return {each.kind for each in list_todos(list_posts(successor.pk, DAY), now=TOMORROW)}

    assert "group.charge" not in waiting()
    left(leaving)
    assert "group.charge" in waiting()
    client.force_login(successor)
    page = f"/desk/groups/of/{group.unit_public_id}?show=left"
    text = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "县联系群" in text
    assert "has left the post" in text


def test_a_closed_group_asks_for_nobody(ground: Ground, group: GroupRow, leaving: User) -> None:
    successor = make_staff("successor", ground.evening.tree.county, Role.OFFICE)
    close_group(group_id=group.id, by=BY, now=NOW)
    left(leaving)
    posts = list_posts(successor.pk, DAY)
    assert "group.charge" not in {each.kind for each in list_todos(posts, now=TOMORROW)}
