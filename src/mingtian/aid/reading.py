"""Reads a school's list of aid: which column holds what, and what each row says or lacks.

Headings in Chinese or English, in any order. A row that cannot be is kept with the codes of its
faults, so that the page can tell each by its row.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mingtian.aid.rules import MOST_DAYS, MOST_LINES, Level, parse_account
from mingtian.children.rules import check_birth_year, check_name
from mingtian.core.errors import RuleBroken
from mingtian.core.money import parse_yuan
from mingtian.people.queries.tables import ROUNDED, read_tables


class Column(StrEnum):
    """What a column of a list can hold. Other columns are passed over."""

    NAME = "name"
    YEAR = "year"
    LEVEL = "level"
    BOARDING = "boarding"
    DAYS = "days"
    AMOUNT = "amount"
    PAYEE = "payee"
    ACCOUNT = "account"
    BANK = "bank"


C = Column

NEEDED = frozenset({C.NAME, C.YEAR, C.LEVEL, C.BOARDING, C.PAYEE, C.ACCOUNT})

HEADINGS: dict[Column, tuple[str, ...]] = {
    C.NAME: ("姓名", "学生姓名", "名字", "name", "childsname", "pupil", "studentname"),
    C.YEAR: ("出生年", "出生年份", "yearofbirth", "birthyear", "bornin"),
    C.LEVEL: ("学段", "年级", "level", "grade", "stage"),
    C.BOARDING: ("住宿", "是否住宿", "寄宿", "是否寄宿", "boarding", "boarder", "boards"),
    C.DAYS: ("天数", "就餐天数", "days"),
    C.AMOUNT: ("金额", "补助金额", "发放金额", "amount", "yuan"),
    C.PAYEE: ("收款人", "户名", "收款人姓名", "开户名", "payee", "accountholder"),
    C.ACCOUNT: ("账号", "银行账号", "卡号", "银行卡号", "account", "accountnumber"),
    C.BANK: ("开户行", "银行", "bank"),
}
_MEANING = {word: column for column, words in HEADINGS.items() for word in words}

TEMPLATE = ("姓名", "出生年", "学段", "住宿", "天数", "金额", "收款人", "账号", "开户行")
TEMPLATE_EN = ("Name", "Year of birth", "Level", "Boarding", "Days", "Amount", "Payee",
               "Account", "Bank")  # fmt: skip

_LEVELS = {
    **dict.fromkeys(("小学", "primary", "primaryschool"), Level.PRIMARY),
    **dict.fromkeys(("初中", "junior", "juniorschool", "middle"), Level.JUNIOR),
    **dict.fromkeys(("高中", "中职", "senior", "seniorschool", "vocational"), Level.SENIOR),
    **dict.fromkeys(("学前", "幼儿园", "nursery", "kindergarten"), Level.NURSERY),
    **dict.fromkeys(("特教", "特殊教育", "special"), Level.SPECIAL),
}
_GRADES = {character: number for number, character in enumerate("一二三四五六七八九", 1)}
_YES = frozenset(
    {"是", "住宿", "住校", "寄宿", "住宿生", "住校生", "寄宿生", "有", "√", "yes", "y", "1", "true",
     "boarder"}
)  # fmt: skip
_NO = frozenset(
    {"否", "走读", "走读生", "通校", "通校生", "不住宿", "不住校", "非寄宿", "非寄宿生", "无", "×",
     "no", "n", "0", "false", "day"}
)  # fmt: skip
_CITIZEN_NUMBER = re.compile(r"[0-9]{14}[0-9]*[0-9xX]")
_ROUNDED = re.compile(
    rf"[0-9]+{re.escape(unicodedata.normalize('NFKC', ROUNDED))}|[0-9.]+[eE]\+?[0-9]+"
)
"""An account that a workbook took for a number: its last digits are lost, also in a CSV of it."""

LONGEST = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Why a row is not taken: a code with a sentence."""

    row: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRow:
    """A row as it was understood. ``row`` is its number in the file."""

    row: int
    name: str
    birth_year: int
    level: Level
    boarding: bool
    days: int
    amount: int | None
    payee: str
    account: str
    bank: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolList:
    """What a file says. ``heading`` and ``cells`` are as typed, rows by their number in the file."""

    rows: tuple[ListRow, ...]
    faults: tuple[Fault, ...]
    heading: tuple[int, Sequence[str]]
    cells: Mapping[int, Sequence[str]]


def read_list(content: bytes, *, today: date) -> SchoolList:
    """Return the rows and faults of a file; raises RuleBroken for a file that can be no list."""
    columns, heading, table = _find(content)
    rows: list[ListRow] = []
    faults: list[Fault] = []
    typed: dict[int, Sequence[str]] = {}
    for number, cells in enumerate(table, start=heading[0] + 1):
        if not any(cells):
            continue
        if len(rows) + len(faults) >= MOST_LINES:
            raise RuleBroken("aid_list_size", most=MOST_LINES)
        typed[number] = cells
        said = {column: cells[place].strip() if place < len(cells) else ""
                for column, place in columns.items()}  # fmt: skip
        try:
            rows.append(_row(number, said, today))
        except RuleBroken as refusal:
            faults.append(Fault(row=number, code=refusal.code, facts=refusal.facts))
    if not rows and not faults:
        raise RuleBroken("aid_list_size", most=MOST_LINES)
    return SchoolList(rows=tuple(rows), faults=tuple(faults), heading=heading, cells=typed)


def _find(content: bytes) -> tuple[dict[Column, int], tuple[int, list[str]], list[list[str]]]:
    """Return where each column stands, the heading row with its number, and the rows below it."""
    for table in read_tables(content):
        for index, row in enumerate(table[:20]):
            columns: dict[Column, int] = {}
            for place, cell in enumerate(row):
                meaning = _MEANING.get(_plain(cell))
                if meaning is not None:
                    columns.setdefault(meaning, place)
            if columns.keys() >= NEEDED:
                return columns, (index + 1, row), table[index + 1 :]
    raise RuleBroken("aid_headings_missing")


def _row(number: int, said: dict[Column, str], today: date) -> ListRow:
    for column, text in said.items():
        if column is not C.ACCOUNT and _CITIZEN_NUMBER.search(re.sub(r"\s", "", text)):
            raise RuleBroken("aid_row_citizen_number")
    name = check_name(said[C.NAME])
    year = re.fullmatch(r"((?:19|20)[0-9]{2})\s*年?", _narrow(said[C.YEAR]))
    if year is None:
        raise RuleBroken("aid_row_year")
    payee = said[C.PAYEE]
    account = _account(_narrow(said[C.ACCOUNT]))
    if not payee or len(payee) > LONGEST or len(said.get(C.BANK, "")) > LONGEST:
        raise RuleBroken("aid_row_payee")
    if account is None:
        raise RuleBroken("aid_row_account")
    return ListRow(
        row=number, name=name, birth_year=check_birth_year(int(year[1]), today=today),
        level=_level(said[C.LEVEL]), boarding=_boarding(said[C.BOARDING]),
        days=_days(_narrow(said.get(C.DAYS, ""))), amount=_amount(said.get(C.AMOUNT, "")),
        payee=payee, account=account, bank=said.get(C.BANK, ""),
    )  # fmt: skip


def _account(text: str) -> str | None:
    if _ROUNDED.fullmatch(text):
        raise RuleBroken("aid_row_account_rounded")
    return parse_account(text)


def _level(text: str) -> Level:
    plain = _plain(text)
    if plain in _LEVELS:
        return _LEVELS[plain]
    found = re.fullmatch(r"(?:grade)?([1-9]|[一二三四五六七八九])(?:年级|grade)?", plain)
    if found is not None:
        grade = _GRADES.get(found[1]) or int(found[1])
        return Level.PRIMARY if grade <= 6 else Level.JUNIOR
    raise RuleBroken("aid_row_level")


def _boarding(text: str) -> bool:
    plain = _narrow(text).casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise RuleBroken("aid_row_boarding")


def _days(text: str) -> int:
    if not text:
        return 1
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise RuleBroken("aid_days_impossible", most=MOST_DAYS)
    return int(text)


def _amount(text: str) -> int | None:
    if not text:
        return None
    amount = parse_yuan(text)
    if amount is None:
        raise RuleBroken("aid_row_amount")
    return amount


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _plain(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).casefold()
    return re.sub(r"\([^)]*\)|[\W_]", "", text)


def headings(columns: Sequence[str]) -> set[Column]:
    """Return what a heading row names; for tests of templates."""
    return {_MEANING[_plain(each)] for each in columns if _plain(each) in _MEANING}
