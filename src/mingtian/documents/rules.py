"""What an official document is, who does what with it, and what it must hold. Pure Python.

Kinds are six of the fifteen of the rules for official documents (domain.md 11.1). A document goes
draft, reviewed, signed, issued, closed; it gets its number in the moment it is issued and no
earlier, so that a register has no gaps (DOC-1, DOC-3, ORG-1).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.papers.paper import Block, Heading


class Kind(StrEnum):
    """Kinds of the rules for official documents."""

    NOTICE = "notice"
    BULLETIN = "bulletin"
    REPORT = "report"
    OPINION = "opinion"
    LETTER = "letter"
    MINUTES = "minutes"


class Genre(StrEnum):
    """What people write: a kind, or one of three forms with rules of their own."""

    NOTICE = "notice"
    BULLETIN = "bulletin"
    REPORT = "report"
    OPINION = "opinion"
    LETTER = "letter"
    MINUTES = "minutes"
    IMPLEMENTATION = "implementation"
    MEASURES = "measures"
    EVALUATION = "evaluation"


KIND_OF = {
    **{genre: Kind(genre.value) for genre in Genre if genre.value in set(Kind)},
    Genre.IMPLEMENTATION: Kind.OPINION,
    # Measures and plans are sent out by a notice (印发……的通知).
    Genre.MEASURES: Kind.NOTICE,
    Genre.EVALUATION: Kind.NOTICE,
}


def form_of(genre: str) -> str:
    """Return the word that ends the issuer's mark; a letter bears the mark alone."""
    return {Genre.LETTER: "", Genre.MINUTES: "纪要"}.get(Genre(genre), "文件")


VERSIONED = frozenset({Genre.MEASURES, Genre.EVALUATION})
"""What is changed by a new version that takes the place of the one before (DOC-1)."""


class State(StrEnum):
    """A document only moves forward, but for what is sent back to its drafter."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNED = "signed"
    ISSUED = "issued"
    CLOSED = "closed"


OUT = frozenset({State.ISSUED, State.CLOSED})
"""States in which a document bears its number and no longer changes."""


class Stage(StrEnum):
    """What a receiver does with a document, in the order in which it is asked (DOC-4)."""

    RECEIVED = "received"
    RELAYED = "relayed"
    MEETING = "meeting"
    REQUIREMENTS = "requirements"


class Section(StrEnum):
    """The four points of implementation opinions (DOC-3)."""

    SIGNIFICANCE = "significance"
    PARTICIPANTS = "participants"
    WAY = "way"
    ORGANISATION = "organisation"


_SECTION_WORDS = {
    Section.SIGNIFICANCE: r"意义|重要性|认识|significance|importance",
    Section.PARTICIPANTS: r"对象|范围|参加人|参与人|人员|participants|who takes part",
    Section.WAY: r"方式|方法|形式|办法|途径|\bway\b|\bhow\b",
    Section.ORGANISATION: r"组织|领导|organi[sz]ation|leadership",
}

ISSUING = frozenset(
    {
        UnitKind.NATION,
        UnitKind.PROVINCE,
        UnitKind.CITY,
        UnitKind.COUNTY,
        UnitKind.TOWNSHIP,
        UnitKind.SECTOR,
        UnitKind.SCHOOL,
    }
)
"""Units that keep a register and issue documents of their own."""

RECEIVING = ISSUING | {UnitKind.VILLAGE}

READERS = frozenset({Role.DIRECTOR, Role.OFFICE, Role.CLERK, Role.PRINCIPAL, Role.DUTY_TEACHER})
WRITERS = frozenset({Role.OFFICE, Role.PRINCIPAL})
SIGNERS = frozenset({Role.DIRECTOR, Role.OFFICE, Role.PRINCIPAL})
HANDLERS = SIGNERS
"""Whose opening is the unit's receipt, and who says what the unit did with a document."""

WITHOUT_SUPERIOR_PAPER = frozenset({UnitKind.NATION, UnitKind.PROVINCE})
"""Where a line of documents begins; everybody below carries one down and cites it (ORG-1)."""

WITHOUT_RECEIVERS = frozenset({Kind.MINUTES, Kind.BULLETIN})
"""Kinds that may be issued to be kept: a bulletin also goes as a text into the groups."""

CITING = frozenset({Kind.NOTICE, Kind.OPINION})

LONGEST_TITLE = 160
LONGEST_TEXT = 60_000
LONGEST_NOTE = 200
LONGEST_SYMBOL = 24
MOST_ATTACHMENTS = 10
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """The document that stands above: one kept here, or an outside one in words.

    ``number`` is the whole number of an outside one, such as 黑关工委〔2023〕20号.
    """

    document_id: int | None = None
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None

    @property
    def outside(self) -> bool:
        return bool(self.issuer or self.number or self.issued_on)

    @property
    def given(self) -> bool:
        return self.document_id is not None or self.outside


NOTHING = Cited()


def check_parent(cited: Cited, *, kind: Kind, unit: UnitKind) -> None:
    """Refuse a notice or opinions that cite nothing above them, and half a citation (ORG-1)."""
    if not cited.given and kind in CITING and unit not in WITHOUT_SUPERIOR_PAPER:
        raise RuleBroken("parent_missing")
    if cited.outside and cited.document_id is None:
        if not (cited.issuer and cited.issued_on):
            raise RuleBroken("parent_incomplete")
        if not re.search(r"[0-9]", cited.number):
            raise RuleBroken("parent_without_number")


def missing_sections(genre: Genre, body: Sequence[Block]) -> list[Section]:
    """Return the sections that implementation opinions must have and these lack (DOC-3)."""
    if genre is not Genre.IMPLEMENTATION:
        return []
    headings = [block.text for block in body if isinstance(block, Heading) and block.level == 1]
    return [
        section
        for section, words in _SECTION_WORDS.items()
        if not any(re.search(words, heading, re.IGNORECASE) for heading in headings)
    ]


def check_state(state: State, allowed: Collection[State]) -> None:
    """Refuse a step at the wrong moment; one that is out does not change any more."""
    if state in allowed:
        return
    if state in OUT:
        raise RuleBroken("document_issued")
    raise RuleBroken("document_elsewhere")


def check_signer(*, drafted_by: int | None, signer: int | None, people: Collection[int]) -> bool:
    """Return whether one person did both; refused where the unit has another person to sign.

    ``people`` are those who hold a post at the unit that may sign.
    """
    alone = drafted_by is not None and drafted_by == signer
    if alone and set(people) - {signer}:
        raise RuleBroken("signer_drafted")
    return alone


def default_mark(kind: UnitKind, name: str) -> str:
    """Return the red line at the head of a unit's papers, without 文件.

    >>> default_mark(UnitKind.CITY, "岚山市"), default_mark(UnitKind.SCHOOL, "第一小学")
    ('岚山市关心下一代工作委员会', '第一小学')
    """
    if kind in {UnitKind.SECTOR, UnitKind.SCHOOL} or "委" in name:
        return name
    return f"{name}关心下一代工作委员会"


def default_symbol(kind: UnitKind, name: str) -> str:
    """Return a unit's short name in document numbers, as long as it has chosen no other.

    >>> default_symbol(UnitKind.CITY, "岚山市"), default_symbol(UnitKind.SCHOOL, "第一小学")
    ('岚山关工委', '第一小学')
    """
    if kind in {UnitKind.SECTOR, UnitKind.SCHOOL} or "委" in name:
        return name[:LONGEST_SYMBOL]
    short = name[:-1] if len(name) > 2 and name[-1] in "省市县区镇乡" else name
    return f"{short[: LONGEST_SYMBOL - 3]}关工委"


def check_symbol(symbol: str) -> None:
    """Refuse a short name that cannot stand in a number: empty, long, with digits or brackets."""
    if not symbol or len(symbol) > LONGEST_SYMBOL or re.search(r"[\s0-9〔〕\[\]()（）号]", symbol):
        raise RuleBroken("symbol_malformed", most=LONGEST_SYMBOL)


def check_meeting(*, held_at: datetime, issued_at: datetime, now: datetime) -> None:
    """Refuse a meeting before the document was out, and one that is still to come."""
    if not issued_at <= held_at <= now:
        raise RuleBroken("meeting_out_of_time")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Receivers by kind below the sender, along one line: all schools the bureau guides, say."""

    line: Line
    kind: UnitKind

    @property
    def key(self) -> str:
        return f"{self.line.value}:{self.kind.value}"


def address_of(key: str) -> Address:
    """Return the address of a key. Raises RuleBroken for one that there is not."""
    line, _, kind = key.partition(":")
    if line not in set(Line) or kind not in {each.value for each in RECEIVING}:
        raise RuleBroken("wrong_receiver")
    return Address(line=Line(line), kind=UnitKind(kind))


def hours_between(issued_at: datetime, done_at: datetime | None) -> float | None:
    """Return how many hours a step took from the issue, to a tenth."""
    return None if done_at is None else round((done_at - issued_at).total_seconds() / 3600, 1)
