"""Robots: the vendors' protocols and signatures, addresses that are refused, moods of a robot."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.groups.actions import remove_robot, set_robot
from mingtian.groups.models import Robot
from mingtian.groups.robots import wire
from mingtian.groups.robots.outlets import say
from mingtian.groups.rules import (
    VENDOR_OF,
    Called,
    Platform,
    Said,
    Vendor,
    check_robot,
    judge,
    pause_after,
)
from mingtian.groups.sealing import place_of_robot, sealer
from mingtian.groups.tests.conftest import BY, Ground
from mingtian.groups.tests.vendors import KEY, PATHS, SECRET, TOKEN, Vendors
from mingtian.groups.words import robot_refusal
from mingtian.testing.make import NOW
from mingtian.web.refusals import sentence

ROBOTS = [Platform.WECOM, Platform.DINGTALK, Platform.FEISHU]
HOSTS = ["qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"]
TEXT = "全市到课128,620人次 https://example.org/b/1"


def call(vendors: Vendors, platform: Platform, secret: str = "") -> Said:
    return say(VENDOR_OF[platform], vendors.address(platform), secret, TEXT, now=NOW)


@pytest.mark.parametrize("platform", ROBOTS)
def test_a_robot_says_the_text(vendors: Vendors, platform: Platform) -> None:
    assert call(vendors, platform) == Said(Called.SENT)
    assert vendors.said == [TEXT]


@pytest.mark.parametrize("platform", [Platform.DINGTALK, Platform.FEISHU])
def test_a_signed_call_is_accepted(vendors: Vendors, platform: Platform) -> None:
    vendors.secret = SECRET
    assert call(vendors, platform, SECRET) == Said(Called.SENT)
    assert vendors.said == [TEXT]


@pytest.mark.parametrize(
    ("platform", "code"), [(Platform.DINGTALK, "310000"), (Platform.FEISHU, "19021")]
)
def test_a_wrong_secret_is_told_with_the_vendors_code(
    vendors: Vendors, platform: Platform, code: str
) -> None:
    vendors.secret = SECRET
    assert call(vendors, platform, "SECwrong") == Said(Called.REFUSED, code)
    assert call(vendors, platform) == Said(Called.REFUSED, code)


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("away", Said(Called.REFUSED, "302")),
        ("5xx", Said(Called.SILENT, "502", again=True)),
        ("words", Said(Called.REFUSED, "200")),
        ("45009", Said(Called.REFUSED, "45009", again=True)),
        ("-1", Said(Called.SILENT, "-1", again=True)),
        ("40058", Said(Called.REFUSED, "40058")),
    ],
)
def test_what_a_robot_answers_is_understood(vendors: Vendors, mood: str, said: Said) -> None:
    vendors.mood = mood
    assert call(vendors, Platform.WECOM) == said
    assert vendors.asked == 1


@pytest.mark.parametrize("mood", ["hang", "drip"])
def test_a_robot_that_takes_too_long_is_left(
    vendors: Vendors, mood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 600)
    vendors.mood = mood
    with pytest.raises(wire.NoAnswer):
        wire.post_json(vendors.address(Platform.WECOM), {}, seconds=0.3)
    assert not vendors.outlasted


def test_a_robot_that_is_not_there_is_silent() -> None:
    said = say(Vendor.WECOM, f"http://127.0.0.1:1{PATHS[Platform.WECOM]}", "", TEXT, now=NOW)
    assert said == Said(Called.SILENT, "no_answer", again=True)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://evil.example/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://a:b@qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://qyapi.weixin.qq.com:x/cgi-bin/webhook/send?key={KEY}", "robot_address_wrong"),
        (f"https://127.0.0.1/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"https://169.254.169.254/cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        (f"file:///cgi-bin/webhook/send?key={KEY}", "robot_host_not_allowed"),
        ("", "robot_host_not_allowed"),
        ("https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=1", "robot_address_wrong"),
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}&x=1", "robot_address_wrong"),
        (f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}#x", "robot_address_wrong"),
        (f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}", "robot_address_wrong"),
    ],
)  # fmt: skip
def test_other_addresses_are_refused(address: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_robot(Vendor.WECOM, address, hosts=HOSTS)


def test_the_vendors_own_addresses_are_accepted() -> None:
    for platform, host in zip(ROBOTS, HOSTS, strict=True):
        check_robot(VENDOR_OF[platform], f"https://{host}{PATHS[platform]}", hosts=HOSTS)


def test_by_default_only_the_vendors_may_be_called(settings: LazySettings) -> None:
    assert settings.ROBOT_HOSTS == HOSTS


def test_address_and_secret_are_sealed_in_their_row(ground: Ground, vendors: Vendors) -> None:
    group = ground.with_robot(vendors, Platform.DINGTALK, secret=f" {SECRET} ")

    row = Robot.objects.get(pk=group.id)
    assert TOKEN.encode() not in bytes(row.address_sealed)
    assert row.secret_sealed is not None
    kept = sealer().open(bytes(row.secret_sealed), place_of_robot("secret", group.public_id))
    assert kept == SECRET
    assert group.robot is Vendor.DINGTALK
    assert remove_robot(group=group, by=BY, now=NOW)
    assert not remove_robot(group=group, by=BY, now=NOW)


def test_robots_are_set_up_only_where_there_can_be_one(ground: Ground, vendors: Vendors) -> None:
    city = ground.evening.tree.city
    wechat, wecom = ground.register(city), ground.register(city, name="乙", platform=Platform.WECOM)

    def refused(group: object, address: str, secret: str = "") -> str:
        with pytest.raises(RuleBroken) as broken:
            set_robot(group=group, address=address, secret=secret, by=BY, now=NOW)  # type: ignore[arg-type]
        return broken.value.code

    address = vendors.address(Platform.WECOM)
    assert refused(wechat, address) == "robot_not_on_platform"
    assert refused(wecom, "https://example.org/hook") == "robot_host_not_allowed"
    assert refused(wecom, vendors.address(Platform.FEISHU)) == "robot_address_wrong"
    assert refused(wecom, address, "x" * 201) == "robot_secret_too_long"
    assert not Robot.objects.exists()
    trail = AuditEntry.objects.filter(action="groups.robot_refused").order_by("pk")
    assert [each.detail["code"] for each in trail] == [
        "robot_host_not_allowed",
        "robot_address_wrong",
    ]


def test_a_mute_robot_is_left_alone_for_longer() -> None:
    muted = judge(Vendor.DINGTALK, 200, "130101")
    assert muted.again
    assert pause_after(1, muted) == timedelta(minutes=10)
    assert [pause_after(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (1, 2, 4)]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Called.REFUSED, "robot_refused"),
        (Called.SILENT, "robot_silent"),
        (Called.LATE, "robot_too_late"),
    ],
)
def test_what_a_robot_did_not_say_has_a_code_of_ours(outcome: Called, code: str) -> None:
    refusal = robot_refusal(outcome, "93000")
    assert refusal is not None
    assert refusal.code == code
    assert "93000" not in sentence(refusal) or outcome is Called.REFUSED


@pytest.mark.parametrize("outcome", [Called.NONE, Called.DUE, Called.SENT])
def test_what_a_robot_said_or_will_say_is_no_refusal(outcome: Called) -> None:
    assert robot_refusal(outcome, "") is None
