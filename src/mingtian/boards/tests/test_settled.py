"""After the end a board tells the figures of the day: corrected, confirmed, frozen (STA-1)."""

import pytest

from mingtian.boards import beside, settled
from mingtian.boards.frames import FRAMES
from mingtian.boards.outlines import forget
from mingtian.boards.queries import Board, build_frame
from mingtian.closings.tests.conftest import Night, make_night
from mingtian.core.figures import Status


@pytest.fixture
def night(db: None) -> Night:
    return make_night()


def board(night: Night, now: object = None) -> Board:
    settled.forget()
    beside.forget()
    forget()
    FRAMES.forget()
    lecture = night.evening.lecture
    unit = night.evening.tree.school.pk
    return build_frame(lecture.pk, unit, "leads", now or night.over)  # type: ignore[arg-type]


def pupils(shown: Board) -> tuple[int, int]:
    [row] = [row for row in shown.kinds if row.kind == 1]
    return row.arrived, row.completed


def test_a_running_board_tells_what_phones_say(night: Night) -> None:
    shown = board(night, night.evening.lecture.starts_at)

    assert (shown.status, pupils(shown)) == (Status.LIVE, (8, 6))


def test_a_correction_shows_on_the_board_after_the_end(night: Night) -> None:
    assert board(night).status is Status.PROVISIONAL
    night.correct(night.evening.tree.class_one, 9)

    shown = board(night)

    assert pupils(shown) == (9, 6)
    assert shown.figure("arrived").value == 14
    assert shown.figure("households").value == 7
    [grade] = shown.units[:1]
    assert grade.arrived == 14


def test_people_s_word_stands_beside_every_figure(night: Night) -> None:
    night.confirm(night.evening.tree.school)
    assert board(night).status is Status.CONFIRMED

    night.freeze()
    shown = board(night, night.closed)

    assert {figure.status for figure in shown.figures} == {Status.FROZEN}


def test_who_was_entered_by_hand_where_no_phone_came_is_on_the_board(night: Night) -> None:
    night.correct(night.evening.tree.class_two, 3)

    assert pupils(board(night)) == (11, 6)
