"""What is asked, what is missing, and serials that notice mistakes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.certificates.rules import (
    SERIAL_LENGTH,
    Demand,
    Evening,
    Lock,
    Reached,
    Refusal,
    grouped_serial,
    is_serial,
    locks,
    name_refusal,
    new_serial,
    reached,
    tidy_serial,
    usual_demand,
)
from mingtian.core.ids import CROCKFORD

FULL = (1 << 60) - 1
SERIALS = st.builds(new_serial)


@pytest.mark.parametrize(
    ("evenings", "demand", "expected"),
    [
        ([], Demand(evenings=1), Reached()),
        ([Evening(live=0)], Demand(evenings=1), Reached(evenings=1)),
        ([Evening(live=FULL)], Demand(evenings=1), Reached(evenings=1, slots=60, completed=1)),
        (
            [Evening(live=None, by_hand=True)],
            Demand(evenings=1),
            Reached(evenings=1, slots=40, completed=1),
        ),
        ([Evening(live=None, by_hand=True)], Demand(evenings=1, by_hand_counts=False), Reached()),
        (
            [Evening(live=None, replay=FULL)],
            Demand(evenings=1),
            Reached(evenings=1, slots=60, completed=1),
        ),
        ([Evening(live=None, replay=0b111)], Demand(evenings=1), Reached(slots=3)),
        ([Evening(live=0b11, replay=0b110)], Demand(evenings=1), Reached(evenings=1, slots=3)),
        (
            [Evening(live=0b11, replay=FULL)],
            Demand(evenings=1, replay_counts=False),
            Reached(evenings=1, slots=2),
        ),
        (
            [Evening(live=FULL, by_hand=True)],
            Demand(evenings=1),
            Reached(evenings=1, slots=60, completed=1),
        ),
    ],
)
def test_evenings_add_up_under_a_rule(
    evenings: list[Evening], demand: Demand, expected: Reached
) -> None:
    assert reached(evenings, demand, needed_slots=40) == expected


def test_what_is_missing_is_told_in_order() -> None:
    demand = Demand(evenings=6, slots=120, completed=2)

    assert locks(Reached(), demand) == [Lock.NOT_BEGUN]
    assert locks(Reached(evenings=5, slots=200, completed=1), demand) == [
        Lock.EVENINGS,
        Lock.COMPLETED,
    ]
    assert locks(Reached(evenings=6, slots=120, completed=2), demand) == []


def test_the_usual_rule_asks_three_evenings_in_four() -> None:
    assert usual_demand(evenings=8, needed_slots=40, replays=False) == Demand(
        evenings=6, slots=120, replay_counts=False
    )
    assert usual_demand(evenings=1, needed_slots=40, replays=True).evenings == 1


@given(SERIALS, st.integers(0, SERIAL_LENGTH - 1), st.sampled_from(CROCKFORD))
def test_every_single_wrong_character_shows(serial: str, at: int, other: str) -> None:
    changed = serial[:at] + other + serial[at + 1 :]
    assert is_serial(changed) is (changed == serial)


@given(SERIALS, st.integers(0, SERIAL_LENGTH - 1), st.integers(0, SERIAL_LENGTH - 1))
def test_every_swap_of_two_characters_shows(serial: str, one: int, other: int) -> None:
    signs = list(serial)
    signs[one], signs[other] = signs[other], signs[one]
    assert is_serial("".join(signs)) is ("".join(signs) == serial)


@given(SERIALS)
def test_what_is_typed_from_paper_is_the_serial(serial: str) -> None:
    typed = grouped_serial(serial).upper().replace("0", "O").replace("1", "I")
    assert tidy_serial(f" {typed}-") == serial


def test_serials_follow_no_order() -> None:
    made = [new_serial() for _ in range(200)]
    assert len(set(made)) == 200
    assert made != sorted(made)


@pytest.mark.parametrize("text", ["", "abc", "u" * 16, "é" * 16, "0" * 15, "0" * 17])
def test_what_cannot_be_a_serial_is_told_apart(text: str) -> None:
    assert not is_serial(text)


def test_names_for_paper() -> None:
    assert name_refusal(" ") is Refusal.NAME_MISSING
    assert name_refusal("王" * 51) is Refusal.NAME_TOO_LONG
    assert name_refusal("王" * 50) is None
