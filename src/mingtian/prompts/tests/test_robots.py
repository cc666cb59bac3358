"""Where a group has a robot: class teachers hear it by themselves, families from their teacher."""

from datetime import timedelta

import pytest
from django.test import Client

from mingtian.groups.models import Delivery, Group, Post, Robot
from mingtian.org.models import Unit
from mingtian.prompts.actions import say_by_robots
from mingtian.prompts.models import Prompt
from mingtian.prompts.rules import MOST_TEXT
from mingtian.prompts.tests.conftest import DURING, FIVE_TO, HALF_PAST, Night
from mingtian.testing.evening import STARTS
from mingtian.testing.make import DAY


def give_group(unit: Unit, audience: str, kinds: list[str]) -> Group:
    """Make a group with a robot that nobody calls: only groups' own task does."""
    group = Group.objects.create(
        unit=unit, line="leads", name=f"群{audience}", purpose="联系", platform="wecom",
        audience=audience, kinds=kinds, size=12, closes_on=DAY + timedelta(days=30),
        created_at=HALF_PAST,
    )  # fmt: skip
    Robot.objects.create(group=group, vendor="wecom", address_sealed=b"-", set_at=HALF_PAST)
    return group


@pytest.fixture
def of_teachers(reminded: Night) -> Group:
    return give_group(reminded.evening.tree.school, "teachers", ["class"])


@pytest.fixture
def of_families(reminded: Night) -> Group:
    return give_group(reminded.evening.tree.class_one, "families", [])


def test_the_group_of_class_teachers_hears_it_once(reminded: Night, of_teachers: Group) -> None:
    assert say_by_robots(now=HALF_PAST) == 1
    assert say_by_robots(now=HALF_PAST + timedelta(minutes=1)) == 0

    post = Post.objects.get()
    assert "请各位班主任" in post.text
    assert len(post.text) <= MOST_TEXT
    assert Delivery.objects.get().group == of_teachers
    passed = Prompt.objects.get(unit=reminded.evening.tree.school)
    assert (passed.passed_on_at, passed.passed_on_by) == (HALF_PAST, None)


def test_families_hear_nothing_from_the_machine(reminded: Night, of_families: Group) -> None:
    assert say_by_robots(now=HALF_PAST) == 0
    assert not Post.objects.exists()


@pytest.mark.parametrize("now", [HALF_PAST - timedelta(minutes=1), FIVE_TO])
def test_outside_its_time_no_robot_is_asked(
    reminded: Night, of_teachers: Group, now: object
) -> None:
    assert say_by_robots(now=now) == 0  # type: ignore[arg-type]


def test_a_closed_group_is_left_alone(reminded: Night, of_teachers: Group) -> None:
    Group.objects.update(closed_on=DAY)
    assert say_by_robots(now=HALF_PAST) == 0


@pytest.mark.parametrize(("minutes", "posts"), [(20, 1), (65, 0)])
def test_a_class_teacher_lets_the_own_groups_robot_say_it_but_not_after_nine(
    client: Client, reminded: Night, of_families: Group, monkeypatch: pytest.MonkeyPatch,
    minutes: int, posts: int,
) -> None:  # fmt: skip
    reminded.move(timedelta(minutes=30))
    now = STARTS + timedelta(minutes=minutes)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: now)
    client.force_login(reminded.cast.teacher)
    unit = reminded.evening.tree.class_one
    address = f"/desk/prompts/{reminded.evening.lecture.pk}/{unit.public_id}/robot"

    first = client.post(address)
    client.post(address)

    assert first.status_code == (302 if posts else 422)
    assert Post.objects.count() == posts


def test_without_a_robot_nothing_is_passed_on_by_one(
    client: Client, reminded: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    client.force_login(reminded.cast.teacher)
    unit = reminded.evening.tree.class_one

    reply = client.post(f"/desk/prompts/{reminded.evening.lecture.pk}/{unit.public_id}/robot")

    assert reply.status_code == 422
    assert b'data-code="no_groups"' in reply.content
    assert not Prompt.objects.filter(unit=unit, passed_on_at__isnull=False).exists()
