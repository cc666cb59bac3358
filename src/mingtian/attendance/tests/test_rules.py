"""Laws of maps and of the clock."""

from hypothesis import given
from hypothesis import strategies as st

from mingtian.attendance.rules import (
    FULL,
    SLOTS,
    Clipped,
    Times,
    clip_live,
    clip_replay,
    completed,
    slots_begun,
    slots_since,
)

MAPS = st.integers(min_value=0, max_value=FULL)
RUNNING = st.integers(min_value=-20, max_value=SLOTS)
FIRST = st.integers(min_value=0, max_value=SLOTS)
HOUR = Times(doors=-600_000, starts=0, ends=3_600_000, closes=7_200_000, replay_until=9_000_000)


@given(MAPS, RUNNING, FIRST)
def test_nothing_is_invented(sent: int, running: int, first: int) -> None:
    kept, why = clip_live(sent, running=running, first=first)

    assert kept & ~sent == 0
    assert (why is None) == (kept == sent)


@given(MAPS, RUNNING, FIRST)
def test_only_begun_slots_since_the_arrival_count(sent: int, running: int, first: int) -> None:
    kept, _ = clip_live(sent, running=running, first=first)

    for slot in range(SLOTS):
        counted = kept >> slot & 1
        assert counted == (sent >> slot & 1 and first <= slot <= running)


@given(MAPS, MAPS, RUNNING, FIRST)
def test_clipping_agrees_with_joining(one: int, other: int, running: int, first: int) -> None:
    together, _ = clip_live(one | other, running=running, first=first)
    apart = (
        clip_live(one, running=running, first=first)[0]
        | clip_live(other, running=running, first=first)[0]
    )

    assert together == apart


@given(MAPS, RUNNING, FIRST)
def test_what_counted_once_counts_later_too(sent: int, running: int, first: int) -> None:
    now, _ = clip_live(sent, running=running, first=first)
    later, _ = clip_live(sent, running=running + 1, first=first)

    assert now & ~later == 0


def test_the_reasons_name_the_side_that_was_cut() -> None:
    assert clip_live(0b100, running=1, first=0)[1] is Clipped.AHEAD_OF_CLOCK
    assert clip_live(0b001, running=5, first=2)[1] is Clipped.BEFORE_ARRIVAL


def test_masks_at_the_edges() -> None:
    assert (slots_begun(-1), slots_begun(0), slots_begun(59), slots_begun(60)) == (0, 1, FULL, FULL)
    assert (slots_since(0), slots_since(60)) == (FULL, 0)


def test_slots_follow_the_clock() -> None:
    assert HOUR.slot_at(-1) == -1
    assert HOUR.slot_at(0) == 0
    assert HOUR.slot_at(59_999) == 0
    assert HOUR.slot_at(60_000) == 1
    assert HOUR.slot_at(3_599_999) == 59
    assert HOUR.slot_at(3_600_000) == SLOTS


def test_a_short_evening_has_sixty_slots_too() -> None:
    ten_minutes = Times(doors=0, starts=0, ends=600_000, closes=600_000, replay_until=0)

    assert ten_minutes.slot_seconds == 10
    assert ten_minutes.slot_at(599_999) == 59


def test_replay_counts_between_the_end_and_its_own_end() -> None:
    assert clip_replay(7, times=HOUR, now=3_599_999) == (0, Clipped.OUTSIDE_REPLAY_TIME)
    assert clip_replay(7, times=HOUR, now=3_600_000) == (7, None)
    assert clip_replay(7, times=HOUR, now=9_000_000) == (0, Clipped.OUTSIDE_REPLAY_TIME)
    assert clip_replay(0, times=HOUR, now=0) == (0, None)


def test_a_family_that_dropped_out_for_ten_minutes_earns_fifty() -> None:
    """domain.md part 14, test 3: in at 19:52, away 20:10 to 20:20, back until 21:00."""
    played = FULL & ~(((1 << 10) - 1) << 10)

    kept, why = clip_live(played, running=SLOTS, first=0)

    assert (kept.bit_count(), why) == (50, None)
    assert completed(kept, 50)
    assert not completed(kept, 51)
