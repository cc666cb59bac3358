"""What raw SQL cannot do to the books, even as the owner of the tables (AID-4)."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from mingtian.ledger.actions import post_many
from mingtian.ledger.models import Account, Entry
from mingtian.ledger.queries import trial_balance
from mingtian.ledger.tests.conftest import BY, Books
from mingtian.ledger.verifying import verify
from mingtian.testing.make import NOW

COLUMNS = (
    "book_id, number, public_id, at, made_by, kind, source, reverses_id, reason, previous, digest"
)


def run(statement: str) -> None:
    """Run a statement and look at what is checked at commit as well; undo it all if refused."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_line SET amount = 1",
        "DELETE FROM ledger_line",
        "UPDATE ledger_entry SET at = at",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_book SET entries = 0",
        "DELETE FROM ledger_book",
        "UPDATE ledger_balance SET amount = 10000000",
        "DELETE FROM ledger_balance",
        "INSERT INTO ledger_balance SELECT 0, 5, true",
        "DELETE FROM ledger_account",
        "UPDATE ledger_account SET purpose = 'other', closed_at = now()",
        "UPDATE ledger_account SET closed_at = NULL",
    ],
)
def test_the_database_refuses_changes_of_the_books(books: Books, statement: str) -> None:
    books.give(5)

    with pytest.raises(DatabaseError, match="not change"):
        run(statement)


def lines(*, number: int, amounts: tuple[int, ...], books: Books) -> str:
    """Return the statement that writes lines under a number: outside, fund, owed, in turn."""
    keys = Account.objects.in_bulk(
        [books.source, books.fund, books.payable], field_name="public_id"
    )
    order = [keys[name].pk for name in (books.source, books.fund, books.payable)]
    values = ", ".join(
        f"({amount}, {books.book.id}, {number}, {order[place]}, {place + 1})"
        for place, amount in enumerate(amounts)
    )
    return (
        f"INSERT INTO ledger_line (amount, book_id, number, account_id, position) VALUES {values};"
    )


def sealed(*, number: int, books: Books, reverses: str = "NULL", digest: str = "") -> str:
    """Return the statement that writes an entry with the fingerprint that its lines give."""
    reason = "''" if reverses == "NULL" else "'why'"
    row = (
        f"{books.book.id}, {number}, 'raw00000000{number}', now(), NULL, 'raw', 'raw.raw:{number}',"
        f" {reverses}, {reason}"
    )
    counted = digest or (
        "ledger_entry_digest(b.head,"
        f" ledger_entry_body(b.public_id, {number}, 'raw00000000{number}', now(), NULL, 'raw',"
        f" 'raw.raw:{number}', (SELECT public_id FROM ledger_entry WHERE id = {reverses}), {reason},"
        " (SELECT string_agg(ledger_line_text(position, a.digest, amount), '' ORDER BY position)"
        f" FROM ledger_line AS l JOIN ledger_account AS a ON a.id = account_id"
        f" WHERE l.book_id = b.id AND l.number = {number})))"
    )
    return (
        f"INSERT INTO ledger_entry ({COLUMNS}) SELECT {row}, b.head, {counted} FROM ledger_book AS b"
        f" WHERE b.id = {books.book.id};"
    )


def test_raw_sql_that_does_everything_right_is_an_entry_like_any_other(books: Books) -> None:
    run(lines(number=1, amounts=(-9, 9), books=books) + sealed(number=1, books=books))

    assert books.left() == 9
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ((-9, 8), "ledger_unbalanced"),
        ((9,), "ledger_too_few_lines"),
        ((), "ledger_too_few_lines"),
        ((9, -9), "ledger_fund_empty"),
        ((-9, 0, 9), "violates check"),
    ],
)
def test_raw_sql_makes_no_entry_that_is_wrong(
    books: Books, amounts: tuple[int, ...], found: str
) -> None:
    first = lines(number=1, amounts=amounts, books=books) if amounts else ""

    with pytest.raises(DatabaseError, match=found):
        run(first + sealed(number=1, books=books))

    assert Entry.objects.count() == 0
    assert books.left() == 0


@pytest.mark.parametrize("digest", ["'\\x00'::bytea", "b.head"])
def test_raw_sql_makes_no_entry_outside_the_chain(books: Books, digest: str) -> None:
    with pytest.raises(DatabaseError, match="does not follow"):
        run(lines(number=1, amounts=(-9, 9), books=books)
            + sealed(number=1, books=books, digest=digest))  # fmt: skip


def test_raw_sql_leaves_no_number_out(books: Books) -> None:
    with pytest.raises(DatabaseError, match="one after the other"):
        run(lines(number=2, amounts=(-9, 9), books=books) + sealed(number=2, books=books))


def test_lines_without_their_entry_are_refused_at_commit(books: Books) -> None:
    with pytest.raises(DatabaseError, match="foreign key"):
        run(lines(number=1, amounts=(-9, 9), books=books))


def test_an_entry_that_stands_takes_no_further_lines(books: Books) -> None:
    books.give(5)

    with pytest.raises(DatabaseError, match="no further lines"):
        run("INSERT INTO ledger_line (amount, book_id, number, account_id, position) SELECT -amount,"
            " book_id, number, account_id, position + 2 FROM ledger_line")  # fmt: skip


def test_a_raw_reversal_undoes_its_entry_and_nothing_else(books: Books) -> None:
    key = books.give(9).id
    other = lines(number=2, amounts=(8, -8), books=books)

    with pytest.raises(DatabaseError, match="no more and no less"):
        run(other + sealed(number=2, books=books, reverses=str(key)))
    right = lines(number=2, amounts=(9, -9), books=books)
    run(right + sealed(number=2, books=books, reverses=str(key)))

    again = lines(number=3, amounts=(-9, 9), books=books)
    undone = Entry.objects.get(number=2).pk
    with pytest.raises(DatabaseError, match="ledger_is_a_reversal"):
        run(again + sealed(number=3, books=books, reverses=str(undone)))


def test_lines_name_accounts_of_their_own_book(books: Books) -> None:
    elsewhere = Account.objects.get(public_id=books.open_elsewhere())
    books.give(5)

    with pytest.raises(DatabaseError, match="foreign key"):
        run("INSERT INTO ledger_line (amount, book_id, number, account_id, position)"
            f" VALUES (5, {books.book.id}, 2, {elsewhere.pk}, 1)")  # fmt: skip


def test_anybody_can_recompute_a_fingerprint_from_the_described_text(books: Books) -> None:
    """The texts of docs/decisions/0024, written here a second time, by another hand."""
    made = post_many(
        [books.spec(9, books.source, books.fund), books.spec(4, books.fund, books.payable)],
        now=NOW, actor=BY,
    )  # fmt: skip
    book, unit = books.book, books.county.public_id
    opened = NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def digest(*parts: str) -> str:
        return sha256("".join(f"{part}\n" for part in parts).encode()).hexdigest()

    accounts = {
        row.account: digest(
            "mingtian account 1", f"account {row.account}", f"book {book.public_id}",
            f"owner {unit}", f"kind {row.kind}", "measure fen", "purpose ", f"opened {opened}",
        )
        for row in trial_balance(book).rows
    }  # fmt: skip
    before = digest("mingtian book 1", f"book {book.public_id}", f"unit {unit}", f"opened {opened}")
    for entry in made:
        before = digest(
            "mingtian entry 1", f"previous {before}", f"book {book.public_id}",
            f"number {entry.number}", f"entry {entry.public_id}", f"at {opened}", "by -",
            f"kind {entry.kind}", f"source {entry.source}", "reverses -", "reason -",
            *(f"line {place} {accounts[line.account]} {line.amount}"
              for place, line in enumerate(entry.lines, start=1)),
        )  # fmt: skip
        assert entry.digest == before
    assert book.head == before
