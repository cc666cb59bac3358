"""``mingtian audit verify`` names the entry that was changed, whatever was changed of it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mingtian.ledger import verifying
from mingtian.ledger.actions import close_account, reverse
from mingtian.ledger.queries import EntryRow
from mingtian.ledger.rules import Kind
from mingtian.ledger.tests.conftest import BY, Books, tamper
from mingtian.ledger.verifying import verify
from mingtian.testing.make import NOW

THIRD = "WHERE number = 3"
ENTRY_FIELDS = {
    "public_id": "'zzzzzzzzzzzz'",
    "at": "at + interval '1 microsecond'",
    "made_by": "7",
    "kind": "'other'",
    "source": "'aid.test:other'",
    "reverses_id": "(SELECT id FROM ledger_entry WHERE number = 2), reason = 'x'",
    "previous": "'\\x00'",
    "digest": "'\\x00'",
}
LINE_FIELDS = {
    "amount": "amount + 1",
    "account_id": "(SELECT max(id) FROM ledger_account)",
    "position": "position + 5",
    "number": "2, position = position + 5",
}


@pytest.fixture(params=[1, 2, 20_000])
def entries(
    books: Books, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> list[EntryRow]:
    """Five entries, recounted in portions of one, of two, and all together."""
    monkeypatch.setattr(verifying, "PORTION", request.param)
    return [books.give(amount) for amount in (100, 200, 300, 400, 500)]


def named(entries: list[EntryRow]) -> list[int]:
    """Return the numbers of entries that a finding names."""
    found = " ".join(verify())
    return [row.number for row in entries if row.public_id in found]


def test_books_that_nobody_touched_are_as_they_were(entries: list[EntryRow]) -> None:
    reverse(entries[-1].public_id, "twice", now=NOW + timedelta(days=1), actor=BY)

    assert list(verify()) == []


@pytest.mark.parametrize("field", [*ENTRY_FIELDS])
def test_every_field_of_an_entry_is_watched(entries: list[EntryRow], field: str) -> None:
    tamper(f"UPDATE ledger_entry SET {field} = {ENTRY_FIELDS[field]} {THIRD}")

    if field == "public_id":
        assert any("zzzzzzzzzzzz" in sentence for sentence in verify())
    else:
        assert named(entries) == [3]


@pytest.mark.parametrize("field", [*LINE_FIELDS])
def test_every_field_of_a_line_is_watched(entries: list[EntryRow], field: str) -> None:
    tamper(f"UPDATE ledger_line SET {field} = {LINE_FIELDS[field]} {THIRD} AND position = 2")

    assert 3 in named(entries)
    assert set(named(entries)) <= {2, 3}


def test_a_line_taken_out_or_put_in_is_found_at_its_entry(entries: list[EntryRow]) -> None:
    tamper(f"DELETE FROM ledger_line {THIRD} AND position = 1")
    tamper("INSERT INTO ledger_line (amount, book_id, number, account_id, position)"
           " SELECT amount, book_id, number, account_id, 3 FROM ledger_line"
           " WHERE number = 5 AND position = 1")  # fmt: skip

    assert named(entries) == [3, 5]


def test_an_entry_taken_out_is_found_by_its_number(entries: list[EntryRow]) -> None:
    tamper(f"DELETE FROM ledger_entry {THIRD}")

    found = list(verify())
    assert any(
        f"entries 3 to 3 are missing before entry {entries[3].public_id}" in each for each in found
    )
    assert any("2 lines of entry number 3, which is not there" in each for each in found)
    tamper(f"DELETE FROM ledger_line {THIRD}")


def test_the_last_entries_taken_out_are_found(entries: list[EntryRow]) -> None:
    tamper("DELETE FROM ledger_entry WHERE number > 3")
    tamper("DELETE FROM ledger_line WHERE number > 3")

    expected = f"5 entries were posted, and the last that is there is {entries[2].public_id}"
    assert any(expected in sentence for sentence in verify())


def test_everything_taken_out_is_found(entries: list[EntryRow]) -> None:
    tamper("DELETE FROM ledger_entry")
    tamper("DELETE FROM ledger_line")

    assert any("the last that is there is none" in sentence for sentence in verify())


def test_an_entry_put_in_between_is_found(entries: list[EntryRow]) -> None:
    """Those after it are moved up, as somebody would who hides what he put in."""
    tamper("UPDATE ledger_line SET number = number + 10 WHERE number > 2")
    tamper("UPDATE ledger_entry SET number = number + 10 WHERE number > 2")
    tamper("UPDATE ledger_line SET number = number - 9 WHERE number > 2")
    tamper("UPDATE ledger_entry SET number = number - 9 WHERE number > 2")
    tamper("INSERT INTO ledger_line SELECT amount, book_id, 3, account_id, position"
           " FROM ledger_line WHERE number = 1")  # fmt: skip
    tamper("INSERT INTO ledger_entry (book_id, number, public_id, at, kind, source, reason,"
           " previous, digest) SELECT book_id, 3, 'inserted0000', at, kind, 'aid.test:in', '',"
           " digest, digest FROM ledger_entry WHERE number = 2")  # fmt: skip

    assert any("inserted0000" in sentence for sentence in verify())


def test_who_rewrites_an_entry_with_its_fingerprint_breaks_the_chain_at_it(
    entries: list[EntryRow],
) -> None:
    tamper(f"UPDATE ledger_line SET amount = sign(amount) * 9 {THIRD}")
    tamper(
        f"UPDATE ledger_entry SET digest = (SELECT counted FROM ledger_recount(book_id, 3, 3)) {THIRD}"
    )

    found = [each for each in verify() if "is not the one" in each]
    assert len(found) == 1
    assert f"entry {entries[2].public_id}, number 3, is not the one" in found[0]


def test_who_rewrites_the_last_entry_with_its_fingerprint_does_not_meet_the_head(
    entries: list[EntryRow],
) -> None:
    tamper("UPDATE ledger_line SET amount = sign(amount) * 9 WHERE number = 5")
    tamper("UPDATE ledger_entry SET digest = (SELECT counted FROM ledger_recount(book_id, 5, 5))"
           " WHERE number = 5")  # fmt: skip

    assert any(
        f"does not end with what is there last: entry {entries[4].public_id}" in each
        for each in verify()
    )


def test_an_unbalanced_entry_that_was_chained_well_is_found(entries: list[EntryRow]) -> None:
    tamper("UPDATE ledger_line SET amount = 501 WHERE number = 5 AND position = 2")
    tamper("UPDATE ledger_entry SET digest = (SELECT counted FROM ledger_recount(book_id, 5, 5))"
           " WHERE number = 5")  # fmt: skip
    tamper("UPDATE ledger_book SET head = (SELECT digest FROM ledger_entry WHERE number = 5)")

    assert any(f"{entries[4].public_id}, number 5, does not balance" in each for each in verify())


@pytest.mark.parametrize(
    "change",
    [
        "public_id = 'zzzzzzzzzzzz'",
        "unit_id = (SELECT id FROM org_unit WHERE kind = 'city' LIMIT 1)",
        "opened_at = opened_at + interval '1 day'",
        "entries = 6",
        "entries = 4",
        "head = '\\x00'",
    ],
)
def test_every_field_of_a_book_is_watched(books: Books, change: str) -> None:
    books.give(5)
    books.give(5)

    tamper(f"UPDATE ledger_book SET {change}")

    assert list(verify())


@pytest.mark.parametrize(
    "change",
    [
        "public_id = 'zzzzzzzzzzzz'",
        "owner_id = (SELECT id FROM org_unit WHERE kind = 'city' LIMIT 1)",
        "kind = 'payable', purpose = 'z'",
        "measure = 'kg'",
        "purpose = 'other'",
        "may_go_negative = true, kind = 'source', purpose = 'z'",
        "opened_at = opened_at + interval '1 day'",
        "digest = '\\x00'",
        "closed_at = now()",
    ],
)
def test_every_field_of_an_account_is_watched(books: Books, change: str) -> None:
    books.give(5)

    tamper(f"UPDATE ledger_account SET {change} WHERE kind = 'fund'")

    named = "zzzzzzzzzzzz" if "zzzzzzzzzzzz" in change else books.fund
    assert any(f"account {named}" in sentence for sentence in verify())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_balance SET amount = amount + 1 WHERE NOT may_go_negative",
        "UPDATE ledger_balance SET may_go_negative = true",
        "DELETE FROM ledger_balance",
    ],
)
def test_a_balance_is_what_its_lines_sum_to(books: Books, statement: str) -> None:
    books.give(5)

    tamper(statement)

    assert any(f"account {books.fund}" in sentence for sentence in verify())


def test_the_command_names_the_entry(books: Books) -> None:
    books.give(5)
    wrong = books.give(6)
    close_account(books.open(Kind.FUND, purpose="old"), now=NOW, actor=BY)
    call_command("audit", "verify", stdout=StringIO())
    tamper("UPDATE ledger_line SET amount = 7 WHERE number = 2 AND amount = 6")
    told = StringIO()

    with pytest.raises(CommandError, match="findings"):
        call_command("audit", "verify", stdout=told)

    assert "books: CHANGED" in told.getvalue()
    assert f"entry {wrong.public_id}, number 2, is not as it was posted" in told.getvalue()


def test_the_chain_is_read_portion_by_portion(books: Books) -> None:
    for amount in range(1, 8):
        books.give(amount)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_recount(%s, 3, 5)", [books.book.id])
        assert cursor.fetchone() == (3,)
