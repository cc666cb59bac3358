"""Laws over whole lives of grants: books and lines agree, money is neither made nor lost."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mingtian.aid import actions
from mingtian.aid.models import Batch, Grant, Listing
from mingtian.aid.queries import totals, totals_together
from mingtian.aid.rules import (
    PAID_OUT,
    RESERVED,
    ListState,
    ReturnReason,
    SendBackReason,
    State,
)
from mingtian.aid.tests.conftest import TERM, TODAY, Office
from mingtian.aid.verifying import verify
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Period
from mingtian.org.queries import path_on
from mingtian.vault.access import enter, keep
from mingtian.vault.actions import erase
from mingtian.vault.models import Child
from mingtian.vault.rules import Purpose

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "enter",
                "approve",
                "batch",
                "pay",
                "apart",
                "back",
                "return",
                "erase",
                "move",
                "hold",
                "up",
            ]
        ),
        st.integers(0, 5),
    ),
    max_size=20,
)
WHOLE_LIFE = [
    ("enter", 2), ("approve", 0), ("batch", 0), ("pay", 0), ("return", 1), ("erase", 0), ("return", 2),
]  # fmt: skip
ON_HOLD = [
    ("enter", 2), ("approve", 0), ("batch", 0), ("move", 0), ("move", 1), ("hold", 0), ("pay", 0),
    ("return", 0), ("move", 1), ("up", 1), ("batch", 0), ("pay", 1), ("erase", 2),
]  # fmt: skip


@given(STEPS)
@example(WHOLE_LIFE)
@example(ON_HOLD)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_happens_books_and_lines_agree(
    office: Office, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        given_in = sum(office.money)
        for step, choice in steps:
            with suppress(RuleBroken):
                _STEPS[step](office, choice)
            left, reserved, paid = office.money
            assert left >= 0
            assert left + reserved + paid == given_in
            assert (reserved, paid) == (sum_of(RESERVED), sum_of(PAID_OUT))
        assert list(verify()) == []
        transaction.set_rollback(True)
    office.children.clear()


def sum_of(states: frozenset[State]) -> int:
    with keep("sum"):
        return sum(Grant.objects.filter(state__in=states).values_list("amount", flat=True))


def pick(rows: list[Listing] | list[Batch] | list[Grant], choice: int) -> object | None:
    return rows[choice % len(rows)] if rows else None


def lists(state: ListState) -> list[Listing]:
    with keep("look"):
        return list(Listing.objects.filter(state=state).order_by("pk"))


def batches() -> list[Batch]:
    with keep("look"):
        return list(Batch.objects.order_by("pk"))


def do_enter(office: Office, choice: int) -> None:
    office.enter(office.admit(1 + choice))


def do_approve(office: Office, choice: int) -> None:
    if found := pick(lists(ListState.ENTERED), choice):
        assert isinstance(found, Listing)
        office.approve(found)


def do_batch(office: Office, choice: int) -> None:
    office.batch()


def do_pay(office: Office, choice: int) -> None:
    if found := pick(batches(), choice):
        assert isinstance(found, Batch)
        office.pay(found)


def do_apart(office: Office, choice: int) -> None:
    if found := pick(batches(), choice):
        assert isinstance(found, Batch)
        with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.dissolve(door, found)


def do_back(office: Office, choice: int) -> None:
    if found := pick(lists(ListState.ENTERED), choice):
        assert isinstance(found, Listing)
        with enter(office.office, now=TODAY, purpose=Purpose.AID) as door:
            actions.send_back(door, found, SendBackReason.WRONG_CHILDREN)


def do_return(office: Office, choice: int) -> None:
    with keep("look"):
        rows = list(Grant.objects.order_by("pk"))
    if found := pick(rows, choice):
        assert isinstance(found, Grant)
        with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.give_back(door, found, ReturnReason.PAID_TWICE)


def do_erase(office: Office, choice: int) -> None:
    if office.children:
        child = office.children[choice % len(office.children)]
        erase(child, basis="guardian", now=TODAY, actor="system:test")


def do_move(office: Office, choice: int) -> None:
    if office.children:
        child = office.children[choice % len(office.children)]
        with keep("move"):
            here = Child.objects.filter(pk=child, school=office.tree.school).exists()
            place = office.tree.far_school if here else office.tree.school
            Child.objects.filter(pk=child).update(
                unit=office.tree.far_county if here else office.tree.village, school=place
            )


def do_hold(office: Office, choice: int) -> None:
    if found := pick(batches(), choice):
        assert isinstance(found, Batch)
        with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.hold_back(door, found)


def do_up(office: Office, choice: int) -> None:
    with keep("look"):
        rows = list(Grant.objects.order_by("pk"))
    if found := pick(rows, choice):
        assert isinstance(found, Grant)
        with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
            actions.take_up(door, found)


_STEPS: dict[str, Callable[[Office, int], None]] = {
    "enter": do_enter, "approve": do_approve, "batch": do_batch, "pay": do_pay,
    "apart": do_apart, "back": do_back, "return": do_return, "erase": do_erase, "move": do_move,
    "hold": do_hold, "up": do_up,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("amount = amount * 2, rate_amount = rate_amount * 2", "lines are not those"),
        ("child_id = child_id + 1000", "lines are not those"),
        ("term = '2024-1'", "lines are not those"),
        ("approved_by_id = paid_by_id, paid_by_id = approved_by_id", "lines are not those"),
    ],
)
def test_a_changed_line_is_named(office: Office, change: str, named: str) -> None:
    (first, *_) = office.paid(3)
    assert list(verify()) == []
    with keep("tamper"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('role', 'none', true)")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("ALTER TABLE aid_grant NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE aid_grant DROP CONSTRAINT aid_grant_due")
        cursor.execute(f"UPDATE aid_grant SET {change} WHERE id = {first.pk}")
        cursor.execute("ALTER TABLE aid_grant FORCE ROW LEVEL SECURITY")
        cursor.execute("SET LOCAL session_replication_role = origin")
    found = list(verify())
    assert any(named in sentence for sentence in found)
    assert any(sentence.startswith("list ") for sentence in found)


def test_totals_are_sums_of_lines_that_were_paid(office: Office) -> None:
    office.paid(3)
    office.enter(office.admit(2))
    (returned,) = office.paid(1)
    with enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door:
        actions.give_back(door, returned, ReturnReason.CHILD_LEFT)
    day = day_of(TODAY)
    county, far = (
        ".".join(map(str, path_on(unit.pk, day)))
        for unit in (office.tree.county, office.tree.far_county)
    )
    (row,) = totals([county, far], [TERM.code], day)
    assert (row.path, row.grants, row.persons, row.fen) == (county, 3, 3, 1_500_00)
    (whole,) = totals_together([county, far], [TERM.code, "2022-2"], day)
    assert (whole.grants, whole.persons, whole.fen) == (3, 3, 1_500_00)
    period = Period(first=TERM.first, last=TERM.last)
    figures = whole.figures(office.tree.county.public_id, period)
    assert [figure.basis for figure in figures] == [Basis.GRANTS, Basis.PERSONS, Basis.FEN]


def test_a_list_is_approved_in_the_same_number_of_statements_however_long(
    office: Office, django_assert_max_num_queries: "Callable[..., object]"
) -> None:
    counts = []
    for size in (3, 60):
        listing = office.enter(office.admit(size))
        with django_assert_max_num_queries(22) as asked:  # type: ignore[attr-defined]
            office.approve(listing)
        counts.append(len(asked))
    assert counts[0] == counts[1]
