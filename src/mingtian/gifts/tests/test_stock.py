"""Gifts come in, stock moves, and it always balances (AID-9, AID-10)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Period
from mingtian.gifts import actions
from mingtian.gifts.actions import ItemSpec
from mingtian.gifts.models import Gift
from mingtian.gifts.queries import totals
from mingtian.gifts.rules import DonorKind, LossReason, Measure, MoveKind, UndoReason
from mingtian.gifts.tests.conftest import MONEY, TODAY, Place
from mingtian.gifts.verifying import verify
from mingtian.ledger.queries import find_book, trial_balance
from mingtian.testing.make import NOW

YEAR = Period(first=date(2023, 1, 1), last=date(2023, 12, 31))


def test_goods_come_into_the_stock_of_the_place_once(place: Place) -> None:
    first = place.receive(10, 3, key="0123456789ab")
    again = place.receive(10, 3, key="0123456789ab")

    assert first.pk == again.pk
    assert (place.there(), place.there(place.coat)) == (10, 3)
    assert (first.year, first.number, place.receive(1).number) == (2023, 1, 2)
    assert list(verify()) == []


def test_a_page_that_was_changed_after_it_was_sent_is_refused(place: Place) -> None:
    place.receive(10, key="0123456789ab")
    place.move(MoveKind.LOSS, 1, key="0123456789ac")
    with pytest.raises(RuleBroken, match="gifts_sent_already"):
        place.receive(11, key="0123456789ab")
    with pytest.raises(RuleBroken, match="gifts_sent_already"):
        place.move(MoveKind.LOSS, 2, key="0123456789ac")
    assert place.there() == 9


def test_money_is_recorded_with_the_receipt_of_who_took_it(place: Place) -> None:
    gift = place.receive_money()

    assert (gift.amount, gift.receipt) == (5_000_00, "A0017")
    assert find_book(place.tree.county.pk) is None
    with pytest.raises(RuleBroken, match="gifts_receipt_missing"):
        place.receive_money(replace(MONEY, receipt=" "))
    with pytest.raises(RuleBroken, match="gifts_day_in_future"):
        place.receive_money(replace(MONEY, receipt_on=date(2023, 9, 19)))


def test_stock_goes_to_another_place_and_is_never_below_zero(place: Place) -> None:
    place.receive(10)
    place.move(MoveKind.TRANSFER, 4, to=place.tree.village, key="0123456789ab")
    place.move(MoveKind.TRANSFER, 4, to=place.tree.village, key="0123456789ab")
    place.move(MoveKind.LOSS, 1, reason=LossReason.EXPIRED)

    assert (place.there(), place.there(unit=place.tree.village)) == (5, 4)
    with pytest.raises(RuleBroken, match="gifts_stock_empty") as refused:
        place.move(MoveKind.LOSS, 6)
    assert refused.value.facts == {"item": "大米", "left": 5}
    with pytest.raises(RuleBroken, match="gifts_reason_missing"):
        place.move(MoveKind.LOSS, 1, reason=None)
    with pytest.raises(RuleBroken, match="gifts_other_place_missing"):
        place.move(MoveKind.TRANSFER, 1, to=place.tree.town)
    with pytest.raises(RuleBroken, match="gifts_quantity_impossible"):
        place.move(MoveKind.LOSS, 0)
    assert place.there() == 5


def test_counting_finds_more_or_less_and_the_books_follow(place: Place) -> None:
    place.receive(10)

    assert place.move(MoveKind.COUNT, 8).difference == -2
    assert place.move(MoveKind.COUNT, 8).difference == 0
    assert place.move(MoveKind.COUNT, 9).difference == 1
    assert place.there() == 9
    book = find_book(place.tree.county.pk)
    assert book is not None
    assert trial_balance(book).balanced
    assert list(verify()) == []


def test_a_wrong_gift_is_undone_unless_its_goods_have_gone(place: Place) -> None:
    gift, other = place.receive(10), place.receive(5)
    by = place.by(place.town)

    assert actions.undo_gift(gift, UndoReason.TYPED_WRONG, now=NOW, actor=by)
    assert not actions.undo_gift(gift, UndoReason.TYPED_WRONG, now=NOW, actor=by)
    assert place.there() == 5
    place.move(MoveKind.LOSS, 1)
    with pytest.raises(RuleBroken, match="gifts_stock_empty"):
        actions.undo_gift(other, UndoReason.TYPED_WRONG, now=NOW, actor=by)
    assert Gift.objects.get(pk=other.pk).undone_at is None


def test_a_recorded_gift_is_not_changed_even_by_raw_sql(place: Place) -> None:
    gift = place.receive(10)
    for change in ({"tag": "winter"}, {"unit": place.tree.village}):
        with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
            Gift.objects.filter(pk=gift.pk).update(**change)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        gift.lines.update(quantity=11)


def test_a_changed_row_is_named_by_the_audit(place: Place) -> None:
    gift = place.receive(10)
    with transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE gifts_line SET quantity = 11")
            cursor.execute("SET LOCAL session_replication_role = origin")

    assert list(verify()) == [f"gifts.gift:{gift.public_id}: the row says 11, the books say 10."]


def test_totals_count_gifts_money_by_donor_and_goods_by_item(place: Place) -> None:
    place.receive(10, 3)
    undone = place.receive(7)
    place.receive_money()
    place.move(MoveKind.LOSS, 2)
    actions.undo_gift(undone, UndoReason.ENTERED_TWICE, now=NOW, actor=place.by(place.town))

    found = totals([place.tree.town.pk, place.tree.village.pk], YEAR)

    assert (found.gifts, found.fen) == (2, 5_000_00)
    assert found.money[DonorKind.CHARITY] == 5_000_00
    assert {row.item: (row.received, row.given, row.lost) for row in found.goods} == {
        "大米": (10, 0, 2), "棉衣": (3, 0, 0),
    }  # fmt: skip
    assert totals([place.tree.far_county.pk], YEAR).gifts == 0
    assert totals([place.tree.town.pk], Period(first=TODAY, last=TODAY)).gifts == 2
    assert found.figures("unit")["gifts_money"].value == 5_000_00


def test_an_item_is_counted_in_one_unit(place: Place) -> None:
    by = place.by(place.town)
    spec = ItemSpec(county_id=place.tree.county.pk, name="大米", measure=Measure.BAG)
    assert actions.add_item(spec, now=NOW, actor=by).pk == place.rice.pk
    with pytest.raises(RuleBroken, match="gifts_item_otherwise"):
        actions.add_item(replace(spec, measure=Measure.BOX), now=NOW, actor=by)
    with pytest.raises(RuleBroken, match="gifts_name_missing"):
        actions.add_item(replace(spec, name=" "), now=NOW, actor=by)
