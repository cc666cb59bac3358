"""The checks of a beat, in order. Each is pure and either passes or names its Reason."""

from collections.abc import Callable

import msgspec

from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.ingest.schedule import Lecture
from mingtian.attendance.ingest.tokens import Seat


class Heard(msgspec.Struct, frozen=True, gc=False):
    """A beat as it was heard: who, at which lecture, when, with which maps.

    ``now`` in milliseconds and ``running``, the slot at that instant, by the server's clock.
    ``closed`` says that the lecture takes no live maps any more; only its replay still counts.
    ``withdrawn`` says that everybody on this seat took leave and is not counted.
    ``first`` is the slot of the seat's first beat as far as this request knows; ``stored``
    says that the arrival is in the database of this epoch already, which ``ticket`` proves.
    """

    seat: Seat
    lecture: Lecture
    live: int
    replay: int
    first: int
    stored: bool
    ticket: str
    running: int
    now: int
    closed: bool
    withdrawn: bool


Step = Callable[[Heard], Reason | None]


def refuse_expired_seat(beat: Heard) -> Reason | None:
    return Reason.EXPIRED_SEAT if beat.now >= beat.seat.expires * 1000 else None


def refuse_withdrawn(beat: Heard) -> Reason | None:
    return Reason.WITHDRAWN if beat.withdrawn else None


def refuse_other_campaign(beat: Heard) -> Reason | None:
    return Reason.OTHER_CAMPAIGN if beat.seat.campaign != beat.lecture.campaign else None


def refuse_not_open_yet(beat: Heard) -> Reason | None:
    return Reason.NOT_OPEN_YET if beat.now < beat.lecture.times.doors else None


def refuse_over(beat: Heard) -> Reason | None:
    times = beat.lecture.times
    return Reason.OVER if beat.now >= max(times.closes, times.replay_until) else None


STEPS: tuple[Step, ...] = (
    refuse_expired_seat,
    refuse_withdrawn,
    refuse_other_campaign,
    refuse_not_open_yet,
    refuse_over,
)


def first_objection(beat: Heard) -> Reason | None:
    """Return the first reason against this beat, or None."""
    for step in STEPS:
        if (reason := step(beat)) is not None:
            return reason
    return None
