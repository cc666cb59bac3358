"""Two who post at once, on connections of their own: one fund, crossed accounts, one reversal."""

import threading
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from mingtian.core.errors import RuleBroken
from mingtian.ledger import verifying
from mingtian.ledger.actions import open_account, post, post_many, reverse
from mingtian.ledger.models import Account, Book, Entry
from mingtian.ledger.queries import balance, trial_balance
from mingtian.ledger.rules import AccountSpec, Kind
from mingtian.ledger.statements import rows
from mingtian.ledger.tests.conftest import BY, Books, make_books
from mingtian.ledger.verifying import verify
from mingtian.testing.hotpath import url_of_tests
from mingtian.testing.locks import until_somebody_waits
from mingtian.testing.make import NOW

PATIENCE = 30


def at_once(*works: Callable[[], object]) -> list[str]:
    """Do all of these at the same time; return the refusals."""
    gate, refused = threading.Barrier(len(works)), []
    broken: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait(PATIENCE)
            work()
        except RuleBroken as refusal:
            refused.append(refusal.code)
        except BaseException as error:  # noqa: BLE001 - told to the test below
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    assert broken == []
    return sorted(refused)


def all_is_well(books: Books) -> bool:
    sums = trial_balance(books.book)
    return sums.balanced and sums.agrees and list(verify()) == []


@pytest.fixture
def committed(transactional_db: None) -> Books:
    return make_books()


def test_a_fund_emptied_by_two_at_once_pays_one_of_them(committed: Books) -> None:
    books = committed
    books.give(1_000)

    refused = at_once(
        lambda: books.move(600, books.fund, books.payable, source="aid.test:one"),
        lambda: books.move(600, books.fund, books.payable, source="aid.test:other"),
    )

    assert refused == ["ledger_fund_empty"]
    assert (books.left(), balance(books.payable)) == (400, 600)
    assert all_is_well(books)


def test_64_postings_at_once_take_no_more_than_there_is(committed: Books) -> None:
    books = committed
    books.give(1_000)

    refused = at_once(*(
        lambda n=n: books.move(100, books.fund, books.payable, source=f"aid.race:{n}")
        for n in range(64)
    ))  # fmt: skip

    assert refused == ["ledger_fund_empty"] * 54
    assert (books.left(), balance(books.payable)) == (0, 1_000)
    assert all_is_well(books)


def test_crossed_orders_of_accounts_and_books_never_wait_for_each_other(committed: Books) -> None:
    books = committed
    city = [books.open(kind, book=books.tree.city) for kind in (Kind.SOURCE, Kind.FUND)]
    county = [books.source, books.fund]
    books.give(1_000)
    there = [books.spec(5, *county) for _ in range(20)] + [books.spec(5, *city) for _ in range(20)]
    back = [
        books.spec(3, *reversed(city)),
        *(books.spec(3, *reversed(county)) for _ in range(20)),
    ]
    post_many([books.spec(100, *city)], now=NOW, actor=BY)

    for _ in range(3):
        refused = at_once(
            lambda: post_many(there, now=NOW, actor=BY),
            lambda: post_many(back, now=NOW, actor=BY),
            lambda: post_many(there[::-1], now=NOW, actor=BY),
        )
        assert refused == []

    assert (books.left(), balance(city[1])) == (1_000 + 100 - 60, 100 + 100 - 3)
    assert all_is_well(books)


def test_one_source_posted_by_two_at_once_is_one_entry(committed: Books) -> None:
    books = committed
    made: list[str] = []

    def press() -> None:
        made.append(books.move(9, books.source, books.fund, source="aid.grant:a").public_id)

    assert at_once(press, press, press) == []

    assert len(made) == 3
    assert len(set(made)) == 1
    assert Entry.objects.count() == 1


def test_an_entry_reversed_by_two_at_once_is_reversed_once(committed: Books) -> None:
    books = committed
    wrong = books.give(9).public_id

    refused = at_once(*[lambda: reverse(wrong, "wrong_rate", now=NOW, actor=BY)] * 2)

    assert refused == ["ledger_reversed_already"]
    assert books.left() == 0
    assert all_is_well(books)


def test_two_who_open_an_account_together_have_one(committed: Books) -> None:
    tree = committed.tree
    spec = AccountSpec(book_unit_id=tree.city.pk, owner_id=tree.city.pk, kind=Kind.FUND)

    assert at_once(*[lambda: open_account(spec, now=NOW, actor=BY)] * 3) == []

    assert Account.objects.filter(owner=tree.city).count() == 1
    assert Book.objects.filter(unit=tree.city).count() == 1


def test_lines_slipped_in_beside_a_posting_wait_for_it_and_are_refused(committed: Books) -> None:
    books = committed
    fund = Account.objects.get(public_id=books.fund).pk
    slipped = (
        "INSERT INTO ledger_line (amount, book_id, number, account_id, position)"
        " SELECT 5, book_id, 1, id, 3 FROM ledger_account WHERE id = %s"
    )
    told: list[str] = []

    def slip() -> None:
        with psycopg.connect(url_of_tests()) as other:
            try:
                other.execute(slipped, [fund])
            except psycopg.Error as error:
                told.append(str(error))

    with transaction.atomic():
        post(books.spec(5, books.source, books.fund), now=NOW, actor=BY)
        thread = threading.Thread(target=slip)
        thread.start()
        until_somebody_waits()
    thread.join(PATIENCE)

    assert "no further lines" in told[0]
    assert all_is_well(books)


def test_what_is_posted_during_a_recount_is_no_finding(
    committed: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = committed
    books.give(5)
    posted: list[str] = []

    def meanwhile(name: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        found = rows(name, values)
        if name == "portion" and not posted:
            posted.extend(at_once(lambda: books.give(7)) or ["posted"])
        return found

    monkeypatch.setattr(verifying, "rows", meanwhile)
    told = StringIO()

    call_command("audit", "verify", stdout=told)

    assert posted == ["posted"]
    assert "books: as they were" in told.getvalue()
