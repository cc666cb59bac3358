"""What the books say. Whoever calls this decides first who may look (``access`` of that module)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mingtian.core.errors import RuleBroken
from mingtian.ledger.models import Book, Entry
from mingtian.ledger.rules import AccountRow, AccountSpec, Kind, LineSpec, Refusal
from mingtian.ledger.statements import rows

_ABOVE_ALL = 2**31 - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class BookRow:
    """A book; ``head`` is the fingerprint that stands for everything in it."""

    id: int
    public_id: str
    unit_id: int
    entries: int
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """An entry as it stands in its book. ``reverses`` and ``reversed_by`` are public ids.

    ``fresh``: it was posted by this very call; False for one that stood before.
    """

    id: int
    public_id: str
    number: int
    at: datetime
    made_by: int | None
    kind: str
    source: str
    reason: str
    digest: str
    lines: tuple[LineSpec, ...]
    reverses: str | None = None
    reversed_by: str | None = None
    fresh: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveRow:
    """What one entry did to an account, and what the account held afterwards."""

    entry_id: int
    entry: str
    number: int
    at: datetime
    made_by: int | None
    kind: str
    source: str
    reason: str
    reverses: str | None
    reversed_by: str | None
    amount: int
    after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialRow:
    """An account in a trial balance. ``kept`` is the balance that is kept, None for a past day."""

    account: str
    owner_id: int
    kind: Kind
    measure: str
    purpose: str
    came: int
    went: int
    amount: int
    kept: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TrialBalance:
    """All accounts of a book, summed up from their lines."""

    rows: tuple[TrialRow, ...]

    @property
    def sums(self) -> dict[str, int]:
        """What all accounts sum to in each measure: zero in books that balance."""
        sums: dict[str, int] = defaultdict(int)
        for row in self.rows:
            sums[row.measure] += row.amount
        return dict(sums)

    @property
    def balanced(self) -> bool:
        return not any(self.sums.values())

    @property
    def agrees(self) -> bool:
        """Whether every kept balance is the sum of its lines."""
        return all(row.kept in {None, row.amount} for row in self.rows)


def find_book(unit_id: int) -> BookRow | None:
    """Return the book of a unit, or None before anything was opened in it."""
    book = Book.objects.filter(unit_id=unit_id).first()
    if book is None:
        return None
    return BookRow(
        id=book.pk, public_id=book.public_id, unit_id=book.unit_id, entries=book.entries,
        head=bytes(book.head).hex(),
    )  # fmt: skip


def head_after(book: BookRow, entries: int) -> str:
    """Return the fingerprint of a book's entry of that number, or "" when there is none."""
    found = Entry.objects.filter(book_id=book.id, number=entries).values_list("digest", flat=True)
    return bytes(found[0]).hex() if found else ""


def accounts_by_id(public_ids: Collection[str]) -> dict[str, AccountRow]:
    """Return the accounts among these that exist, by public id. One statement."""
    return {row.public_id: row for row in _accounts("accounts", {"accounts": [*public_ids]})}


def find_account(spec: AccountSpec) -> AccountRow | None:
    """Return the open account that was opened so, or None."""
    book = find_book(spec.book_unit_id)
    return account_in(book, spec) if book is not None else None


def account_in(book: BookRow, spec: AccountSpec) -> AccountRow | None:
    """Return the open account of a book that was opened so, or None."""
    values = {
        "book": book.id, "owner": spec.owner_id, "kind": spec.kind.value, "measure": spec.measure,
        "purpose": spec.purpose,
    }  # fmt: skip
    return next(iter(_accounts("account_as_specified", values)), None)


def list_accounts(
    book: BookRow, *, owner_ids: Collection[int] | None = None, purpose: str | None = None
) -> list[AccountRow]:
    """Return the accounts of a book, closed ones too, or those of some owners or one purpose."""
    owners = None if owner_ids is None else [*owner_ids]
    values = {"book": book.id, "owners": owners, "purpose": purpose}
    return list(_accounts("accounts_of_book", values))


def balance(account: str) -> int:
    """Return what an account holds now. Raises RuleBroken for one that does not exist."""
    found = balances([account])
    if account not in found:
        raise RuleBroken(Refusal.ACCOUNT_UNKNOWN)
    return found[account]


def balances(accounts: Collection[str]) -> dict[str, int]:
    """Return what accounts hold now, by public id; those that do not exist are left out."""
    return {key: row.amount for key, row in accounts_by_id(accounts).items()}


def find_entry(public_id: str) -> EntryRow | None:
    """Return an entry with its lines, or None."""
    return next(iter(_entries(public_ids=[public_id])), None)


def entries_of(sources: Collection[str]) -> dict[str, EntryRow]:
    """Return what was posted from these sources, by source. One statement."""
    return {row.source: row for row in _entries(sources=[*sources])}


def list_entries(account: str, *, before: int | None = None, most: int = 50) -> list[MoveRow]:
    """Return what moved in an account, newest first; for the next page ``before`` the last number.

    Raises RuleBroken for an account that does not exist.
    """
    found = accounts_by_id([account]).get(account)
    if found is None:
        raise RuleBroken(Refusal.ACCOUNT_UNKNOWN)
    values = {
        "account": found.id, "before": _ABOVE_ALL if before is None else before, "most": most,
    }  # fmt: skip
    return [
        MoveRow(
            entry_id=key, entry=entry, number=number, at=at, made_by=made_by, kind=kind,
            source=source, reason=reason, reverses=reverses, reversed_by=reversed_by,
            amount=amount, after=after,
        )
        for (key, entry, number, at, made_by, kind, source, reason, reverses, reversed_by, amount,
             after) in rows("moves", values)
    ]  # fmt: skip


def trial_balance(book: BookRow, *, until: datetime | None = None) -> TrialBalance:
    """Sum up every line of a book by account, or the lines until an instant, that one included.

    Every line is read each time; nothing is taken from the balances that are kept, which stand
    beside the sums.
    """
    values = {"book": book.id, "until": until}
    found = rows("trial_balance" if until is None else "trial_balance_until", values)
    return TrialBalance(
        rows=tuple(
            TrialRow(
                account=account, owner_id=owner_id, kind=Kind(kind), measure=measure,
                purpose=purpose, came=came, went=went, amount=amount, kept=kept,
            )
            for account, owner_id, kind, measure, purpose, came, went, amount, kept in found
        )
    )  # fmt: skip


def _accounts(name: str, values: Mapping[str, object]) -> Iterable[AccountRow]:
    for key, public_id, book_id, owner_id, kind, measure, purpose, amount, closed in rows(
        name, values
    ):
        yield AccountRow(
            id=key, public_id=public_id, book_id=book_id, owner_id=owner_id, kind=Kind(kind),
            measure=measure, purpose=purpose, amount=amount, closed=closed,
        )  # fmt: skip


def _entries(*, sources: Sequence[str] = (), public_ids: Sequence[str] = ()) -> Iterable[EntryRow]:
    found = rows("entries", {"sources": [*sources], "public_ids": [*public_ids]})
    for (key, public_id, number, at, made_by, kind, source, reason, digest, reverses,
         reversed_by, accounts, amounts) in found:  # fmt: skip
        yield EntryRow(
            id=key, public_id=public_id, number=number, at=at, made_by=made_by, kind=kind,
            source=source, reason=reason, digest=bytes(digest).hex(),
            lines=tuple(map(LineSpec, accounts, amounts)), reverses=reverses,
            reversed_by=reversed_by,
        )  # fmt: skip
