"""What an entry must be like before the books take it (AID-4, AID-9). Pure Python."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.core.money import yuan

FEN = "fen"
"""The measure of money: whole fen. Any other measure is the code of a thing's unit, as ``kg``."""

LARGEST = 10**13
"""The largest amount of one line: a hundred billion yuan, far above what any book here holds."""

MOST_AT_ONCE = 20_000
"""So many entries are posted in one go at most; a longer import goes in portions."""

MOST_LINES = 1_000
"""So many lines one entry has at most."""

_WORD = re.compile(r"[a-z][a-z0-9_]{0,31}")
_PURPOSE = re.compile(r"[a-z0-9._:-]{0,64}")
_SOURCE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*:[0-9A-Za-z_.:-]{1,64}")


class Kind(StrEnum):
    """What an account holds. Only the outside world may go below zero."""

    SOURCE = "source"
    FUND = "fund"
    RESERVED = "reserved"
    PAYABLE = "payable"
    PAID = "paid"
    RECEIVED = "received"
    STOCK = "stock"
    GIVEN = "given"
    LOST = "lost"


class Refusal(StrEnum):
    """Why the books refuse."""

    UNBALANCED = "ledger_unbalanced"
    MEASURE_MIXED = "ledger_measure_mixed"
    TOO_FEW_LINES = "ledger_too_few_lines"
    AMOUNT_IMPOSSIBLE = "ledger_amount_impossible"
    WORD_IMPOSSIBLE = "ledger_word_impossible"
    TOO_MANY = "ledger_too_many"
    BOOKS_MIXED = "ledger_books_mixed"
    ACCOUNT_UNKNOWN = "ledger_account_unknown"
    ACCOUNT_CLOSED = "ledger_account_closed"
    ACCOUNT_NOT_EMPTY = "ledger_account_not_empty"
    FUND_EMPTY = "ledger_fund_empty"
    POSTED_OTHERWISE = "ledger_posted_otherwise"
    ENTRY_UNKNOWN = "ledger_entry_unknown"
    REVERSED_ALREADY = "ledger_reversed_already"
    IS_A_REVERSAL = "ledger_is_a_reversal"


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountSpec:
    """An account to be opened in the book of a unit.

    ``purpose`` is an opaque key by which the module above knows its account again, as
    ``scheme:4f2k``; it names no person.
    """

    book_unit_id: int
    owner_id: int
    kind: Kind
    measure: str = FEN
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class LineSpec:
    """So much into an account (above zero) or out of it (below); the account by its public id."""

    account: str
    amount: int


@dataclass(frozen=True, kw_only=True, slots=True)
class EntrySpec:
    """An entry to be posted.

    ``source`` says what it comes from, ``<module>.<thing>:<public id>``; one source is posted once.
    """

    kind: str
    source: str
    lines: tuple[LineSpec, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """An account as it stands."""

    id: int
    public_id: str
    book_id: int
    owner_id: int
    kind: Kind
    measure: str
    purpose: str
    amount: int
    closed: bool


def move(amount: int, *, out_of: str, into: str) -> tuple[LineSpec, ...]:
    """Return the two lines that move an amount from one account into another."""
    return (LineSpec(out_of, -amount), LineSpec(into, amount))


def turned(lines: Iterable[LineSpec]) -> tuple[LineSpec, ...]:
    """Return the lines that undo these."""
    return tuple(LineSpec(line.account, -line.amount) for line in lines)


def shown(amount: int, measure: str) -> str:
    """Return an amount as sentences show it, in both languages: ``¥1,234.50``, ``12 kg``."""
    return yuan(amount) if measure == FEN else f"{amount:,} {measure}"


def check_account(spec: AccountSpec) -> None:
    """Raise RuleBroken unless measure and purpose are codes that the chain can hold."""
    if not (_WORD.fullmatch(spec.measure) and _PURPOSE.fullmatch(spec.purpose)):
        raise RuleBroken(Refusal.WORD_IMPOSSIBLE)


def check_reason(code: str) -> None:
    """Raise RuleBroken unless the reason of a reversal is a code."""
    if not _WORD.fullmatch(code):
        raise RuleBroken(Refusal.WORD_IMPOSSIBLE)


def check_entries(entries: Sequence[EntrySpec]) -> None:
    """Raise RuleBroken for what can be seen without the books."""
    if len(entries) > MOST_AT_ONCE:
        raise RuleBroken(Refusal.TOO_MANY, most=MOST_AT_ONCE)
    for entry in entries:
        if not (_WORD.fullmatch(entry.kind) and _SOURCE.fullmatch(entry.source)):
            raise RuleBroken(Refusal.WORD_IMPOSSIBLE)
        if len(entry.lines) < 2:
            raise RuleBroken(Refusal.TOO_FEW_LINES)
        if len(entry.lines) > MOST_LINES:
            raise RuleBroken(Refusal.TOO_MANY, most=MOST_LINES)
        for line in entry.lines:
            # True is an int to Python; half a fen is none.
            if type(line.amount) is not int or not 0 < abs(line.amount) <= LARGEST:
                raise RuleBroken(Refusal.AMOUNT_IMPOSSIBLE)


def check_against(entry: EntrySpec, accounts: Mapping[str, AccountRow]) -> int:
    """Return the book of an entry; raise RuleBroken unless its accounts can take it.

    Needs the entry to have passed :func:`check_entries`.
    """
    sums: dict[str, int] = {}
    books = set()
    for line in entry.lines:
        if (account := accounts.get(line.account)) is None:
            raise RuleBroken(Refusal.ACCOUNT_UNKNOWN)
        if account.closed:
            raise RuleBroken(Refusal.ACCOUNT_CLOSED)
        sums[account.measure] = sums.get(account.measure, 0) + line.amount
        books.add(account.book_id)
    if len(books) > 1:
        raise RuleBroken(Refusal.BOOKS_MIXED)
    if any(sums.values()):
        mixed = len(sums) > 1 and sum(sums.values()) == 0
        raise RuleBroken(Refusal.MEASURE_MIXED if mixed else Refusal.UNBALANCED)
    return books.pop()
