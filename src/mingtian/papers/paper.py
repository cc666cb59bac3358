"""What stands on an official paper, before anybody lays it out (GB/T 9704-2012, domain.md 11.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import east_asian_width

from mingtian.core.errors import RuleBroken
from mingtian.papers.measures import TITLE_CHARACTERS

LEVELS = 4
"""一、 then （一） then 1. then （1）."""

_DIGITS = "〇一二三四五六七八九"
_CLOSING = "”》"
"""After these a long title may be broken."""

_NUMBER = re.compile(r"(?:[>≥约] ?|超过)?[¥￥]?[-−]?\d[\d,]*(?:\.\d+)?(?:%|[^\W\d_]{1,2})?")
_NO_NUMBER = frozenset({"", "—", "–", "*"})
_BESIDE_A_CELL = 2
_MOST_OF_A_CELL = 14
"""A cell that holds more characters is broken, before it takes the room of other columns."""


class Urgency(StrEnum):
    """How a document is to be treated on its way; printed above the issuer's mark."""

    ORDINARY = ""
    URGENT = "加急"
    MOST_URGENT = "特急"


class Shape(StrEnum):
    """How a paper's head and foot are laid out.

    A letter has its mark at the top of the page above a red double rule, its number to the right below
    it, another double rule at the foot of page one in the place of the page number, and of the
    imprint the copies alone.
    """

    DOCUMENT = "document"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A numbered heading; the layout counts by itself. ``level`` runs from 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """One paragraph of the body."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table: the first row is its head; every row has as many cells as the head."""

    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One official paper.

    ``mark`` is the red line at its head without ``form``, the word that ends it: 文件, for minutes
    会议纪要. ``number`` is the whole document number as :func:`document_number` writes it, empty
    for one that bears none. ``signer`` is given on papers that go upward, never on a letter. ``issuers`` sign
    below, the leading body first. ``printed_by`` is not shown on a letter.
    """

    mark: str
    number: str
    title: str
    addressee: str
    body: Sequence[Block]
    issuers: Sequence[str]
    issued_on: date
    form: str = "文件"
    shape: Shape = Shape.DOCUMENT
    signer: str = ""
    urgency: Urgency = Urgency.ORDINARY
    attachments: Sequence[str] = ()
    copies_to: Sequence[str] = ()
    printed_by: str = ""


def document_number(agency: str, year: int, number: int) -> str:
    """Return the number of a document.

    >>> document_number("绥关工委", 2023, 20)
    '绥关工委〔2023〕20号'
    """
    return f"{agency}〔{year}〕{number}号"


def day_in_words(day: date) -> str:
    """Return a date as papers bear it: full year, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese, for headings of the first two levels.

    >>> chinese_number(10), chinese_number(21)
    ('十', '二十一')
    """
    if not 1 <= number <= 99:
        raise ValueError(f"No paper has {number} headings of one level.")
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones else "")


def numbered(body: Sequence[Block]) -> list[tuple[Block, str]]:
    """Return each block with the number of its heading, empty for others.

    A heading begins the counting of the levels below it anew. Raises ValueError for a level that
    there is not.
    """
    counts = [0] * LEVELS
    found: list[tuple[Block, str]] = []
    for block in body:
        label = ""
        if isinstance(block, Heading):
            place = block.level - 1
            if not 0 <= place < LEVELS:
                raise ValueError(f"A paper has no headings of level {block.level}.")
            counts[place] += 1
            counts[place + 1 :] = [0] * (LEVELS - place - 1)
            label = _label(place, counts[place])
        found.append((block, label))
    return found


def _label(place: int, count: int) -> str:
    forms = ("{word}、", "（{word}）", "{count}.", "（{count}）")
    word = chinese_number(count) if place < 2 else ""
    return forms[place].format(word=word, count=count)


def broken(title: str) -> str:
    """Break a title that is too long for a line before what it adds in brackets, or behind a name.

    Where its author broke it, it stays as it is; where neither gives lines that fit, the layout
    breaks it.
    """
    if em_width(title) <= TITLE_CHARACTERS or "\n" in title:
        return title
    head, bracket, rest = title.rpartition("（")
    if head and title.endswith("）"):
        return f"{head}\n{bracket}{rest}"
    places = [place for place, sign in enumerate(title, 1) if sign in _CLOSING]
    halves = [(title[:place], title[place:]) for place in places]
    fitting = [half for half in halves if max(map(em_width, half)) <= TITLE_CHARACTERS]
    even = min(fitting, key=lambda half: abs(em_width(half[0]) - em_width(half[1])), default=None)
    return "\n".join(even) if even else title


def em_width(text: str) -> float:
    """Return about how many Chinese characters the text is wide; Latin letters and digits are half.

    >>> em_width("2023年")
    3.0
    """
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def of_numbers(grid: Grid) -> list[bool]:
    """Say of each column whether it holds numbers, which stand to the right."""
    return [
        all(cell.strip() in _NO_NUMBER or _NUMBER.fullmatch(cell.strip()) for cell in column[1:])
        for column in zip(*grid.rows, strict=True)
    ]


def column_shares(grid: Grid, room: float) -> list[float]:
    """Return which part of the width each column gets, by its longest cell.

    ``room`` is how many characters a line of the table holds. Where not all find room, the narrow
    columns get theirs first.
    """
    wanted = [
        min(max(map(em_width, column)), _MOST_OF_A_CELL) + _BESIDE_A_CELL
        for column in zip(*grid.rows, strict=True)
    ]
    left, given = room, [0.0] * len(wanted)
    for rank, column in enumerate(sorted(range(len(wanted)), key=lambda each: wanted[each])):
        given[column] = min(wanted[column], left / (len(wanted) - rank))
        left -= given[column]
    return [each / sum(given) for each in given]


def all_words(paper: Paper) -> str:
    """Return every word of the paper, to look for characters that cannot be drawn."""
    words = [paper.mark, paper.form, paper.number, paper.title, paper.addressee, paper.signer]
    words += [*paper.issuers, *paper.attachments, *paper.copies_to, paper.printed_by]
    for block in paper.body:
        if isinstance(block, Grid):
            words += [cell for row in block.rows for cell in row]
        else:
            words.append(block.text)
    return "\n".join(words)


def check(paper: Paper) -> None:
    """Refuse a paper that cannot be laid out: without title, body or issuer, or a torn table."""
    if not paper.title.strip():
        raise RuleBroken("paper_without_title")
    if not paper.body:
        raise RuleBroken("paper_without_body")
    if not paper.issuers:
        raise RuleBroken("paper_without_issuer")
    for block in paper.body:
        if isinstance(block, Grid) and len({len(row) for row in block.rows}) != 1:
            raise RuleBroken("paper_table_torn")
