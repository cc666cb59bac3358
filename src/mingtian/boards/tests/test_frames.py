"""One building a second, shared by all; an etag that follows the numbers only."""

import threading
from datetime import datetime, timedelta

import pytest

from mingtian.boards.frames import MOST_KEPT, Frames, Key
from mingtian.boards.outlines import Outline
from mingtian.boards.queries import Board, build_board, encode_board
from mingtian.boards.rules import Moment, Phase
from mingtian.boards.tests.samples import EVENING, STARTS, unit_row
from mingtian.org.rules import Line

KEY = Key(lecture_id=1, unit_id=9, line="leads")
SECOND = timedelta(seconds=1)


def empty_board(slot: int = 3) -> Board:
    outline = Outline(
        lecture=EVENING, unit=unit_row(9), line=Line.LEADS, path="9", expected={}, below=()
    )
    return build_board(outline, [], Moment(phase=Phase.RUNNING, slot=slot, seen=slot - 2))


class Builder:
    """Counts how often it was asked to build."""

    def __init__(self) -> None:
        self.asked: list[Key] = []

    def __call__(self, key: Key, _now: datetime) -> Board:
        self.asked.append(key)
        return empty_board()


def test_a_second_call_a_little_later_builds_nothing() -> None:
    build = Builder()
    frames = Frames(build)

    first = frames.frame(KEY, STARTS)
    again = frames.frame(KEY, STARTS + 0.85 * SECOND)

    assert first is again
    assert len(build.asked) == 1


def test_after_a_second_it_is_built_again() -> None:
    build = Builder()
    frames = Frames(build)

    frames.frame(KEY, STARTS)
    frames.frame(KEY, STARTS + SECOND)

    assert len(build.asked) == 2


def test_a_clock_set_back_does_not_freeze_the_board() -> None:
    build = Builder()
    frames = Frames(build)

    frames.frame(KEY, STARTS)
    frames.frame(KEY, STARTS - timedelta(hours=1))

    assert len(build.asked) == 2


def test_many_at_once_cost_one_building() -> None:
    """Single flight: the others wait for the first, they do not ask the database as well."""
    inside, go_on = threading.Event(), threading.Event()
    build = Builder()

    def slow(key: Key, now: datetime) -> Board:
        inside.set()
        assert go_on.wait(10)
        return build(key, now)

    frames = Frames(slow)
    callers = [threading.Thread(target=frames.frame, args=(KEY, STARTS)) for _ in range(8)]
    for caller in callers:
        caller.start()
    assert inside.wait(10)
    go_on.set()
    for caller in callers:
        caller.join(10)

    assert len(build.asked) == 1


def test_a_failure_is_told_and_the_next_call_tries_again() -> None:
    build = Builder()
    failures = [ValueError("down")]

    def failing_once(key: Key, now: datetime) -> Board:
        if failures:
            raise failures.pop()
        return build(key, now)

    frames = Frames(failing_once)

    with pytest.raises(ValueError, match="down"):
        frames.frame(KEY, STARTS)
    assert frames.frame(KEY, STARTS).board == empty_board()


def test_memory_holds_a_bounded_number_of_boards() -> None:
    build = Builder()
    frames = Frames(build)

    for unit in range(MOST_KEPT + 1):
        frames.frame(KEY._replace(unit_id=unit), STARTS)
    frames.frame(KEY._replace(unit_id=0), STARTS)

    assert len(build.asked) == MOST_KEPT + 2


def test_the_etag_ignores_the_time_of_reading() -> None:
    one, first = encode_board(empty_board(), STARTS)
    other, second = encode_board(empty_board(), STARTS + SECOND)

    assert first == second
    assert one != other


def test_the_etag_follows_the_numbers() -> None:
    assert encode_board(empty_board(3), STARTS)[1] != encode_board(empty_board(4), STARTS)[1]
