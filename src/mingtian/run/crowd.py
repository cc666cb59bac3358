"""A crowd of phones for the demo: families arrive, watch, drop out and come back. Real HTTP."""

import argparse
import asyncio
import random
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mingtian.core.clock import now_in_milliseconds
from mingtian.run.phones import Invitation, Phone, Wire, open_session

SLOTS = 60
CONNECTIONS = 200
STAYS_AWAY, WATCHES_SHORT, DROPS_OUT = 0.06, 0.10, 0.02
"""Shares of phones that never come, leave after a third, and are away in any one beat."""
LATE_SHARE = 0.15


class Order(msgspec.Struct, frozen=True):
    """What the crowd is told: where, which lecture, when (milliseconds), who, which dice."""

    origin: str
    lecture: int
    doors_at: int
    starts_at: int
    ends_at: int
    invitations: list[Invitation]
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """What one phone will do: come and go in milliseconds since 1970."""

    comes: int
    goes: int


def parts(order: Order, already: int) -> list[Part | None]:
    """Return a part for each invitation, None for those that stay away.

    Most come before the start, the nearer to it the more; some late. ``already`` is the
    present: nobody can have come before it.
    """
    dice = random.Random(order.seed)  # noqa: S311 - dice, not secrets
    length = order.ends_at - order.starts_at
    given: list[Part | None] = []
    for _ in order.invitations:
        if dice.random() < STAYS_AWAY:
            given.append(None)
            continue
        late = dice.random() < LATE_SHARE
        share = dice.triangular(0, 0.45, 0.02) if late else dice.triangular(-0.12, 0.06, 0.03)
        comes = max(order.starts_at + round(share * length), already + dice.randrange(1, 15_000))
        short = dice.random() < WATCHES_SHORT
        goes = order.starts_at + length // 3 if short else order.ends_at
        given.append(Part(comes, max(goes, comes)))
    return given


async def attend(phone: Phone, part: Part, order: Order, wire: Wire) -> None:
    """Live through one evening as one phone."""
    dice = random.Random(f"{order.seed} {phone.name}")  # noqa: S311 - dice, not secrets
    await until(part.comes)
    if not await phone.enter_until_seated(wire):
        return
    while (now := now_in_milliseconds()) < part.goes:
        phone.live |= played(order, part.comes, now)
        if dice.random() >= DROPS_OUT:
            await phone.beat(wire, order.lecture)
        await asyncio.sleep(phone.next_seconds * dice.uniform(0.8, 1.2))
    phone.live |= played(order, part.comes, part.goes)
    await phone.beat(wire, order.lecture)


def played(order: Order, since: int, until_: int) -> int:
    """Return the map of slots of which two thirds lie between two instants."""
    slot_ms = (order.ends_at - order.starts_at) / SLOTS
    watched = 0
    for slot in range(SLOTS):
        begins = order.starts_at + slot * slot_ms
        if min(until_, begins + slot_ms) - max(since, begins) >= slot_ms * 2 / 3:
            watched |= 1 << slot
    return watched


async def until(instant: int) -> None:
    """Wait until an instant in milliseconds."""
    if (wait := instant - now_in_milliseconds()) > 0:
        await asyncio.sleep(wait / 1000)


async def gather(order: Order) -> None:
    """Let everybody attend; returns when the evening is over."""
    async with open_session(CONNECTIONS) as session:
        wire = Wire(order.origin, session)
        given = parts(order, now_in_milliseconds())
        await asyncio.gather(
            *(
                attend(Phone(invitation), part, order, wire)
                for invitation, part in zip(order.invitations, given, strict=True)
                if part is not None
            )
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Read an order from a file and carry it out until it is done or a signal comes."""
    parser = argparse.ArgumentParser(prog="mingtian.run.crowd")
    parser.add_argument("order", type=Path)
    order = msgspec.json.decode(parser.parse_args(arguments).order.read_bytes(), type=Order)

    async def run() -> None:
        crowd = asyncio.create_task(gather(order))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, crowd.cancel)
        with suppress(asyncio.CancelledError):
            await crowd

    asyncio.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
