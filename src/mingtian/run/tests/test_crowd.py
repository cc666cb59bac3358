"""The demo's crowd keeps to its part."""

import random

from mingtian.run.crowd import Guest, Order, begun, comes_at, talks_at

ORDER = Order(origin="", lecture=1, starts_at=60_000, ends_at=660_000, guests=[])


def guest(first: int) -> Guest:
    return Guest(phone="p", entries=[], first=first, played=0)


def test_who_plays_from_the_start_comes_before_it() -> None:
    for seed in range(50):
        assert 0 <= comes_at(ORDER, guest(0), 0, random.Random(seed)) <= ORDER.starts_at


def test_who_is_late_comes_within_the_first_slot_it_plays() -> None:
    for seed in range(50):
        comes = comes_at(ORDER, guest(7), 0, random.Random(seed))
        assert ORDER.slot_at(int(comes)) == 7


def test_only_slots_that_are_over_have_been_played() -> None:
    assert begun(-3) == 0
    assert begun(0) == 0
    assert begun(2) == 0b11
    assert begun(99) == (1 << 60) - 1


def test_a_third_of_the_phones_speaks_and_only_until_the_end() -> None:
    plans = [talks_at(ORDER, 120_000, random.Random(seed)) for seed in range(1000)]

    assert 250 < sum(any(speaks for _, speaks in plan) for plan in plans) < 450
    assert all(plan == sorted(plan) for plan in plans)
    assert all(120_000 <= when <= ORDER.ends_at for plan in plans for when, _ in plan)
