"""From a checked beat to rows, and the batch that stores them."""

import msgspec
from psycopg.rows import TupleRow

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.schedule import Schedule
from mingtian.attendance.ingest.steps import Heard, first_objection
from mingtian.attendance.ingest.store import Lanes, Store, column
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.ingest.wire import Beat, map_of
from mingtian.attendance.rules import SLOTS, Clipped, clip_live, clip_replay


class Settled(msgspec.Struct, frozen=True, gc=False):
    """What is committed of a beat, in which epoch, and why the rest is not."""

    live: int
    replay: int
    first: int
    why: Clipped | None
    epoch: str


def listen(beat: Beat, *, mint: Mint, schedule: Schedule, epoch: int, now: int) -> Heard:
    """Check a beat from token to clock, or raise Refused. Touches nothing outside.

    ``epoch`` is the mark of the present one (tokens.epoch_mark).
    """
    if (seat := mint.open_seat(beat.seat)) is None:
        raise Refused(Reason.BAD_SEAT)
    if (lecture := schedule.lectures.get(beat.lecture)) is None:
        raise Refused(Reason.UNKNOWN_LECTURE)
    heard = hear(beat, seat, schedule, mint=mint, epoch=epoch, now=now)
    if (reason := first_objection(heard)) is not None:
        early = reason is Reason.NOT_OPEN_YET
        raise Refused(reason, retry=max(1, (lecture.times.doors - now) // 1000) if early else None)
    return heard


def hear(beat: Beat, seat: Seat, schedule: Schedule, *, mint: Mint, epoch: int, now: int) -> Heard:
    """Put together what a beat of a known lecture says and what clock and ticket say of it."""
    lecture = schedule.lectures[beat.lecture]
    running = lecture.times.slot_at(now)
    ticket = mint.open_ticket(beat.ticket)
    if ticket is None or ticket.seat != seat.seat or ticket.lecture != lecture.id:
        # Without a ticket this is the first beat as far as anybody can prove.
        first, stored = min(max(running, 0), SLOTS), False
    else:
        first, stored = ticket.first, ticket.epoch == epoch != 0
    return Heard(
        seat, lecture, map_of(beat.live), map_of(beat.replay), first, stored, beat.ticket,
        running, now, now >= lecture.times.closes,
        all(person in schedule.departed for person, _, _ in seat.members),
    )  # fmt: skip


class BeatWriter:
    """Writes batches of beats: first arrivals, then maps and tallies in one statement.

    One batch on each connection. Two that touch the same tallies wait for each other.
    """

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def write(self, beats: list[Heard]) -> list[Settled]:
        """Make the batch durable and say what is settled of each beat, in order."""
        with self._lanes.one() as store:
            while True:
                epoch = store.epoch
                settled = await write_batch(store, beats)
                if store.epoch == epoch:
                    return settled
                # The database was another one half-way. What is told to phones must be
                # stored whole in the epoch that it names; storing twice changes nothing.


async def write_batch(store: Store, beats: list[Heard]) -> list[Settled]:
    firsts = await first_slots(store, [b for b in beats if not b.stored and not b.closed])
    kept = await kept_live(store, [beat for beat in beats if beat.closed and beat.live])
    epoch = store.epoch
    settled = [
        settle_late(beat, kept, epoch)
        if beat.closed
        else settle(beat, firsts.get((beat.lecture.id, beat.seat.seat), beat.first), epoch)
        for beat in beats
    ]
    await merge(store, beats, settled)
    return settled


async def first_slots(store: Store, beats: list[Heard]) -> dict[tuple[int, int], int]:
    """Store arrivals and return the first slot that holds, by lecture and seat.

    A phone whose first reply got lost and that comes back after the end has arrived in
    time all the same: its arrival is looked up.
    """
    coming = [beat for beat in beats if beat.first < SLOTS]
    asking = [beat for beat in beats if beat.first == SLOTS]
    rows = await arrive(store, coming) if coming else []
    rows += await look_up(store, asking) if asking else []
    return {(lecture, seat): first for lecture, seat, first in rows}


async def arrive(store: Store, beats: list[Heard]) -> list[TupleRow]:
    return await store.execute(
        "arrive",
        {
            "lecture": column(b.lecture.id for b in beats),
            "seat": column(b.seat.seat for b in beats),
            "household": column(b.seat.household for b in beats),
            "unit": column(b.seat.unit for b in beats),
            "first": column(b.first for b in beats),
        },
    )


async def look_up(store: Store, beats: list[Heard]) -> list[TupleRow]:
    return await store.execute(
        "arrivals",
        {
            "lecture": column(b.lecture.id for b in beats),
            "seat": column(b.seat.seat for b in beats),
        },
    )


async def kept_live(store: Store, beats: list[Heard]) -> dict[tuple[int, int], int]:
    """Return the live maps that were stored before the closing, by lecture and person."""
    if not beats:
        return {}
    asked = [(beat.lecture.id, person) for beat in beats for person, _, _ in beat.seat.members]
    lecture, person = zip(*asked, strict=True)
    values: dict[str, object] = {"lecture": column(lecture), "person": column(person)}
    rows = await store.execute("settled_live", values)
    return {(lecture, person): live for lecture, person, live in rows}


async def merge(store: Store, beats: list[Heard], settled: list[Settled]) -> None:
    """Join the maps into the rows and move the tallies, in one statement."""
    rows = [
        (beat.lecture.id, *member, done.live if done.first < SLOTS else None, done.replay)
        for beat, done in zip(beats, settled, strict=True)
        if done.first < SLOTS or done.replay
        for member in beat.seat.members
    ]
    if not rows:
        return
    lecture, person, unit, kind, live, replay = zip(*rows, strict=True)
    # From the beats themselves: a lecture that has left the schedule since is tallied too.
    rules = {beat.lecture.id: beat.lecture.needed for beat in beats}
    await store.execute(
        "merge",
        {
            "lecture": column(lecture),
            "person": column(person),
            "unit": column(unit),
            "kind": column(kind),
            "live": column(live),
            "replay": column(replay),
            "rule_lecture": column(rules),
            "rule_needed": column(rules.values()),
        },
    )


def settle(beat: Heard, first: int, epoch: str) -> Settled:
    """Return what the server's clock lets count of a beat whose seat arrived in slot ``first``."""
    live, why_live = clip_live(beat.live, running=beat.running, first=first)
    replay, why_replay = clip_replay(beat.replay, times=beat.lecture.times, now=beat.now)
    return Settled(live, replay, first, why_live or why_replay, epoch)


def settle_late(beat: Heard, kept: dict[tuple[int, int], int], epoch: str) -> Settled:
    """Return what is settled after the closing: live slots stored before, the replay as ever."""
    live = 0
    for person, _, _ in beat.seat.members:
        live |= kept.get((beat.lecture.id, person), 0)
    live &= beat.live
    replay, why_replay = clip_replay(beat.replay, times=beat.lecture.times, now=beat.now)
    why_live = Clipped.AFTER_CLOSING if live != beat.live else None
    return Settled(live, replay, SLOTS, why_live or why_replay, epoch)
