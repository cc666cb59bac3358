"""Laws of stock: whatever happens in whatever order, it balances and is never below zero."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.gifts.rules import LossReason, MoveKind, check_note
from mingtian.gifts.tests.conftest import Place
from mingtian.gifts.verifying import verify
from mingtian.ledger.queries import find_book, trial_balance
from mingtian.ledger.rules import Kind

PLACES = ("town", "village", "county")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("gift"), st.sampled_from(PLACES), st.integers(1, 20)),
        st.tuples(st.just("transfer"), st.sampled_from(PLACES), st.integers(1, 20)),
        st.tuples(st.just("loss"), st.sampled_from(PLACES), st.integers(1, 20)),
        st.tuples(st.just("count"), st.sampled_from(PLACES), st.integers(0, 20)),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def do(place: Place, held: Counter[str], step: tuple[str, str, int]) -> None:
    """Do a step and let the oracle follow it."""
    what, where, number = step
    unit = getattr(place.tree, where)
    other = PLACES[(PLACES.index(where) + 1) % len(PLACES)]
    if what == "gift":
        place.receive(number, unit=unit)
        held[where] += number
    elif what == "count":
        place.move(MoveKind.COUNT, number, unit=unit)
        held[where] = number
    elif what == "loss":
        place.move(MoveKind.LOSS, number, unit=unit, reason=LossReason.DAMAGED)
        held[where] -= number
    else:
        place.move(MoveKind.TRANSFER, number, unit=unit, to=getattr(place.tree, other))
        held[where] -= number
        held[other] += number


def refused(place: Place, held: Counter[str], step: tuple[str, str, int]) -> str:
    """Do a step; return the code with which it was refused, and nothing of it stays."""
    try:
        with transaction.atomic():
            do(place, held, step)
    except RuleBroken as refusal:
        return refusal.code
    return ""


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_stock_is_what_an_oracle_says_and_never_below_zero(
    place: Place, steps: list[tuple[str, str, int]]
) -> None:
    held: Counter[str] = Counter()
    with transaction.atomic():
        for step in steps:
            before = Counter(held)
            code = refused(place, held, step)
            assert code in {"", "gifts_stock_empty"}
            if code:
                assert step[2] > before[step[1]]
                held = before
        found = {where: place.there(unit=getattr(place.tree, where)) for where in PLACES}
        assert found == {where: held[where] for where in PLACES}
        if (book := find_book(place.tree.county.pk)) is not None:
            sums = trial_balance(book)
            assert sums.balanced
            assert sums.agrees
            assert not [r for r in sums.rows if r.kind is not Kind.SOURCE and r.amount < 0]
        assert list(verify()) == []
        transaction.set_rollback(True)


@given(
    name=st.text(st.sampled_from("何思远周望舒许明川沈知夏"), min_size=2, max_size=4),
    before=st.sampled_from(["", "深色", "暖和的,"]), after=st.sampled_from(["", "用", ",厚一点"]),
    between=st.sampled_from(["", " ", "·", "-"]),
)  # fmt: skip
def test_no_way_of_writing_a_known_name_passes(
    name: str, before: str, after: str, between: str
) -> None:
    with pytest.raises(RuleBroken, match="gifts_tells_too_much"):
        check_note(before + between.join(name) + after, [name])
