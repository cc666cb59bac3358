"""What a liaison group is, what may be posted to it, and how its robot is called. Pure Python.

A group lives on a chat platform. The product keeps that it exists, who answers for it and when it
closes (GRP-1); it reads no message and keeps no list of members.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role, UnitKind
from mingtian.readiness.rules import Leg

MOST_TEXT = 300
"""A text for a group is read on a phone, between others."""

MOST_ENTRY = 500
MOST_NAME = 60
MOST_PURPOSE = 200
MOST_TITLE = 60
MOST_LINK = 300
MOST_SIZE = 500
"""WeChat's largest group; other platforms allow more, a liaison group needs less."""


class Platform(StrEnum):
    """Where the group lives."""

    WECHAT = "wechat"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    QQ = "qq"
    OTHER = "other"


class Audience(StrEnum):
    """Who is in the group, as units; the two named groups are the first two (GRP-2)."""

    COMMITTEES = "committees"
    SCHOOLS = "schools"
    TEACHERS = "teachers"
    FAMILIES = "families"


K = UnitKind

MEMBER_KINDS: dict[Audience, frozenset[UnitKind]] = {
    Audience.COMMITTEES: frozenset({K.COUNTY, K.TOWNSHIP, K.VILLAGE, K.SECTOR}),
    Audience.SCHOOLS: frozenset({K.SCHOOL}),
    Audience.TEACHERS: frozenset({K.CLASS}),
    Audience.FAMILIES: frozenset(),
}
"""Units below the owner that belong to the group. Families are no units: nobody acknowledges."""

LEG_OF_AUDIENCE = {
    Audience.COMMITTEES: Leg.SOCIETY,
    Audience.SCHOOLS: Leg.SCHOOL,
    Audience.TEACHERS: Leg.SCHOOL,
    Audience.FAMILIES: Leg.FAMILY,
}
"""The leg of family, school and society to which a group belongs (CAM-3)."""

STANDING_LISTS = (Audience.COMMITTEES, Audience.SCHOOLS)
"""Lists that every unit has: all open groups of that kind at or below it."""

CALLED = {
    Audience.COMMITTEES: "基层关工委工作群",
    Audience.SCHOOLS: "中小学联系群",
    Audience.TEACHERS: "班主任联系群",
    Audience.FAMILIES: "家长联系群",
}

MANAGERS = frozenset({Role.OFFICE, Role.PRINCIPAL, Role.CLASS_TEACHER})
"""Who registers and closes the groups of the own unit, posts for it and reads its boards first."""

ANSWERERS = MANAGERS | {Role.DUTY_TEACHER}
"""Who acknowledges for a unit and writes on a board for it."""

CODE_DAYS = {Platform.WECHAT: 7}
"""How long a platform's own QR code of a group opens it."""

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(7, 0)


class Board(StrEnum):
    """The two boards of a group (PUB-3)."""

    ENTER = "enter"
    LEARNED = "learned"


class EntryState(StrEnum):
    """What has become of something written on a board."""

    WAITING = "waiting"
    SHOWN = "shown"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupFacts:
    """What is kept about a group, as it was typed. ``in_charge`` is a user's key or None."""

    name: str
    purpose: str
    platform: Platform
    audience: Audience
    size: int
    closes_on: date | None
    code_expires_on: date | None = None
    in_charge_role: Role | None = None
    in_charge: int | None = None


def proposed_name(unit: str, campaign: str, audience: Audience) -> str:
    """Return the name by the pattern: unit, campaign, kind (岚山市·关爱明天·中小学联系群)."""
    short = re.split(r"[、，,·\s]", campaign.strip(), maxsplit=1)[0]
    return "·".join(part for part in (unit, short, CALLED[audience]) if part)


def check_group(facts: GroupFacts, *, today: date, closes_before: date | None = None) -> None:
    """Refuse facts that cannot be kept. A closing date that stood already may lie in the past."""
    if not facts.name.strip():
        raise RuleBroken("group_name_missing")
    if not facts.purpose.strip():
        raise RuleBroken("group_purpose_missing")
    for words, most in ((facts.name, MOST_NAME), (facts.purpose, MOST_PURPOSE)):
        if len(words) > most:
            raise RuleBroken("group_words_too_long", most=most)
    if not 1 <= facts.size <= MOST_SIZE:
        raise RuleBroken("group_size_impossible", most=MOST_SIZE)
    if facts.closes_on is None:
        raise RuleBroken("closing_date_missing")
    if facts.closes_on < today and facts.closes_on != closes_before:
        raise RuleBroken("closing_date_past")
    check_code(facts, today)
    if facts.in_charge is None and facts.in_charge_role is None:
        raise RuleBroken("in_charge_missing")


def check_code(facts: GroupFacts, today: date) -> None:
    """Refuse an expiry later than the platform lets a group's code live."""
    days = CODE_DAYS.get(facts.platform)
    if facts.code_expires_on is None or days is None:
        return
    if facts.code_expires_on > today + timedelta(days=days):
        raise RuleBroken("group_code_lives_shorter", days=days)


# --- Texts ---------------------------------------------------------------------

_NUMBERS_OF_PEOPLE = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\d{17}[\dXx])(?!\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What is posted: a plain text, or with a title and link a share package (GRP-3).

    ``image`` names a picture that whoever pastes adds by hand. ``asks`` wants acknowledgements.
    """

    text: str
    title: str = ""
    link: str = ""
    image: str = ""
    asks: bool = False

    @property
    def is_package(self) -> bool:
        return bool(self.title or self.link or self.image)

    @property
    def for_group(self) -> str:
        """The text as it is pasted."""
        head = f"【{self.title.strip()}】" if self.title.strip() else ""
        return "\n".join(part for part in (head, self.text.strip(), self.link.strip()) if part)


def check_words(words: Words) -> None:
    """Refuse what is empty, too long for a group, or shows somebody's telephone or ID number."""
    if not words.text.strip():
        raise RuleBroken("group_text_missing")
    over = len(words.for_group) - MOST_TEXT
    if over > 0:
        raise RuleBroken("group_text_too_long", most=MOST_TEXT, over=over)
    if words.is_package and not words.title.strip():
        raise RuleBroken("package_title_missing")
    parts = urlsplit(words.link.strip())
    if words.link.strip() and (parts.scheme not in {"https", "http"} or not parts.hostname):
        raise RuleBroken("package_link_wrong")
    check_impersonal(words.for_group)


def check_impersonal(text: str) -> None:
    """Refuse a text with a mobile number or an identity number: groups are no place for them."""
    if _NUMBERS_OF_PEOPLE.search(text):
        raise RuleBroken("group_text_personal")


def check_entry(text: str) -> str:
    """Return what goes on a board, without blanks around it; refuse empty, long or personal."""
    kept = text.strip()
    if not kept:
        raise RuleBroken("entry_missing")
    if len(kept) > MOST_ENTRY:
        raise RuleBroken("entry_too_long", most=MOST_ENTRY, over=len(kept) - MOST_ENTRY)
    check_impersonal(kept)
    return kept


def is_quiet(now: datetime) -> bool:
    """Say whether families are left in peace: from 21:00 until 7:00 in Shanghai."""
    local = now.astimezone(SHANGHAI).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


# --- Robots --------------------------------------------------------------------


class Vendor(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


VENDOR_OF = {
    Platform.WECOM: Vendor.WECOM,
    Platform.DINGTALK: Vendor.DINGTALK,
    Platform.FEISHU: Vendor.FEISHU,
}

_PATHS = {
    Vendor.WECOM: re.compile(r"/cgi-bin/webhook/send\?key=[A-Za-z0-9_-]{8,80}"),
    Vendor.DINGTALK: re.compile(r"/robot/send\?access_token=[A-Za-z0-9]{8,128}"),
    Vendor.FEISHU: re.compile(r"/open-apis/bot/v2/hook/[A-Za-z0-9_-]{8,80}/?"),
}
"""The vendors' own addresses and nothing else, so that no address leads elsewhere on a host."""

_SELF = frozenset({"127.0.0.1", "localhost"})


class Called(StrEnum):
    """What has become of a text that goes through a robot."""

    NONE = "none"
    DUE = "due"
    SENT = "sent"
    REFUSED = "refused"
    SILENT = "silent"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one call. ``code`` is the vendor's own, or what stood in its place."""

    outcome: Called
    code: str = ""
    again: bool = False


CALLS_A_MINUTE = 20
"""What DingTalk and WeCom allow a robot; Feishu allows more."""

MUTED_FOR = timedelta(minutes=10)
"""How long DingTalk mutes a robot that called too often."""

MOST_CALLS = 6
GIVE_UP_AFTER = timedelta(hours=3)

_TOO_OFTEN = {
    Vendor.WECOM: frozenset({"45009"}),
    Vendor.DINGTALK: frozenset({"130101"}),
    Vendor.FEISHU: frozenset({"11232", "9499"}),
}
_BUSY = frozenset({"-1"})


def check_robot(vendor: Vendor, address: str, *, hosts: Collection[str]) -> None:
    """Refuse a robot's address that is not the vendor's own form on a host that is allowed.

    ``hosts`` are names, with a port where it is not the usual one. Without encryption only this
    machine itself, for tests.
    """
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        raise RuleBroken("robot_address_wrong") from None
    host = (parts.hostname or "") + (f":{port}" if port not in {None, 443} else "")
    near = parts.scheme == "http" and parts.hostname in _SELF
    if host not in hosts or "@" in parts.netloc or not (parts.scheme == "https" or near):
        raise RuleBroken("robot_host_not_allowed", host=host or "–")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.fragment or _PATHS[vendor].fullmatch(path) is None:
        raise RuleBroken("robot_address_wrong")


def judge(vendor: Vendor, status: int, code: str) -> Said:
    """Say what a robot's answer means. The vendors answer 200 to a text that they refuse."""
    if status == 200 and code == "0":
        return Said(Called.SENT)
    if status >= 500 or code in _BUSY:
        return Said(Called.SILENT, code or str(status), again=True)
    if code in _TOO_OFTEN[vendor] or status == 429:
        return Said(Called.REFUSED, code or str(status), again=True)
    return Said(Called.REFUSED, code or str(status))


def pause_after(calls: int, said: Said | None = None) -> timedelta:
    """Return how long to wait after so many calls: 1, 2, 4, 8 … minutes, longer when muted."""
    pause = timedelta(minutes=2 ** (calls - 1))
    if said is not None and said.outcome is Called.REFUSED:
        return max(pause, MUTED_FOR)
    return pause
