"""What robots are to say: once, in time, within the vendors' limits, one not holding up another."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from mingtian.groups.actions import call_due, close_group, mark_pasted, remove_robot
from mingtian.groups.actions.robots import claim
from mingtian.groups.models import Delivery, Robot, RobotCall
from mingtian.groups.queries import DeliveryRow, PostRow, list_deliveries, list_to_paste
from mingtian.groups.rules import CALLS_A_MINUTE, MOST_CALLS, Audience, Called, Platform, Words
from mingtian.groups.tests.conftest import BY, LATE, Ground
from mingtian.groups.tests.vendors import Vendors
from mingtian.groups.words import robot_words
from mingtian.testing.evening import make_evening
from mingtian.testing.make import DAY, NOW

MINUTE = timedelta(minutes=1)


def delivery(post: PostRow) -> DeliveryRow:
    return list_deliveries(post.id, DAY)[0]


def words(post: PostRow) -> str:
    row = delivery(post)
    with translation.override("en"):
        return robot_words(row.robot, row.vendor, row.robot_code)


def test_a_post_is_said_once_whatever_the_number_of_ticks(ground: Ground, vendors: Vendors) -> None:
    group = ground.with_robot(vendors, Platform.WECOM)
    post = ground.send(
        ground.evening.tree.city, group,
        text=Words(text="看看三校做法", title="好做法", link="https://example.org/1"),
    )  # fmt: skip

    assert [call_due(now=NOW), call_due(now=NOW), call_due(now=NOW + MINUTE)] == [1, 0, 0]

    assert vendors.said == ["【好做法】\n看看三校做法\nhttps://example.org/1"]
    assert delivery(post).robot is Called.SENT
    assert words(post) == "The robot has said it."
    assert list_to_paste(ground.evening.tree.city.pk, DAY, NOW) == []


def test_a_refusal_keeps_its_code_and_is_not_repeated(ground: Ground, vendors: Vendors) -> None:
    vendors.mood = "93000"
    post = ground.send(ground.evening.tree.city, ground.with_robot(vendors, Platform.WECOM))

    call_due(now=NOW)
    call_due(now=NOW + timedelta(hours=1))

    assert vendors.asked == 1
    assert (delivery(post).robot, delivery(post).robot_code) == (Called.REFUSED, "93000")
    assert words(post).startswith("The robot was removed from the group, or its address is wrong.")
    assert [note.public_id for note in list_to_paste(ground.evening.tree.city.pk, DAY, NOW)] == [
        post.public_id
    ]


def test_a_silent_robot_is_tried_again_after_growing_pauses(
    ground: Ground, vendors: Vendors
) -> None:
    vendors.mood = "5xx"
    post = ground.send(ground.evening.tree.city, ground.with_robot(vendors, Platform.FEISHU))
    now, pauses = NOW, []

    while delivery(post).robot is Called.DUE:
        call_due(now=now)
        upcoming = delivery(post).robot_next_at
        pauses.append(upcoming - now if upcoming else None)
        now = upcoming or now

    assert pauses == [*(timedelta(minutes=2**n) for n in range(MOST_CALLS - 1)), None]
    assert vendors.asked == MOST_CALLS
    assert words(post) == "The robot did not answer. Paste the text by hand."
    assert list(RobotCall.objects.order_by("number").values_list("number", "outcome")) == [
        (n, "silent") for n in range(1, MOST_CALLS + 1)
    ]


def test_a_robot_that_wakes_up_says_it(ground: Ground, vendors: Vendors) -> None:
    vendors.mood = "5xx"
    post = ground.send(ground.evening.tree.city, ground.with_robot(vendors, Platform.DINGTALK))
    call_due(now=NOW)
    vendors.mood = ""

    call_due(now=NOW + MINUTE)

    assert delivery(post).robot is Called.SENT
    assert len(vendors.said) == 1


def test_no_robot_is_called_more_often_than_its_vendor_allows(
    ground: Ground, vendors: Vendors
) -> None:
    city, group = ground.evening.tree.city, ground.with_robot(vendors, Platform.DINGTALK)
    for number in range(CALLS_A_MINUTE + 5):
        ground.send(city, group, source=f"test:{number}")

    first = call_due(now=NOW)
    second = call_due(now=NOW + timedelta(seconds=59))
    third = call_due(now=NOW + MINUTE)

    assert (first, second, third) == (CALLS_A_MINUTE, 0, 5)
    assert len(vendors.said) == CALLS_A_MINUTE + 5


def test_one_that_hangs_holds_up_nobody(
    ground: Ground, vendors: Vendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = ground.evening.tree.city
    quick = ground.send(city, ground.with_robot(vendors, Platform.WECOM), source="quick")
    hanging = ground.send(city, ground.with_robot(vendors, Platform.FEISHU), source="hanging")
    monkeypatch.setattr("mingtian.groups.robots.wire.SECONDS", 0.5)
    answer = vendors.answer

    def hang_at_feishu(path: str, query: dict[str, list[str]], body: dict[str, object]) -> object:
        if path.startswith("/open-apis/"):
            vendors.hold(30)
        return answer(path, query, body)

    vendors.answer = hang_at_feishu  # type: ignore[method-assign]

    assert call_due(now=NOW) == 2

    assert not vendors.outlasted
    assert delivery(quick).robot is Called.SENT
    assert delivery(hanging).robot is Called.DUE


def test_to_families_no_robot_speaks_after_nine(ground: Ground, vendors: Vendors) -> None:
    city = ground.evening.tree.city
    group = ground.with_robot(vendors, Platform.WECOM, audience=Audience.FAMILIES)
    post = ground.send(city, group, now=LATE - timedelta(seconds=30))

    call_due(now=LATE)

    assert vendors.asked == 0
    assert (delivery(post).robot, delivery(post).robot_code) == (Called.LATE, "quiet_hours")
    assert "too late" in words(post)


def test_yesterdays_texts_are_not_said_today(ground: Ground, vendors: Vendors) -> None:
    post = ground.send(ground.evening.tree.city, ground.with_robot(vendors, Platform.WECOM))

    call_due(now=NOW + timedelta(hours=4))

    assert vendors.asked == 0
    assert delivery(post).robot is Called.SILENT


def test_a_text_pasted_by_hand_is_not_said_again(ground: Ground, vendors: Vendors) -> None:
    group = ground.with_robot(vendors, Platform.WECOM)
    post = ground.send(ground.evening.tree.city, group)
    mark_pasted(post=post, group_id=group.id, by=BY, now=NOW)

    assert call_due(now=NOW) == 0
    assert vendors.asked == 0


@pytest.mark.parametrize("way", ["close", "forget"])
def test_a_robot_that_is_gone_says_nothing(ground: Ground, vendors: Vendors, way: str) -> None:
    group = ground.with_robot(vendors, Platform.WECOM)
    ground.send(ground.evening.tree.city, group)
    if way == "close":
        close_group(group_id=group.id, by=BY, now=NOW)
    else:
        remove_robot(group=group, by=BY, now=NOW)

    assert call_due(now=NOW) == 0
    assert vendors.asked == 0


def test_two_workers_say_each_text_once(transactional_db: None, vendors: Vendors) -> None:
    ground = Ground(make_evening())
    city, group = ground.evening.tree.city, ground.with_robot(vendors, Platform.WECOM)
    for number in range(8):
        ground.send(city, group, text=f"第{number}条", source=f"test:{number}")
    gate = threading.Barrier(2)

    def work() -> None:
        gate.wait()
        call_due(now=NOW)
        connection.close()

    both = [threading.Thread(target=work) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    call_due(now=NOW)

    assert sorted(vendors.said) == sorted(f"第{number}条" for number in range(8))
    assert Delivery.objects.filter(robot="sent").count() == 8


def test_what_a_dying_worker_took_is_tried_again(ground: Ground, vendors: Vendors) -> None:
    post = ground.send(ground.evening.tree.city, ground.with_robot(vendors, Platform.WECOM))

    assert len(claim(now=NOW) or []) == 1  # and the worker dies before it calls

    assert call_due(now=NOW) == 0
    assert call_due(now=NOW + MINUTE) == 1
    assert delivery(post).robot is Called.SENT
    assert [each.outcome for each in RobotCall.objects.order_by("number")] == ["", "sent"]


def test_a_robot_over_its_limit_holds_up_no_other(ground: Ground, vendors: Vendors) -> None:
    city = ground.evening.tree.city
    busy = ground.with_robot(vendors, Platform.DINGTALK)
    for number in range(CALLS_A_MINUTE + 40):
        ground.send(city, busy, source=f"busy:{number}")
    other = ground.send(city, ground.with_robot(vendors, Platform.FEISHU), source="other")

    assert call_due(now=NOW) == CALLS_A_MINUTE + 1
    assert delivery(other).robot is Called.SENT


def test_a_robot_whose_seal_does_not_open_holds_up_no_other(
    ground: Ground, vendors: Vendors
) -> None:
    city = ground.evening.tree.city
    broken = ground.with_robot(vendors, Platform.DINGTALK)
    Robot.objects.filter(pk=broken.id).update(address_sealed=b"\x01" + bytes(40))
    post = ground.send(city, broken, source="broken")
    other = ground.send(city, ground.with_robot(vendors, Platform.FEISHU), source="other")

    assert call_due(now=NOW) == 1
    assert delivery(other).robot is Called.SENT
    assert (delivery(post).robot, delivery(post).robot_code) == (Called.REFUSED, "seal_broken")
