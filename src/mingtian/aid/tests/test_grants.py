"""From the list to the receipt: hands, money, states (AID-5, AID-8)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mingtian.aid import actions
from mingtian.aid.models import Grant, Payee
from mingtian.aid.rules import Level, Receiver, ReturnReason, SendBackReason, State, parse_term
from mingtian.aid.tests.conftest import BY, TERM, TODAY, Office
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.rules import FieldClass, Purpose

FULL = 100_000_00


def test_a_grant_goes_from_the_list_to_the_receipt(office: Office) -> None:
    listing = office.enter(office.admit(3))
    assert office.money == (FULL, 0, 0)
    assert [row.pk for row in office.approve(listing)] == [listing.pk]
    assert office.money == (FULL - 1_500_00, 1_500_00, 0)
    assert office.pay(office.batch())
    assert office.money == (FULL - 1_500_00, 0, 1_500_00)
    keys = [line.pk for line in office.lines(listing)]
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        assert actions.receive(door, keys, on=date(2023, 10, 16), who=Receiver.GUARDIAN) == 3
        assert actions.receive(door, keys, on=date(2023, 10, 16), who=Receiver.GUARDIAN) == 0
    assert {line.state for line in office.lines(listing)} == {State.RECEIVED}


def test_a_second_click_approves_and_pays_nothing_twice(office: Office) -> None:
    listing = office.enter(office.admit(1))
    office.approve(listing)
    assert office.approve(listing) == []
    batch = office.batch()
    assert office.pay(batch)
    assert not office.pay(batch)
    assert office.money == (FULL - 500_00, 0, 500_00)


def test_nobody_has_two_hands_in_one_grant(office: Office) -> None:
    tree = office.tree
    both = make_staff("both", tree.county, Role.AID_CLERK)
    listing = office.enter(office.admit(1), by=both)
    with pytest.raises(RuleBroken, match="aid_own_entry"):
        office.approve(listing, by=both)
    office.approve(listing)
    with pytest.raises(RuleBroken, match="aid_own_entry"):
        office.batch(by=both)
    batch = office.batch()
    with pytest.raises(RuleBroken, match="aid_own_entry"):
        office.pay(batch, by=both)


def test_the_office_decides_up_to_its_limit_and_the_director_above(office: Office) -> None:
    listing = office.enter(office.admit(101))
    with pytest.raises(RuleBroken, match="aid_above_limit"):
        office.approve(listing)
    assert office.approve(listing, by=office.director)


def test_who_has_no_post_at_the_fund_approves_nothing(office: Office) -> None:
    listing = office.enter(office.admit(1))
    with (
        pytest.raises(RuleBroken, match="aid_not_approver"),
        enter(office.office, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.approve(door, [listing.pk], {})


def test_an_empty_fund_refuses_and_nothing_is_half_done(office: Office) -> None:
    actions.deposit(office.fund, 1, receipt="R2", now=TODAY, by=BY)
    listing = office.enter(office.admit(201))
    with pytest.raises(RuleBroken, match="aid_fund_empty"):
        office.approve(listing, by=office.director)
    assert {line.state for line in office.lines(listing)} == {State.ENTERED}
    assert office.money == (FULL + 1, 0, 0)


def test_one_grant_for_each_child_scheme_and_term(office: Office) -> None:
    children = office.admit(1)
    office.enter(children)
    with pytest.raises(RuleBroken, match="aid_granted_already"):
        office.enter(children)
    with pytest.raises(RuleBroken, match="aid_granted_already"):
        office.enter([*office.admit(1), office.children[-1]])


def test_a_grant_entered_elsewhere_is_refused_without_being_shown(office: Office) -> None:
    """The other school's line is out of sight; the constraint knows it."""
    children = office.admit(1)
    office.enter(children)
    other = make_staff("village_clerk", office.tree.town, Role.AID_CLERK)
    place = actions.Place(
        unit_id=office.tree.town.pk, fund=office.fund, scheme=office.scheme, term=TERM
    )
    with enter(other, now=TODAY, purpose=Purpose.AID):
        assert Grant.objects.count() == 0
    with (
        pytest.raises(RuleBroken, match="aid_granted_already"),
        enter(other, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.enter_lines(door, place, [office.line(children[0])])


def test_a_wrong_amount_is_told_with_what_is_due(office: Office) -> None:
    (child,) = office.admit(1)
    line = actions.LineSpec(
        child=child, level=Level.JUNIOR, boarding=False, amount=500_00,
        payee=office.line(child).payee,
    )  # fmt: skip
    with (
        pytest.raises(RuleBroken) as refused,
        enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.enter_lines(door, office.place(), [line])
    assert refused.value.code == "aid_wrong_rate"
    assert refused.value.facts == {"due": "¥312.50", "given": "¥500"}


def test_from_spring_2024_the_new_rates_hold(office: Office) -> None:
    (child,) = office.admit(1)
    with enter(office.clerk, now=TODAY + timedelta(days=180), purpose=Purpose.AID) as door:
        listing = actions.enter_lines(
            door, office.place(parse_term("2024-1")), [office.line(child)]
        )
    assert [line.amount for line in office.lines(listing)] == [625_00]


def test_a_term_that_is_over_takes_no_list(office: Office) -> None:
    with (
        pytest.raises(RuleBroken, match="aid_term_closed"),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.enter_lines(door, office.place(parse_term("2022-2")), [office.line(1)])


def test_a_rate_that_was_ended_stops_the_approval(office: Office) -> None:
    listing = office.enter(office.admit(1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE aid_rate SET valid_to = '2023-03-01' WHERE valid_to = '2024-03-01'")
    with pytest.raises(RuleBroken, match="aid_rate_changed"):
        office.approve(listing)


def test_money_that_comes_back_is_in_the_fund_again_and_only_once(office: Office) -> None:
    (grant,) = office.paid()
    for again in (False, True):
        with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
            if again:
                with pytest.raises(RuleBroken, match="aid_reversed_already"):
                    actions.give_back(door, grant, ReturnReason.ACCOUNT_WRONG)
            else:
                actions.give_back(door, grant, ReturnReason.ACCOUNT_WRONG)
    assert office.money == (FULL, 0, 0)
    assert len(office.lines(office.enter([grant.child_id]))) == 1, "a returned grant leaves room"


def test_what_was_not_paid_does_not_come_back(office: Office) -> None:
    listing = office.enter(office.admit(1))
    (grant,) = office.lines(listing)
    with (
        pytest.raises(RuleBroken, match="aid_not_paid"),
        enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.give_back(door, grant, ReturnReason.PAID_TWICE)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2023, 10, 17), "aid_received_in_future"), (date(2023, 10, 1), "aid_received_too_early")],
)
def test_a_receipt_has_a_possible_day(office: Office, day: date, code: str) -> None:
    (grant,) = office.paid()
    with (
        pytest.raises(RuleBroken, match=code),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.receive(door, [grant.pk], on=day, who=Receiver.CHILD)


def test_a_list_sent_back_keeps_no_line_and_can_be_entered_anew(office: Office) -> None:
    children = office.admit(2)
    listing = office.enter(children)
    for _ in range(2):
        with enter(office.office, now=TODAY, purpose=Purpose.AID) as door:
            actions.send_back(door, listing, SendBackReason.WRONG_PAYEES)
    assert office.lines(listing) == []
    again = office.enter(children)
    office.approve(again)
    with (
        pytest.raises(RuleBroken, match="aid_approved_already"),
        enter(office.office, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.send_back(door, again, SendBackReason.WRONG_TERM)


def test_a_batch_is_taken_apart_before_it_is_paid_and_never_after(office: Office) -> None:
    listing = office.enter(office.admit(1))
    with pytest.raises(RuleBroken, match="aid_nothing_to_pay"):
        office.batch()
    office.approve(listing)
    first = office.batch()
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        actions.dissolve(door, first)
    with pytest.raises(RuleBroken, match="aid_batch_dissolved"):
        office.pay(first)
    second = office.batch()
    office.pay(second)
    with (
        pytest.raises(RuleBroken, match="aid_paid_already"),
        enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.dissolve(door, second)
    assert office.money == (FULL - 500_00, 0, 500_00)


def test_the_payee_stands_fixed_and_sealed_from_the_approval_on(office: Office) -> None:
    listing = office.enter(office.admit(2))
    one, other = office.lines(listing)
    office.approve(listing)
    with (
        pytest.raises(DatabaseError, match="not changed"),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID),
    ):
        Grant.objects.filter(pk=one.pk).update(payee=other.payee_id)
    with keep("look"):
        assert PAYEE_BYTES not in bytes(Payee.objects.all()[0].name)


PAYEE_BYTES = "何来福".encode()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE aid_grant SET amount = amount + 1",
        "UPDATE aid_grant SET state = 'paid'",
        "UPDATE aid_grant SET approved_by_id = entered_by_id, state = 'approved', approved_at = now()",
        "DELETE FROM aid_grant WHERE state <> 'entered'",
    ],
)
def test_the_database_refuses_what_the_rules_refuse(office: Office, statement: str) -> None:
    listing = office.enter(office.admit(1))
    if "DELETE" in statement:
        office.approve(listing)
    with (
        pytest.raises((DatabaseError, IntegrityError)),
        keep("try"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_erasure_waits_for_a_payment_and_then_leaves_the_amount(office: Office) -> None:
    listing = office.enter(office.admit(1))
    (grant,) = office.lines(listing)
    office.approve(listing)
    with pytest.raises(RuleBroken, match="aid_payment_under_way"):
        erase(grant.child_id, basis="guardian", now=TODAY, actor="system:test")
    office.pay(office.batch())
    erase(grant.child_id, basis="guardian", now=TODAY, actor="system:test")
    (left,) = office.lines(listing)
    assert (left.payee_id, left.amount, left.state) == (None, 500_00, State.PAID)
    with keep("look"):
        assert not Payee.objects.exists()


def test_an_erased_child_takes_its_undecided_line_along(office: Office) -> None:
    listing = office.enter(office.admit(2))
    erase(office.children[0], basis="guardian", now=TODAY, actor="system:test")
    assert len(office.lines(listing)) == 1
    erase(office.children[1], basis="guardian", now=TODAY, actor="system:test")
    with pytest.raises(RuleBroken, match="aid_list_empty"):
        office.approve(listing)


def test_an_office_reads_no_payee(office: Office) -> None:
    office.enter(office.admit(1))
    with enter(office.office, now=TODAY, purpose=Purpose.AID) as door:
        assert Grant.objects.count() == 1
        assert Payee.objects.count() == 0
        assert not door.may(office.children[0], FieldClass.PAYMENT)


def test_another_county_and_the_city_see_no_line(office: Office) -> None:
    office.enter(office.admit(1))
    for name, unit in (("far", office.tree.far_county), ("city", office.tree.city)):
        other = make_staff(f"{name}_office", unit, Role.OFFICE)
        with enter(other, now=TODAY, purpose=Purpose.AID):
            assert Grant.objects.count() == 0
