"""Posting and reversing: what the books take, what they refuse, and that twice is once."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.ledger.actions import close_account, open_account, post, post_many, reverse
from mingtian.ledger.models import Account, Book, Entry
from mingtian.ledger.queries import (
    balance,
    balances,
    entries_of,
    find_account,
    find_entry,
    list_accounts,
    list_entries,
    trial_balance,
)
from mingtian.ledger.rules import AccountSpec, EntrySpec, Kind, LineSpec, move
from mingtian.ledger.tests.conftest import BY, Books
from mingtian.ledger.verifying import verify
from mingtian.testing.make import NOW


def test_what_goes_out_of_one_account_comes_into_the_other(books: Books) -> None:
    books.give(50_000)
    books.move(12_500, books.fund, books.payable)

    assert balances([books.source, books.fund, books.payable, books.paid]) == {
        books.source: -50_000, books.fund: 37_500, books.payable: 12_500, books.paid: 0,
    }  # fmt: skip
    assert list(verify()) == []


def test_posting_twice_returns_the_first_entry(books: Books) -> None:
    spec = books.spec(700, books.source, books.fund)

    first = post(spec, now=NOW, actor=BY)
    second = post(spec, now=NOW + timedelta(days=1), actor=BY)

    assert second == first
    assert books.left() == 700


def test_a_source_twice_in_one_batch_is_one_entry(books: Books) -> None:
    spec = books.spec(700, books.source, books.fund)

    one, other = post_many([spec, spec], now=NOW, actor=BY)

    assert one == other
    assert Entry.objects.count() == 1


def test_a_batch_posts_what_is_new_and_returns_what_stands_in_the_order_asked(books: Books) -> None:
    old = books.spec(1, books.source, books.fund)
    first = post(old, now=NOW, actor=BY)
    new = [books.spec(n, books.source, books.fund) for n in (2, 3)]

    made = post_many([new[0], old, new[1]], now=NOW, actor=BY)

    assert [row.source for row in made] == [new[0].source, old.source, new[1].source]
    assert made[1] == first
    assert [row.number for row in made] == [2, 1, 3]


def test_nothing_to_post_is_no_entry(db: None) -> None:
    assert post_many([], now=NOW, actor=BY) == []


@pytest.mark.parametrize("changed", ["amount", "kind"])
def test_a_source_posted_with_other_lines_is_refused(books: Books, changed: str) -> None:
    books.move(700, books.source, books.fund, source="aid.grant:a")
    amount, kind = (701, "test") if changed == "amount" else (700, "other")
    lines = move(amount, out_of=books.source, into=books.fund)

    with pytest.raises(RuleBroken, match="ledger_posted_otherwise"):
        post(EntrySpec(kind=kind, source="aid.grant:a", lines=lines), now=NOW, actor=BY)

    one, other = (books.spec(n, books.source, books.fund, source="aid.grant:b") for n in (1, 2))
    with pytest.raises(RuleBroken, match="ledger_posted_otherwise"):
        post_many([one, other], now=NOW, actor=BY)


def test_a_fund_gives_no_more_than_it_holds_and_says_how_much_that_is(books: Books) -> None:
    books.give(10_050)

    with pytest.raises(RuleBroken, match="ledger_fund_empty") as refused:
        books.move(10_051, books.fund, books.payable)

    assert refused.value.facts == {
        "account": books.fund, "measure": "fen", "available": 10_050, "needed": 10_051,
        "shown": "¥100.50",
    }  # fmt: skip
    assert books.left() == 10_050


def test_a_batch_that_a_fund_cannot_bear_posts_nothing(books: Books) -> None:
    books.give(100)
    wishes = [books.spec(n, books.fund, books.payable) for n in (60, 30, 20)]

    with pytest.raises(RuleBroken, match="ledger_fund_empty") as refused:
        post_many(wishes, now=NOW, actor=BY)

    assert refused.value.facts["available"] == 10
    assert (books.left(), balance(books.payable)) == (100, 0)


def test_what_comes_in_later_in_a_batch_cannot_be_spent_before(books: Books) -> None:
    spend = books.spec(5, books.fund, books.payable)
    income = books.spec(5, books.source, books.fund)

    with pytest.raises(RuleBroken, match="ledger_fund_empty"):
        post_many([spend, income], now=NOW, actor=BY)
    post_many([income, spend], now=NOW, actor=BY)

    assert balance(books.payable) == 5


def entry(*lines: LineSpec, kind: str = "test", source: str = "aid.test:x") -> EntrySpec:
    return EntrySpec(kind=kind, source=source, lines=lines)


def refuses(code: str, spec: EntrySpec) -> None:
    with pytest.raises(RuleBroken, match=code):
        post(spec, now=NOW, actor=BY)
    assert Entry.objects.count() == 0


def test_an_entry_that_does_not_balance_is_refused(books: Books) -> None:
    refuses("ledger_unbalanced", entry(LineSpec(books.source, -5), LineSpec(books.fund, 4)))


def test_rice_does_not_make_up_for_money(books: Books) -> None:
    rice = books.open(Kind.STOCK, measure="kg")

    refuses("ledger_measure_mixed", entry(LineSpec(books.source, -5), LineSpec(rice, 5)))
    refuses("ledger_unbalanced", entry(LineSpec(books.source, -5), LineSpec(rice, 4)))


def test_one_gift_may_be_of_several_measures_each_in_balance(books: Books) -> None:
    donor, rice = (books.open(kind, measure="kg") for kind in (Kind.SOURCE, Kind.STOCK))
    oil, bottles = (books.open(kind, measure="bottle") for kind in (Kind.SOURCE, Kind.STOCK))

    made = post(
        entry(*move(50, out_of=donor, into=rice), *move(8, out_of=oil, into=bottles)),
        now=NOW, actor=BY,
    )  # fmt: skip

    assert len(made.lines) == 4
    assert balances([rice, bottles]) == {rice: 50, bottles: 8}


def test_one_line_is_no_entry(books: Books) -> None:
    refuses("ledger_too_few_lines", entry(LineSpec(books.source, -5)))


@pytest.mark.parametrize("amount", [0, 10**13 + 1, True, 1.5])
def test_an_amount_that_cannot_be_is_refused(books: Books, amount: int) -> None:
    lines = move(amount, out_of=books.source, into=books.fund)

    refuses("ledger_amount_impossible", entry(*lines))


@pytest.mark.parametrize(
    ("kind", "source"),
    [("Test", "aid.test:x"), ("", "aid.test:x"), ("test", "aid:x"), ("test", "aid.test:x\ny")],
)
def test_words_of_an_entry_are_codes(books: Books, kind: str, source: str) -> None:
    lines = move(1, out_of=books.source, into=books.fund)

    refuses("ledger_word_impossible", entry(*lines, kind=kind, source=source))


def test_too_much_at_once_is_refused(books: Books) -> None:
    spec = books.spec(1, books.source, books.fund)
    with pytest.raises(RuleBroken, match="ledger_too_many"):
        post_many([spec] * 20_001, now=NOW, actor=BY)

    refuses("ledger_too_many", entry(*spec.lines * 501))


def test_an_account_that_is_not_there_is_refused(books: Books) -> None:
    refuses("ledger_account_unknown", books.spec(5, books.source, "000000000000"))
    with pytest.raises(RuleBroken, match="ledger_account_unknown"):
        balance("000000000000")
    with pytest.raises(RuleBroken, match="ledger_account_unknown"):
        list_entries("000000000000")
    with pytest.raises(RuleBroken, match="ledger_account_unknown"):
        close_account("000000000000", now=NOW, actor=BY)


def test_an_entry_stays_within_one_book(books: Books) -> None:
    elsewhere = books.open_elsewhere()

    refuses("ledger_books_mixed", books.spec(5, books.source, elsewhere))


def test_entries_of_several_books_are_posted_together(books: Books) -> None:
    city = [books.open(kind, book=books.tree.city) for kind in (Kind.SOURCE, Kind.FUND)]
    specs = [books.spec(5, books.source, books.fund), books.spec(7, *city)]

    made = post_many(specs, now=NOW, actor=BY)

    assert [row.number for row in made] == [1, 1]
    assert Book.objects.count() == 2
    assert list(verify()) == []


def test_a_closed_account_takes_nothing_and_its_purpose_can_be_opened_anew(books: Books) -> None:
    old = books.open(Kind.FUND, purpose="winter")
    close_account(old, now=NOW, actor=BY)
    close_account(old, now=NOW, actor=BY)

    refuses("ledger_account_closed", books.spec(5, books.source, old))
    assert books.open(Kind.FUND, purpose="winter") != old
    assert AuditEntry.objects.filter(action="ledger.account_closed").count() == 1


def test_an_account_with_something_in_it_is_not_closed(books: Books) -> None:
    books.give(5)

    with pytest.raises(RuleBroken, match="ledger_account_not_empty"):
        close_account(books.fund, now=NOW, actor=BY)


def test_opening_twice_returns_the_first_account(books: Books) -> None:
    spec = AccountSpec(
        book_unit_id=books.county.pk, owner_id=books.tree.town.pk, kind=Kind.FUND, purpose="a:b"
    )
    assert find_account(spec) is None

    first = open_account(spec, now=NOW, actor=BY)

    assert open_account(spec, now=NOW, actor=BY) == first
    assert find_account(spec) == first
    assert list_accounts(books.book, owner_ids=[books.tree.town.pk]) == [first]
    assert list_accounts(books.book, purpose="a:b") == [first]
    assert len(list_accounts(books.book)) == 5
    assert Account.objects.filter(may_go_negative=True).count() == 1


@pytest.mark.parametrize(("measure", "purpose"), [("Kg", ""), ("", ""), ("kg", "two words")])
def test_measure_and_purpose_of_an_account_are_codes(
    books: Books, measure: str, purpose: str
) -> None:
    with pytest.raises(RuleBroken, match="ledger_word_impossible"):
        books.open(Kind.FUND, measure=measure, purpose=purpose)


def test_a_reversal_restores_what_was(books: Books) -> None:
    books.give(900)
    wrong = books.move(400, books.fund, books.payable)

    back = reverse(wrong.public_id, "wrong_rate", now=NOW, actor=BY)

    assert (back.reverses, back.reason, back.kind) == (wrong.public_id, "wrong_rate", "reversal")
    assert balances([books.fund, books.payable]) == {books.fund: 900, books.payable: 0}
    assert (stood := find_entry(wrong.public_id)) is not None
    assert stood.reversed_by == back.public_id
    assert find_entry(back.public_id) == back
    assert list(verify()) == []


def test_an_entry_is_reversed_once(books: Books) -> None:
    made = books.give(900)
    reverse(made.public_id, "twice", now=NOW, actor=BY)

    with pytest.raises(RuleBroken, match="ledger_reversed_already"):
        reverse(made.public_id, "twice", now=NOW, actor=BY)
    assert books.left() == 0


def test_a_reversal_is_not_reversed(books: Books) -> None:
    back = reverse(books.give(900).public_id, "twice", now=NOW, actor=BY)

    with pytest.raises(RuleBroken, match="ledger_is_a_reversal"):
        reverse(back.public_id, "sorry", now=NOW, actor=BY)


def test_what_is_spent_is_not_reversed(books: Books) -> None:
    made = books.give(900)
    books.move(1, books.fund, books.payable)

    with pytest.raises(RuleBroken, match="ledger_fund_empty"):
        reverse(made.public_id, "bounced", now=NOW, actor=BY)


def test_a_reversal_names_an_entry_and_a_reason(books: Books) -> None:
    made = books.give(900)

    with pytest.raises(RuleBroken, match="ledger_word_impossible"):
        reverse(made.public_id, "", now=NOW, actor=BY)
    with pytest.raises(RuleBroken, match="ledger_entry_unknown"):
        reverse("000000000000", "twice", now=NOW, actor=BY)
    assert find_entry("000000000000") is None


def test_an_account_tells_its_moves_page_by_page_with_what_it_held(books: Books) -> None:
    for amount in (5, 7, 11):
        books.give(amount)
    books.move(20, books.fund, books.payable)

    newest = list_entries(books.fund, most=2)
    older = list_entries(books.fund, before=newest[-1].number, most=2)

    assert [(row.amount, row.after) for row in newest] == [(-20, 3), (11, 23)]
    assert [(row.amount, row.after) for row in older] == [(7, 12), (5, 5)]


def test_a_trial_balance_sums_up_lines_and_proves_that_they_balance(books: Books) -> None:
    books.give(900)
    later = NOW + timedelta(days=3)
    books.move(400, books.fund, books.payable, now=later)

    now, then = trial_balance(books.book), trial_balance(books.book, until=NOW)

    rows = {row.account: (row.came, row.went, row.amount, row.kept) for row in now.rows}
    assert rows[books.fund] == (900, -400, 500, 500)
    assert now.sums == {"fen": 0}
    assert now.balanced
    assert now.agrees
    assert {row.account: row.amount for row in then.rows}[books.fund] == 900
    assert then.balanced
    assert then.agrees


def test_a_past_day_is_summed_up_rightly_though_an_older_list_came_in_later(books: Books) -> None:
    days = [NOW, NOW + timedelta(days=9), NOW - timedelta(days=9), NOW + timedelta(days=5), NOW]
    for amount, day in zip((1, 10, 100, 1_000, 10_000), days, strict=True):
        books.move(amount, books.source, books.fund, now=day)

    def held(until: timedelta) -> int:
        sums = trial_balance(books.book, until=NOW + until)
        assert sums.balanced
        return {row.account: row.amount for row in sums.rows}[books.fund]

    assert [held(timedelta(days=day)) for day in (0, 5, 9)] == [10_101, 11_101, 11_111]


def test_entries_are_found_by_what_they_come_from(books: Books) -> None:
    made = books.move(700, books.source, books.fund, source="aid.grant:a")

    assert entries_of(["aid.grant:a", "aid.grant:b"]) == {"aid.grant:a": made}


@pytest.mark.parametrize("many", [1, 40])
def test_a_batch_costs_the_same_statements_whatever_its_size(
    books: Books, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    specs = [books.spec(1, books.source, books.fund) for _ in range(many)]

    # accounts, savepoint, ledger_post, release
    with django_assert_num_queries(4):
        post_many(specs, now=NOW, actor=BY)
    # … and a repetition reads what stands.
    with django_assert_num_queries(5):
        post_many(specs, now=NOW, actor=BY)
    with django_assert_num_queries(2):
        list_entries(books.fund)
    with django_assert_num_queries(1):
        trial_balance_of = books.book
    with django_assert_num_queries(1):
        trial_balance(trial_balance_of)
