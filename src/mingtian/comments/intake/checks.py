"""Who speaks at which lecture, and whether it is the time for it."""

import msgspec

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.schedule import Lecture, Schedule
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.comments.intake.reasons import NotTaken, Objection
from mingtian.comments.intake.wire import Like, Say


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """One person of a seat at one lecture."""

    person: int
    unit: int
    kind: int
    lecture: Lecture
    seat: Seat


def speaker_of(sent: Say | Like, *, mint: Mint, schedule: Schedule, now: int) -> Speaker:
    """Return who sends this, or raise Refused or NotTaken."""
    if (seat := mint.open_seat(sent.seat)) is None:
        raise Refused(Reason.BAD_SEAT)
    if now >= seat.expires * 1000:
        raise Refused(Reason.EXPIRED_SEAT)
    if (lecture := schedule.lectures.get(sent.lecture)) is None:
        raise Refused(Reason.UNKNOWN_LECTURE)
    if seat.campaign != lecture.campaign:
        raise Refused(Reason.OTHER_CAMPAIGN)
    if sent.person >= len(seat.members):
        raise NotTaken(Objection.NOBODY_THERE)
    person, unit, kind = seat.members[sent.person]
    return Speaker(person, unit, kind, lecture, seat)


def refuse_outside_hours(lecture: Lecture, now: int) -> None:
    """Refuse before the doors open and from the closing time on, to the second."""
    if now < lecture.times.doors:
        wait = max(1, (lecture.times.doors - now) // 1000)
        raise NotTaken(Objection.TALK_NOT_OPEN, retry=wait)
    if now >= lecture.times.closes:
        raise NotTaken(Objection.TALK_OVER)
