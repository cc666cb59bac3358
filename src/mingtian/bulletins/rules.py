"""What a day's bulletin and supervision note hold, and when each may go out (SUP-1). Pure Python.

People write sentences; numbers come from figures. In a text a number stands as its name in braces,
``{到课}``, so it follows its figure until the day of issue and always brings its unit along.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure, Status
from mingtian.org.rules import IN_OFFICE, Role, UnitKind


class Kind(StrEnum):
    """What goes out each day: one of each (一日一督导、一日一通报)."""

    NOTE = "note"
    BULLETIN = "bulletin"


LEVELS = frozenset({UnitKind.COUNTY, UnitKind.CITY, UnitKind.PROVINCE})
"""Units that write them."""

READERS = IN_OFFICE
"""Posts that see drafts of their own unit and what was issued within reach: all but auditors."""

WRITERS = frozenset({Role.OFFICE})
ISSUERS = frozenset({Role.OFFICE, Role.DIRECTOR})

RECEIVER_KINDS: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.PROVINCE: (UnitKind.CITY,),
    UnitKind.CITY: (UnitKind.COUNTY,),
    UnitKind.COUNTY: (UnitKind.SCHOOL, UnitKind.TOWNSHIP),
}
"""To whom it goes: the next level, which relays it. Nobody is skipped."""

MOST_TEXT = 1500
MOST_REASON = 200
MOST_GROUP_TEXT = 300
"""What groups take in one piece (GRP-2)."""


class Section(StrEnum):
    """Parts of the text, edited one by one."""

    OVERALL = "overall"
    UNITS = "units"
    CONFIRMING = "confirming"
    HELPED = "helped"
    PRACTICE = "practice"
    TOMORROW = "tomorrow"


SECTIONS: dict[Kind, tuple[Section, ...]] = {
    Kind.BULLETIN: (
        Section.OVERALL, Section.UNITS, Section.HELPED, Section.PRACTICE, Section.TOMORROW,
    ),
    Kind.NOTE: (Section.OVERALL, Section.CONFIRMING, Section.HELPED, Section.TOMORROW),
}  # fmt: skip


class Again(StrEnum):
    """Why a second one of the same day is written."""

    FIGURES_CORRECTED = "figures_corrected"
    TEXT_WRONG = "text_wrong"
    SUPERIOR_ASKED = "superior_asked"
    OTHER = "other"


# What each figure is called in a text. People type these between braces.
NAMES = {
    "arrived": "到课",
    "completed": "看完",
    "pupils": "学生",
    "expected": "应到学生",
    "exempt": "免于参加",
    "households": "家庭",
    "so_far": "累计",
    "units": "单位",
    "houses": "学校乡镇",
    "on_time": "按时确认",
    "late": "迟报",
    "silent": "未报",
    "asked": "核对",
    "answered": "已答复",
    "helped": "协助进入",
    "noted": "人工登记",
    "fallen": "下降单位",
    "contacts": "联系任务",
    "contacts_done": "已联系",
    "tickets": "问题单",
    "tickets_done": "已解决",
}
RATE_NAME = "学生到课率"
"""The one share in a text: pupils of pupils expected; it brings its denominator along."""

UNIT_WORDS = {
    Basis.PERSONS: "人",
    Basis.PERSON_TIMES: "人次",
    Basis.HOUSEHOLDS: "户",
    Basis.DEVICES: "台",
    Basis.UNITS: "个",
    Basis.MATTERS: "件",
    Basis.PERSON_SLOTS: "人·分钟",
}
BOUND_WORDS = {Bound.EXACT: "", Bound.MORE_THAN: "超过", Bound.ABOUT: "约"}
STATUS_WORDS = {
    Status.LIVE: "实时",
    Status.PROVISIONAL: "待确认",
    Status.CONFIRMED: "已确认",
    Status.FROZEN: "已冻结",
    Status.CORRECTED: "已更正",
}

_TOKEN = re.compile(r"\{([^{}\n]{1,20})\}")
_UNIT_AFTER = re.compile(r"\}\s*(人次|人|户|台|个|名|%)")
_BY_HAND = re.compile(r"(?<![\d.,{])\d[\d,]*(?:\.\d+)?\s*(?:余|多)?(?:人次|人|户|名|台|%|％)")
_EFFECT = re.compile(
    r"成效显著|效果显著|显著提[升高]|明显提[升高]|深受.{0,6}(?:欢迎|好评)|一致好评|满意度"
)


def in_words(figure: Figure) -> str:
    """Return the number with bound and unit; a sum over days says 人次, never 人.

    >>> from datetime import date
    >>> from mingtian.core.figures import Period
    >>> day = Period(first=date(2023, 9, 18), last=date(2023, 9, 18))
    >>> in_words(Figure(value=1620, basis=Basis.PERSONS, counts="arrived", unit_id="x", period=day))
    '1,620人'
    """
    basis = figure.basis
    if basis is Basis.PERSONS and figure.period.days > 1:
        raise ValueError("A sum of persons over several days counts person-times.")
    return f"{BOUND_WORDS[figure.bound]}{figure.value:,}{UNIT_WORDS[basis]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A piece of a text: words, or a number with how final it is."""

    words: str
    status: Status | None = None


def parts_of(text: str, figures: Mapping[str, Figure]) -> Iterator[Part]:
    """Yield the text with its numbers in place. ``figures`` are by their stable name.

    A name without a figure stays as it was typed; :func:`check_text` refuses unknown ones.
    """
    by_name = {NAMES[key]: figure for key, figure in figures.items() if key in NAMES}
    place = 0
    for found in _TOKEN.finditer(text):
        if before := text[place : found.start()]:
            yield Part(words=before)
        place = found.end()
        name = found[1].strip()
        if name == RATE_NAME and (rate := rate_in_words(figures)):
            yield Part(words=rate, status=figures["pupils"].status)
        elif name in by_name:
            yield Part(words=in_words(by_name[name]), status=by_name[name].status)
        else:
            yield Part(words=found[0])
    if rest := text[place:]:
        yield Part(words=rest)


def rate_in_words(figures: Mapping[str, Figure]) -> str:
    """Return the share of pupils with its denominator; empty where it would say nothing.

    No share is made of figures that are only "more than" or "about", or of different days.
    """
    pupils, expected = figures.get("pupils"), figures.get("expected")
    if pupils is None or expected is None or not expected.value:
        return ""
    if {pupils.bound, expected.bound} != {Bound.EXACT} or pupils.period != expected.period:
        return ""
    if pupils.basis is not expected.basis:
        return ""
    exempt = figures.get("exempt")
    beside = f"，已除去免于参加{in_words(exempt)}" if exempt and exempt.value else ""
    return f"{percent(pupils.value, expected.value)}（应到{in_words(expected)}{beside}）"


def percent(value: int, of: int) -> str:
    """Return a share in hundredths; never 100 or 0 where it is not."""
    tenths = round(1000 * value / of)
    if value < of and tenths >= 1000:
        tenths = 999
    if value and tenths <= 0:
        tenths = 1
    return f"{tenths / 10:.1f}%"


def check_text(text: str) -> str:
    """Return a section's text as it is kept. Refuses unknown names, doubled units, too much."""
    text = "\n".join(line.strip() for line in text.replace("\0", "").splitlines()).strip()
    if len(text) > MOST_TEXT:
        raise RuleBroken("bulletin_text_too_long", most=MOST_TEXT)
    known = {*NAMES.values(), RATE_NAME}
    for found in _TOKEN.finditer(text):
        if found[1].strip() not in known:
            raise RuleBroken("bulletin_number_unknown", name=found[1].strip())
    if doubled := _UNIT_AFTER.search(text):
        raise RuleBroken("bulletin_number_has_unit", word=doubled[1])
    return text


def typed_numbers(text: str) -> list[str]:
    """Return numbers that were typed by hand and follow no figure; people are told of them."""
    return list(dict.fromkeys(_BY_HAND.findall(_TOKEN.sub("", text))))


def unproved(text: str) -> list[str]:
    """Return words that claim an effect that no figure shows (PUB-5); people are told of them."""
    return list(dict.fromkeys(_EFFECT.findall(text)))


def check_day(*, ends_at: datetime, now: datetime) -> None:
    """Refuse before the lecture has ended: there is no day to tell of yet."""
    if now < ends_at:
        raise RuleBroken("bulletin_before_the_end")


def check_again(*, reference: str, reason: str, words: str) -> Again:
    """Return why there is to be a second one; refused without a reason, coded and in words."""
    if not reason and not words.strip():
        raise RuleBroken("bulletin_twice", reference=reference)
    if reason not in set(Again) or not words.strip():
        raise RuleBroken("bulletin_reason_missing")
    if len(words.strip()) > MOST_REASON:
        raise RuleBroken("bulletin_reason_too_long", most=MOST_REASON)
    return Again(reason)


def least_final(figures: Collection[Figure]) -> Status:
    """Return how final a text is that holds all these."""
    order = [*STATUS_WORDS]
    return min((each.status for each in figures), key=order.index, default=Status.PROVISIONAL)
