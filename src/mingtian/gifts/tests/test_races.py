"""Two at once, on connections of their own: one stock, one hand-over, one gift, one count."""

import pytest
from django.contrib.auth.models import User

from mingtian.core.errors import RuleBroken
from mingtian.gifts import actions
from mingtian.gifts.access import get_handover
from mingtian.gifts.models import Gift, HandOver, Need
from mingtian.gifts.rules import HandState, HandUndoReason, LossReason, MoveKind, SignWay
from mingtian.gifts.tests.conftest import Place, make_place
from mingtian.gifts.verifying import verify
from mingtian.ledger.models import Entry
from mingtian.ledger.queries import find_book, trial_balance
from mingtian.ledger.tests.test_races import at_once
from mingtian.testing.make import NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

SIGNER = "何安和"


@pytest.fixture
def committed(transactional_db: None) -> Place:
    return make_place()


def all_is_well(place: Place) -> bool:
    book = find_book(place.tree.county.pk)
    assert book is not None
    sums = trial_balance(book)
    return sums.balanced and sums.agrees and list(verify()) == []


def give(place: Place, row: HandOver, by: User) -> None:
    with enter(by, now=NOW, purpose=Purpose.HELPING) as door:
        new = actions.hand_over(door, get_handover(door, row.public_id), SignWay.SIGNED, SIGNER)
        if not new:
            raise RuleBroken("second_click")


def test_the_last_bags_go_to_one_of_two_households(committed: Place) -> None:
    place = committed
    place.receive(3)
    one, other = (
        place.plan(place.child(name=name), [(place.rice, 2)]) for name in ("林安", "周望舒")
    )

    refused = at_once(
        lambda: give(place, one, place.worker), lambda: give(place, other, place.worker)
    )

    assert refused == ["gifts_stock_empty"]
    assert place.there() == 1
    with keep("look"):
        states = set(HandOver.objects.values_list("state", flat=True))
    assert states == {HandState.CONFIRMED, HandState.PLANNED}
    assert all_is_well(place)


def test_one_hand_over_by_two_who_go_happens_once(committed: Place) -> None:
    place = committed
    place.receive(10)
    child = place.child()
    place.help(child)
    row = place.plan(child)

    refused = at_once(
        lambda: give(place, row, place.worker), lambda: give(place, row, place.helper)
    )

    assert refused == ["gifts_handed_over_already"]
    assert place.there() == 8
    assert all_is_well(place)


def undo(row: HandOver, by: User) -> None:
    with enter(by, now=NOW, purpose=Purpose.AID) as door:
        found = get_handover(door, row.public_id)
        if not actions.undo_hand_over(door, found, HandUndoReason.NOT_HANDED):
            raise RuleBroken("second_click")


def test_two_who_undo_at_once_bring_the_things_back_once(committed: Place) -> None:
    place = committed
    place.receive(10)
    row = place.plan(place.child())
    give(place, row, place.worker)

    refused = at_once(
        lambda: undo(row, place.town),
        lambda: undo(row, place.office),
        lambda: undo(row, place.town),
    )

    assert set(refused) <= {"gifts_undone_already", "second_click"}
    assert len(refused) == 2
    assert place.there() == 10
    assert Entry.objects.filter(reverses__isnull=False).count() == 1
    assert all_is_well(place)


def test_one_who_confirms_and_one_who_undoes_at_once_leave_it_undone(committed: Place) -> None:
    place = committed
    place.receive(10)
    row = place.plan(place.child())
    with enter(place.worker, now=NOW, purpose=Purpose.HELPING) as door:
        actions.hand_over(door, get_handover(door, row.public_id), SignWay.SECOND)

    def confirm() -> None:
        with enter(place.office, now=NOW, purpose=Purpose.AID) as door:
            actions.confirm(door, get_handover(door, row.public_id))

    refused = at_once(lambda: undo(row, place.town), confirm)

    assert set(refused) <= {"gifts_undone_already"}
    with keep("look"):
        assert HandOver.objects.get().state == HandState.UNDONE
    assert place.there() == 10
    assert all_is_well(place)


def test_a_double_click_on_a_gift_records_one(committed: Place) -> None:
    place = committed

    refused = at_once(*(lambda: place.receive(10, key="0123456789ab") for _ in range(4)))

    assert refused == []
    assert (Gift.objects.count(), place.there()) == (1, 10)
    assert all_is_well(place)


def test_sixteen_gifts_at_once_have_sixteen_numbers(committed: Place) -> None:
    place = committed

    assert at_once(*(lambda: place.receive(1) for _ in range(16))) == []

    assert sorted(Gift.objects.values_list("number", flat=True)) == list(range(1, 17))
    assert place.there() == 16


def test_a_count_that_something_overtook_is_refused_or_came_first(committed: Place) -> None:
    place = committed
    place.receive(10)

    refused = at_once(
        lambda: place.move(MoveKind.COUNT, 8),
        lambda: place.move(MoveKind.TRANSFER, 1, to=place.tree.village),
        lambda: place.move(MoveKind.LOSS, 1, reason=LossReason.DAMAGED),
    )

    assert set(refused) <= {"gifts_count_overtaken"}
    assert place.there() in ({8} if refused else {6, 7, 8})
    assert all_is_well(place)


def test_a_double_click_on_a_transfer_moves_once(committed: Place) -> None:
    place = committed
    place.receive(10)
    village = place.tree.village

    refused = at_once(
        *(
            lambda: place.move(MoveKind.TRANSFER, 2, to=village, key="0123456789ab")
            for _ in range(4)
        )
    )

    assert refused == []
    assert (place.there(), place.there(unit=village)) == (8, 2)
    assert all_is_well(place)


def test_transfers_there_and_back_at_once_lose_nothing(committed: Place) -> None:
    place = committed
    place.receive(5)
    place.receive(5, unit=place.tree.village)
    town, village = place.tree.town, place.tree.village

    refused = at_once(
        *(lambda: place.move(MoveKind.TRANSFER, 2, to=village) for _ in range(4)),
        *(lambda: place.move(MoveKind.TRANSFER, 2, to=town, unit=village) for _ in range(4)),
    )

    assert set(refused) <= {"gifts_stock_empty"}
    assert place.there() + place.there(unit=village) == 10
    assert all_is_well(place)


def test_the_same_need_written_twice_at_once_is_one(committed: Place) -> None:
    place = committed
    child = place.child()

    assert at_once(*(lambda: place.need(child, size="140") for _ in range(3))) == []

    with keep("look"):
        assert Need.objects.count() == 1
