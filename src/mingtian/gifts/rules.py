"""What gifts, stock, hand-overs and need codes must be like (AID-9, AID-10; domain.md 11.8). Pure Python."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role, UnitKind

RECORDING = frozenset({Role.OFFICE, Role.DIRECTOR, Role.CASE_WORKER})
"""Posts that record gifts and stock, and plan hand-overs, at their unit and below."""

DECIDING = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Posts that release need codes, keep partners and undo what was recorded wrongly."""

CARRYING = frozenset({Role.CASE_WORKER, Role.HELPER})
"""Posts whose holders go to children and hand things over."""

PLACES = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE})
"""Kinds of units that keep stock."""

LEAST_ALIKE = 5
"""With fewer children of the same need in a county, the place on a partner's list is only "a county"."""

LONGEST_NOTE = 40
MOST_QUANTITY = 1_000_000
MOST_LINES = 8
"""So many items one gift or one hand-over has at most; a page offers as many lines."""


class DonorKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    CHARITY = "charity"


class GiftKind(StrEnum):
    MONEY = "money"
    GOODS = "goods"


class Tag(StrEnum):
    """For which occasion something was given."""

    SPRING_FESTIVAL = "spring_festival"
    CHILDRENS_DAY = "childrens_day"
    TERM_BEGINS = "term_begins"
    MID_AUTUMN = "mid_autumn"
    WINTER = "winter"
    OTHER = "other"


class Measure(StrEnum):
    """In what an item is counted."""

    PIECE = "piece"
    SET = "set"
    PAIR = "pair"
    BAG = "bag"
    BOX = "box"
    BARREL = "barrel"
    BOOK = "book"
    HALF_KILO = "half_kilo"


class MoveKind(StrEnum):
    TRANSFER = "transfer"
    LOSS = "loss"
    COUNT = "count"


class LossReason(StrEnum):
    DAMAGED = "damaged"
    EXPIRED = "expired"
    MISSING = "missing"
    RECALLED = "recalled"


class UndoReason(StrEnum):
    TYPED_WRONG = "typed_wrong"
    ENTERED_TWICE = "entered_twice"
    TAKEN_BACK = "taken_back"


class HandState(StrEnum):
    """A hand-over: planned, handed over by one, signed for or confirmed by a second; not given, or undone."""

    PLANNED = "planned"
    HANDED = "handed"
    CONFIRMED = "confirmed"
    NOT_GIVEN = "not_given"
    UNDONE = "undone"


OFF_THE_LIST = frozenset({HandState.NOT_GIVEN, HandState.UNDONE})
"""States after which the child may come onto the round's list again."""


class SignWay(StrEnum):
    """By the receiver's side with a name, or by a second person who was there. Never by a photograph."""

    SIGNED = "signed"
    SECOND = "second"


class NotGivenReason(StrEnum):
    NOBODY_HOME = "nobody_home"
    DECLINED = "declined"
    MOVED = "moved"
    OTHER_WAY = "other_way"


class HandUndoReason(StrEnum):
    """Why a hand-over was noted wrongly."""

    OTHER_CHILD = "other_child"
    OTHER_THINGS = "other_things"
    NOT_HANDED = "not_handed"
    CAME_BACK = "came_back"


class NeedState(StrEnum):
    WAITING = "waiting"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    MET = "met"


class Thing(StrEnum):
    """What may be needed. None of them tells of an illness, a family or a debt."""

    COAT = "coat"
    SHOES = "shoes"
    CLOTHES = "clothes"
    BEDDING = "bedding"
    SCHOOL_BAG = "school_bag"
    STATIONERY = "stationery"
    BOOKS = "books"
    DESK_LAMP = "desk_lamp"
    DESK = "desk"
    BICYCLE = "bicycle"
    SPORTS = "sports"
    FOOD = "food"


_SIZE = re.compile(r"(?:[1-9]\d{1,2}(?:\.5)?|[2-9]?X{0,3}[SL]|M)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """So many of an item, by the item's public id; ``value`` is estimated, in whole fen."""

    item: str
    quantity: int
    value: int | None = None


def check_quantities(wanted: Sequence[Quantity]) -> None:
    """Refuse nothing at all, one item twice, and a number that cannot be."""
    if not wanted:
        raise RuleBroken("gifts_nothing_said")
    if len({each.item for each in wanted}) != len(wanted):
        raise RuleBroken("gifts_item_twice")
    for each in wanted:
        check_quantity(each.quantity)


def check_quantity(quantity: int, *, least: int = 1) -> None:
    """Refuse a number that is not from 1 (when counting: 0) to a million."""
    if type(quantity) is not int or not least <= quantity <= MOST_QUANTITY:
        raise RuleBroken("gifts_quantity_impossible", most=f"{MOST_QUANTITY:,}")


def check_received(received_on: date, *, today: date) -> None:
    """Refuse a day that is still to come."""
    if received_on > today:
        raise RuleBroken("gifts_day_in_future")


def check_name(text: str) -> str:
    """Return a name without needless spaces; refuse an empty one."""
    plain = " ".join(text.split())
    if not plain:
        raise RuleBroken("gifts_name_missing")
    return plain


def is_licensed(licence: str, valid_until: date | None, day: date) -> bool:
    """Say whether a partner may raise funds in public on the day (Charity Law 22, 26)."""
    return bool(licence) and valid_until is not None and valid_until >= day


def check_licensed(licence: str, valid_until: date | None, day: date) -> None:
    """Refuse a partner whose licence for public fundraising is missing or has run out."""
    if not is_licensed(licence, valid_until, day):
        raise RuleBroken("gifts_partner_unlicensed")


# --- Drives have no quotas -----------------------------------------------------

_QUOTA = re.compile(
    r"指标|任务数|任务额|捐款任务|摊派|硬性|人均|达标|排名|评比|扣除|代扣|从工资"
    r"|(?:每|各|人人)(?:人|户|班|校|村|单位|位|家|名)?[^。；;]{0,8}(?:不少于|不低于|至少|必须|应捐|须捐|一律|标准)"
    r"|(?:不少于|不低于|至少)[^。；;]{0,3}\d+[^。；;]{0,3}(?:元|块)"
    r"|\bquotas?\b|\btargets?\b|\branking\b|\bper (?:head|person|class|pupil)\b|\bdeduct"
    r"|\beach (?:person|class|pupil|school|household)[^.;]{0,20}(?:must|at least)|\bat least (?:¥|\d)"
)


def check_plan(text: str) -> str:
    """Return a drive's plan; refuse one that lays down how much anybody is to give (Charity Law 32)."""
    if _QUOTA.search(_level(text)):
        raise RuleBroken("gifts_quota")
    return text.strip()


# --- Need codes tell nothing ---------------------------------------------------

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_DIGIT = "0-9零〇一二两三四五六七八九十百"
_TELLING = re.compile(
    # Numbers of telephones, accounts and papers; age and birth; school, class and place.
    rf"\d[\d\s-]{{4,}}\d|[{_DIGIT}]{{5,}}|[{_DIGIT}]+周?岁|\d+\s*(?:years?|yrs?)\b|\baged?\b|生日|出生|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]"
    rf"|[{_DIGIT}]+年[{_DIGIT}]+月|[{_DIGIT}]+[./-][{_DIGIT}]+[./-][{_DIGIT}]+|月[{_DIGIT}]+[日号]"
    r"|小学|中学|初中|高中|幼儿园|学校|班级|年级|[一二三四五六七八九初高\d]+\s*班|[初高][一二三]|班主任|\bschool\b|\bgrade\b|\bclass\b"
    r"|[省市县区镇乡村屯组街路巷弄号栋](?:$|[^码])|社区|小区|单元|住在|家住|地址|户口|\bvillage\b|\btown\b|\bstreet\b|\broad\b|\blives?\b"
    # Reaching somebody.
    r"|微信|电话|手机|qq|扣扣|@|抖音|快手|https?:|www\.|\bphone\b|wechat"
    # Whom it is about: names and kin.
    r"|姓|名叫|叫做|名字|同学|小朋友|爸|妈|父|母|爷|奶|姥|外公|外婆|哥|姐|弟|妹|叔|姑|舅|\b(?:mother|father|brother|sister|grand\w+|parents?|named)\b"
    # Hardship and health are told to nobody outside.
    r"|孤儿|留守|单亲|离异|离婚|去世|死|服刑|入狱|残疾|病|癌|瘫|低保|贫困|穷|困难|欠债|\b(?:orphan|poor|ill|sick|disab\w+|prison|divorc\w+|left-behind)\b"
)  # fmt: skip
_NAME_IN_PLACE = re.compile(
    rf"(?:^|[，。、,;；:：\s]|给|为|替|帮|是|叫|让)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=$|[，。、,;；:：\s]|的|用|穿|要|想|需|急)"
)
_NO_NAME = re.compile(
    r"[黄白金石][色瓜铁豆边]|高[帮领低]|方[形格便]|常[用见]|[一-龥]?[色款码]$|万[用能]|夏[季天装]|金属"
)
_LATIN_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_ENDS = re.compile(
    r"(?:特别行政区|自治[州县区旗]|[省市县区镇乡村屯]|街道|社区|(?:第[一二三四五六七八九十]+)?(?:中心)?(?:小学|中学|学校)"
    r"|(?:primary|middle|high)?school|county|town|township|village|city)$"
)


def check_note(text: str, known: Iterable[str] = ()) -> str:
    """Return the words beside a need; refuse any that could tell whose it is or why.

    ``known`` are names that must not stand in it: the child's, its guardians', units of the county.
    It rather refuses too much: the thing and its size are chosen from lists, and a person who has not
    written the text looks at it before anybody outside does.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST_NOTE:
        raise RuleBroken("gifts_note_too_long", most=LONGEST_NOTE)
    level = _level(plain)
    tight = re.sub(r"[\W_]+", "", level)
    named = any(part in tight or part in level for name in known for part in _parts_of(name))
    if (
        named
        or _TELLING.search(level)
        or _TELLING.search(tight)
        or _LATIN_NAME.search(plain)
        or any(not _NO_NAME.search(hit) for hit in _NAME_IN_PLACE.findall(level))
    ):
        raise RuleBroken("gifts_tells_too_much")
    return plain


def _parts_of(name: str) -> Collection[str]:
    """Return what of a name must not be said: the whole, a place's stem, a person's given name."""
    whole = re.sub(r"[\W_]+", "", _level(name))
    stem = _ENDS.sub("", whole)
    given = whole[1:] if len(whole) == 3 and whole[0] in _SURNAMES else ""
    return {part for part in (whole, stem, given) if len(part) >= 2}


def check_size(size: str) -> str:
    """Return a size as it stands on labels: 140, 36.5, XL; refuse anything else."""
    plain = _level(size).upper().strip()
    if not _SIZE.fullmatch(plain):
        raise RuleBroken("gifts_size_impossible")
    return plain


def _level(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
