"""Two at once, on connections of their own: the last money, one child twice, one batch, one return."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from mingtian.aid import actions
from mingtian.aid.access import get_upload
from mingtian.aid.actions import deciding
from mingtian.aid.actions.importing import keep_upload, take_over
from mingtian.aid.models import Grant, Listing
from mingtian.aid.queries.limits import limits_on
from mingtian.aid.rules import ReturnReason, State
from mingtian.aid.tests.conftest import ACCOUNT, PAYEE, TODAY, Office, make_office
from mingtian.aid.verifying import verify
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.locks import until_somebody_waits
from mingtian.testing.roster_files import text_table
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.models import Child
from mingtian.vault.rules import Purpose

PATIENCE = 30
HEADINGS = ["姓名", "出生年", "学段", "住宿", "收款人", "账号"]


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


@pytest.fixture
def committed(transactional_db: None) -> Office:
    return make_office(deposit=1_500_00)


def test_two_approvals_on_the_last_money_set_aside_one_of_them(committed: Office) -> None:
    one, other = committed.enter(committed.admit(2)), committed.enter(committed.admit(2))

    refused = at_once(
        lambda: committed.approve(one), lambda: committed.approve(other, by=committed.director)
    )

    assert refused == ["aid_fund_empty"]
    assert committed.money == (500_00, 1_000_00, 0)
    assert list(verify()) == []


def test_eight_approvals_at_once_never_overdraw(committed: Office) -> None:
    listings = [committed.enter(committed.admit(1)) for _ in range(8)]

    refused = at_once(*(lambda one=one: committed.approve(one) for one in listings))

    assert refused == ["aid_fund_empty"] * 5
    assert committed.money == (0, 1_500_00, 0)


def test_one_list_approved_by_two_is_approved_once(committed: Office) -> None:
    listing = committed.enter(committed.admit(1))

    refused = at_once(
        lambda: committed.approve(listing),
        lambda: committed.approve(listing, by=committed.director),
    )

    assert refused == []
    assert committed.money == (1_000_00, 500_00, 0)


def test_two_clerks_enter_the_same_child_once(committed: Office) -> None:
    children = committed.admit(1)
    other = make_staff("other_clerk", committed.tree.school, Role.AID_CLERK)

    refused = at_once(
        lambda: committed.enter(children), lambda: committed.enter(children, by=other)
    )

    assert refused == ["aid_granted_already"]
    with keep("look"):
        assert Grant.objects.count() == 1


def test_two_cashiers_batch_and_pay_each_line_once(committed: Office) -> None:
    committed.approve(committed.enter(committed.admit(2)))
    other = make_staff("other_cashier", committed.tree.county, Role.CASHIER)

    refused = at_once(committed.batch, lambda: committed.batch(by=other))
    assert refused == ["aid_nothing_to_pay"]
    with keep("look"):
        batch = Grant.objects.select_related("batch").first()
    assert batch is not None
    assert batch.batch is not None
    made = batch.batch
    assert at_once(lambda: committed.pay(made), lambda: committed.pay(made, by=other)) == []
    assert committed.money == (500_00, 0, 1_000_00)


def test_money_comes_back_once_however_many_note_it(committed: Office) -> None:
    (grant,) = committed.paid()
    other = make_staff("other_cashier", committed.tree.county, Role.CASHIER)

    def back(by: object) -> None:
        assert by is not None
        with enter(by, now=TODAY, purpose=Purpose.AID) as door:  # type: ignore[arg-type]
            actions.give_back(door, grant, ReturnReason.ACCOUNT_CLOSED)

    refused = at_once(lambda: back(committed.cashier), lambda: back(other))

    assert refused == ["aid_reversed_already"]
    assert committed.money == (1_500_00, 0, 0)


def test_paying_and_taking_apart_exclude_each_other(committed: Office) -> None:
    listing = committed.enter(committed.admit(1))
    committed.approve(listing)
    batch = committed.batch()

    def apart() -> None:
        with enter(committed.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.dissolve(door, batch)

    refused = at_once(lambda: committed.pay(batch), apart)

    (line,) = committed.lines(listing)
    assert (refused, line.state) in [
        (["aid_paid_already"], State.PAID), (["aid_batch_dissolved"], State.APPROVED),
    ]  # fmt: skip
    assert list(verify()) == []


def test_a_file_taken_over_by_two_clicks_at_once_is_one_list(committed: Office) -> None:
    content = text_table([["何思远", 2014, "小学", "是", PAYEE, ACCOUNT]], HEADINGS)
    with enter(committed.clerk, now=TODAY, purpose=Purpose.AID) as door:
        kept = keep_upload(door, committed.place(), file_name="a.csv", content=content)

    def click() -> None:
        with enter(committed.clerk, now=TODAY, purpose=Purpose.AID) as door:
            take_over(door, get_upload(kept.public_id, TODAY))

    assert at_once(click, click) == []
    with keep("look"):
        assert (Listing.objects.count(), Grant.objects.count(), Child.objects.count()) == (1, 1, 1)


def test_an_erasure_waits_while_its_line_is_being_approved(
    committed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the books would set aside what no line says any more."""
    listing = committed.enter(committed.admit(2))
    counted, refused = threading.Event(), []

    def slowly(*given: Any) -> dict[int, int]:
        counted.set()
        until_somebody_waits()
        return limits_on(*given)

    def wipe() -> None:
        counted.wait(PATIENCE)
        try:
            erase(committed.children[0], basis="guardian", now=TODAY, actor="system:test")
        except RuleBroken as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    monkeypatch.setattr(deciding, "limits_on", slowly)
    eraser = threading.Thread(target=wipe)
    eraser.start()
    committed.approve(listing)
    eraser.join(PATIENCE)

    assert refused == ["aid_payment_under_way"]
    assert committed.money == (500_00, 1_000_00, 0)
    assert len(committed.lines(listing)) == 2
    assert list(verify()) == []


def test_paying_and_putting_on_hold_exclude_each_other(committed: Office) -> None:
    listing = committed.enter(committed.admit(2))
    committed.approve(listing)
    batch = committed.batch()
    with enter(committed.cashier, now=TODAY, purpose=Purpose.AID) as door:
        actions.give_file(door, batch)
    with keep("move"):
        Child.objects.filter(pk=committed.children[0]).update(
            unit=committed.tree.far_county, school=committed.tree.far_school
        )

    def hold() -> None:
        with enter(committed.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.hold_back(door, batch)

    refused = at_once(lambda: committed.pay(batch), hold)

    states = sorted(line.state for line in committed.lines(listing))
    assert (refused, states) in [
        (["aid_paid_already"], [State.PAID, State.PAID]), ([], [State.HELD, State.PAID]),
    ]  # fmt: skip
    assert list(verify()) == []
