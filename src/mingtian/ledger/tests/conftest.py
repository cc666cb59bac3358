"""A county's book with the outside world, a fund, what is owed and what was paid."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest
from django.db import connection

from mingtian.core.actor import Actor
from mingtian.ledger.actions import open_account, post
from mingtian.ledger.queries import BookRow, EntryRow, balance, find_book
from mingtian.ledger.rules import FEN, AccountSpec, EntrySpec, Kind, move
from mingtian.org.models import Unit
from mingtian.testing.make import NOW, Tree, make_tree

BY = Actor(username="system:test")


@dataclass
class Books:
    """The county's book; accounts by the kind's name are public ids."""

    tree: Tree
    source: str = ""
    fund: str = ""
    payable: str = ""
    paid: str = ""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def county(self) -> Unit:
        return self.tree.county

    @property
    def book(self) -> BookRow:
        found = find_book(self.county.pk)
        assert found is not None
        return found

    def open(
        self, kind: Kind, *, measure: str = FEN, purpose: str = "", book: Unit | None = None
    ) -> str:
        spec = AccountSpec(
            book_unit_id=(book or self.county).pk, owner_id=(book or self.county).pk, kind=kind,
            measure=measure, purpose=purpose,
        )  # fmt: skip
        return open_account(spec, now=NOW, actor=BY).public_id

    def open_elsewhere(self) -> str:
        """Open a fund in the city's book."""
        return self.open(Kind.FUND, book=self.tree.city)

    def spec(self, amount: int, out_of: str, into: str, *, source: str = "") -> EntrySpec:
        source = source or f"aid.test:{next(self.numbers)}"
        return EntrySpec(kind="test", source=source, lines=move(amount, out_of=out_of, into=into))

    def move(
        self, amount: int, out_of: str, into: str, *, source: str = "", now: datetime = NOW
    ) -> EntryRow:
        return post(self.spec(amount, out_of, into, source=source), now=now, actor=BY)

    def give(self, amount: int) -> EntryRow:
        """Let so much come into the fund from outside."""
        return self.move(amount, self.source, self.fund)

    def left(self) -> int:
        return balance(self.fund)


@pytest.fixture
def books(db: None) -> Books:
    return make_books()


def make_books() -> Books:
    books = Books(tree=make_tree())
    for kind in (Kind.SOURCE, Kind.FUND, Kind.PAYABLE, Kind.PAID):
        setattr(books, kind.value, books.open(kind))
    return books


def tamper(statement: str) -> None:
    """Change the books past the triggers, as the owner of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
