"""Things go to a child's household: planned by number, carried by name, signed by two (AID-9)."""

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.gifts import actions
from mingtian.gifts.access import get_handover
from mingtian.gifts.models import HandOver
from mingtian.gifts.queries import handing, totals
from mingtian.gifts.rules import HandState, HandUndoReason, NotGivenReason, Quantity, SignWay
from mingtian.gifts.tests.conftest import TODAY, Place
from mingtian.gifts.tests.test_stock import YEAR
from mingtian.gifts.verifying import verify
from mingtian.ledger.queries import entries_of
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME
from mingtian.testing.make import NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.models import Reading
from mingtian.vault.rules import Basis, Purpose

SIGNER = "何安和"


def give(
    place: Place, row: HandOver, by: User, way: SignWay = SignWay.SIGNED, signer: str = SIGNER
) -> bool:
    with enter(by, now=NOW, purpose=Purpose.HELPING) as door:
        found = get_handover(door, row.public_id)
        return actions.hand_over(door, found, way, signer)


def state(row: HandOver) -> str:
    with keep("look"):
        return HandOver.objects.get(pk=row.pk).state


def test_a_helper_hands_over_and_the_receiver_signs(place: Place) -> None:
    place.receive(10, 5)
    child = place.child()
    place.help(child)
    row = place.plan(child, [(place.rice, 2), (place.coat, 1)])

    assert give(place, row, place.helper)
    assert not give(place, row, place.helper), "a second click changes nothing"

    assert (place.there(), place.there(place.coat)) == (8, 4)
    assert state(row) == HandState.CONFIRMED
    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        opened = handing.open_own(door, get_handover(door, row.public_id))
    assert (opened.name, opened.signer) == (NAME, SIGNER)
    assert list(verify()) == []
    found = totals([place.tree.town.pk], YEAR)
    assert (found.children, {g.item: g.given for g in found.goods}) == (1, {"大米": 2, "棉衣": 1})


def test_without_a_signature_a_second_person_confirms_and_never_the_same(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    row = place.plan(child)
    with (
        pytest.raises(RuleBroken, match="gifts_not_handed_over"),
        enter(place.town, now=NOW, purpose=Purpose.AID) as door,
    ):
        actions.confirm(door, get_handover(door, row.public_id))
    give(place, row, place.helper, SignWay.SECOND, "")
    assert state(row) == HandState.HANDED
    with (
        pytest.raises(RuleBroken, match="gifts_own_hand_over"),
        enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door,
    ):
        actions.confirm(door, get_handover(door, row.public_id))
    for new in (True, False):
        with enter(place.town, now=NOW, purpose=Purpose.AID) as door:
            assert actions.confirm(door, get_handover(door, row.public_id)) is new
    assert state(row) == HandState.CONFIRMED


def undo(
    place: Place, row: HandOver, by: User, why: HandUndoReason = HandUndoReason.OTHER_CHILD
) -> bool:
    with enter(by, now=NOW, purpose=Purpose.AID) as door:
        return actions.undo_hand_over(door, get_handover(door, row.public_id), why)


def test_a_wrong_hand_over_is_undone_once_and_stays_readable(place: Place) -> None:
    place.receive(10, 5)
    child = place.child()
    place.help(child)
    row = place.plan(child, [(place.rice, 2), (place.coat, 1)])
    with pytest.raises(RuleBroken, match="gifts_not_handed_over"):
        undo(place, row, place.town)
    give(place, row, place.helper)

    assert undo(place, row, place.town)
    assert not undo(place, row, place.town), "a second click changes nothing"

    assert (place.there(), place.there(place.coat)) == (10, 5)
    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        opened = handing.open_own(door, get_handover(door, row.public_id))
    assert (opened.state, opened.signer) == (HandState.UNDONE, SIGNER)
    assert (opened.handed_by, opened.undone_by) == (place.helper.username, place.town.username)
    entry = entries_of([actions.handing.source_of(row)])[actions.handing.source_of(row)]
    assert entry.reversed_by is not None
    assert list(verify()) == []
    found = totals([place.tree.town.pk], YEAR)
    assert (found.children, {g.item: g.given for g in found.goods}) == (0, {"大米": 0, "棉衣": 0})
    with keep("look"):
        (noted,) = AuditEntry.objects.filter(action="gifts.hand_over_undone")
    assert noted.detail["reason"] == HandUndoReason.OTHER_CHILD


def test_after_undoing_the_child_may_come_onto_the_list_again(place: Place) -> None:
    place.receive(10)
    child = place.child()
    row = place.plan(child)
    give(place, row, place.worker)
    undo(place, row, place.office, HandUndoReason.OTHER_THINGS)
    with pytest.raises(RuleBroken, match="gifts_taken_off"):
        give(place, row, place.worker)
    again = place.plan(child, [(place.rice, 3)])
    give(place, again, place.worker)
    assert place.there() == 7
    assert list(verify()) == []


def test_nobody_undoes_the_own_hand_over_or_what_another_has_undone(place: Place) -> None:
    place.receive(10)
    child = place.child()
    give_post(
        spec=PostSpec(user=place.helper, unit=place.tree.town, role=Role.OFFICE),
        starts_on=TODAY, actor="system:test", now=NOW,
    )  # fmt: skip
    place.help(child)
    row = place.plan(child)
    give(place, row, place.helper, SignWay.SECOND, "")
    with pytest.raises(RuleBroken, match="gifts_own_undoing"):
        undo(place, row, place.helper)
    undo(place, row, place.town)
    with pytest.raises(RuleBroken, match="gifts_undone_already"):
        undo(place, row, place.office)
    row.state = HandState.HANDED  # the page was open before it was undone
    with (
        pytest.raises(RuleBroken, match="gifts_undone_already"),
        enter(place.office, now=NOW, purpose=Purpose.AID) as door,
    ):
        actions.confirm(door, row)
    assert place.there() == 10


@pytest.mark.parametrize(
    ("who", "change", "refused"),
    [
        ("worker", "state = 'undone', undone_by_id = {who}, undone_at = now(), undone_for = 'x'",
         "who supervises"),
        ("town", "state = 'undone', undone_by_id = {other}, undone_at = now(), undone_for = 'x'",
         "another's name"),
        ("town", "state = 'undone', undone_by_id = {who}, undone_at = now(), undone_for = 'x',"
         " signer = NULL", "signed stays"),
        ("worker", "signer = NULL", "signed stays"),
        ("worker", "way = 'second'", "signed stays"),
        ("town", "handed_at = now()", "signed stays"),
        ("town", "state = 'planned'", "does not go"),
    ],
)  # fmt: skip
def test_raw_sql_undoes_and_rewrites_no_sign_off(
    place: Place, who: str, change: str, refused: str
) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    give(place, place.plan(child), place.helper)
    user = getattr(place, who)
    said = change.format(who=user.pk, other=place.office.pk)
    with (
        pytest.raises(DatabaseError, match=refused),
        enter(user, now=NOW, purpose=Purpose.AID),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE gifts_handover SET {said}")


def test_books_that_do_not_agree_with_an_undoing_are_named(place: Place) -> None:
    place.receive(10)
    row = place.plan(place.child())
    give(place, row, place.worker)
    undo(place, row, place.town)
    with keep("a slip"), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL ROLE mingtian_keeper")
        cursor.execute(
            "UPDATE gifts_handover SET state = 'confirmed', undone_by_id = NULL, undone_at = NULL,"
            " undone_for = ''"
        )
        cursor.execute("RESET ROLE")
        cursor.execute("SET LOCAL session_replication_role = origin")
    (said,) = verify()
    assert said == f"gifts.handover:{row.public_id}: stands, and the books say otherwise."


def test_raw_sql_confirms_nothing_in_the_name_of_who_handed_over(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    row = place.plan(child)
    give(place, row, place.helper, SignWay.SECOND, "")
    with (
        pytest.raises(IntegrityError, match="two_people"),
        enter(place.helper, now=NOW, purpose=Purpose.HELPING),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE gifts_handover SET state = 'confirmed', confirmed_by_id = %s",
            [place.helper.pk],
        )


def test_what_is_refused_leaves_stock_and_list_as_they_were(place: Place) -> None:
    place.receive(1)
    child = place.child()
    row = place.plan(child, [(place.rice, 2)])

    assert place.plan(child, [(place.rice, 2)]) == row, "a second click plans nothing more"
    with pytest.raises(RuleBroken, match="gifts_on_list_already"):
        place.plan(child, [(place.rice, 3)])
    with pytest.raises(RuleBroken, match="gifts_child_unknown"):
        place.plan("000000000000")
    for wanted, code in (
        ([], "gifts_nothing_said"),
        ([Quantity(item=place.rice.public_id, quantity=1)] * 2, "gifts_item_twice"),
        ([Quantity(item="000000000000", quantity=1)], "gifts_item_unknown"),
    ):
        going, items = place.round(), place.items()
        with (
            pytest.raises(RuleBroken, match=code),
            enter(place.town, now=NOW, purpose=Purpose.AID) as door,
        ):
            actions.plan(door, going, child.public_id, wanted, items)
    with pytest.raises(RuleBroken, match="gifts_signer_missing"):
        give(place, row, place.worker, signer=" ")
    with pytest.raises(RuleBroken, match="gifts_not_who_goes"):
        give(place, row, place.town)
    with pytest.raises(RuleBroken, match="gifts_stock_empty") as refused:
        give(place, row, place.worker)

    assert refused.value.facts == {"item": "大米", "left": 1}
    assert (state(row), place.there()) == (HandState.PLANNED, 1)


def test_somebody_else_cannot_hand_over_a_second_time(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    row = place.plan(child)
    give(place, row, place.helper)
    with pytest.raises(RuleBroken, match="gifts_handed_over_already"):
        give(place, row, place.worker)
    with (
        pytest.raises(RuleBroken, match="gifts_handed_over_already"),
        enter(place.worker, now=NOW, purpose=Purpose.AID) as door,
    ):
        actions.not_given(door, get_handover(door, row.public_id), NotGivenReason.MOVED)
    assert place.there() == 8


def test_a_child_that_was_not_met_keeps_the_stock_and_may_come_onto_the_list_again(
    place: Place,
) -> None:
    place.receive(10)
    child = place.child()
    row = place.plan(child)
    for new in (True, False):
        with enter(place.worker, now=NOW, purpose=Purpose.AID) as door:
            found = get_handover(door, row.public_id)
            assert actions.not_given(door, found, NotGivenReason.NOBODY_HOME) is new
    with pytest.raises(RuleBroken, match="gifts_taken_off"):
        give(place, row, place.worker)
    place.plan(child)
    assert place.there() == 10


def test_a_helper_sees_the_own_children_alone_and_others_see_nothing(place: Place) -> None:
    mine, other = place.child(), place.child(name="周望舒")
    place.help(mine)
    rows = [place.plan(mine), place.plan(other)]
    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        assert [row.child for row in handing.list_own(door)] == [mine.public_id]
        with pytest.raises(Http404):
            get_handover(door, rows[1].public_id)
    far = make_staff("far", place.tree.far_county, Role.OFFICE)
    cashier = make_staff("cashier_of_county", place.tree.county, Role.CASHIER)
    for nobody in (far, cashier):
        with enter(nobody, now=NOW, purpose=Purpose.AID) as door, pytest.raises(Http404):
            get_handover(door, rows[0].public_id)
    assert HandOver.objects.count() == 0, "without the door the owner sees nothing"


def test_the_office_sees_numbers_and_every_name_opened_is_noted(place: Place) -> None:
    child = place.child()
    place.help(child)
    place.plan(child)
    with keep("look"):
        before = Reading.objects.count()
    going = place.round()
    with enter(place.town, now=NOW, purpose=Purpose.AID) as door:
        (row,) = handing.list_of_round(door, going)
    assert (row.child, row.name, row.signer) == (child.public_id, "", "")
    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        handing.list_own(door)
    with keep("look"):
        assert Reading.objects.count() == before + 1


def test_an_erased_child_leaves_the_sums_and_nothing_else(place: Place) -> None:
    place.receive(10)
    child = place.child()
    done = place.plan(child)
    give(place, done, place.worker)
    place.need(child)
    with transaction.atomic():
        erase(child.pk, basis=Basis.GUARDIAN, now=NOW, actor="system:test")
    with keep("look"):
        kept = HandOver.objects.get(pk=done.pk)
        from mingtian.gifts.models import Need

        assert (kept.signer, Need.objects.count()) == (None, 0)
    assert place.there() == 8
    assert list(verify()) == []
