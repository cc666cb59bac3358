"""A crowd of phones for the demo: families arrive, watch, say something, drop out and come back.

Real HTTP."""

import argparse
import asyncio
import math
import random
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from mingtian.attendance.rules import SLOTS
from mingtian.core.clock import now_in_milliseconds
from mingtian.run.phones import Invitation, Phone, Wire, open_session, until
from mingtian.run.voices import Voice

CONNECTIONS = 100
DROPS_OUT = 0.03
"""Share of beats that find no network; the phone sends everything with the next."""
SPEAKS, LIKES = 0.35, 0.3
"""Shares of phones on which somebody says something, once or twice, and likes the lecture."""


class Guest(msgspec.Struct, frozen=True):
    """One phone: what it calls itself, its entries, its first slot and what it will play."""

    phone: str
    entries: list[Invitation]
    first: int
    played: int


class Order(msgspec.Struct, frozen=True):
    """What the crowd is told: where, which lecture, when (milliseconds), who, which dice."""

    origin: str
    lecture: int
    starts_at: int
    ends_at: int
    guests: list[Guest]
    seed: int = 1

    @property
    def slot_ms(self) -> float:
        return (self.ends_at - self.starts_at) / SLOTS

    def slot_at(self, now: int) -> int:
        """Return the slot that runs; negative before the start, 60 or more after the end."""
        return int((now - self.starts_at) // self.slot_ms)


def comes_at(order: Order, guest: Guest, now: int, dice: random.Random) -> float:
    """Return when a guest opens the page: the early ones between now and the start, more and
    more of them, the late ones in their first slot."""
    if guest.first == 0:
        return now + max(0, order.starts_at - now) * math.sqrt(dice.random())
    return order.starts_at + (guest.first + 0.2 + 0.5 * dice.random()) * order.slot_ms


def talks_at(order: Order, now: int, dice: random.Random) -> list[tuple[float, bool]]:
    """Return when a phone that has come says something (True) or likes the lecture, in order."""
    left = max(0, order.ends_at - now)
    words = dice.choice((1, 1, 2)) if dice.random() < SPEAKS else 0
    likes = int(dice.random() < LIKES)
    return sorted((now + left * dice.random(), n < words) for n in range(words + likes))


async def talk(voice: Voice, plan: list[tuple[float, bool]], wire: Wire) -> None:
    """Say and like what is due by now, and once more what nobody has answered."""
    await voice.settle(wire)
    while plan and plan[0][0] <= now_in_milliseconds():
        _, speaks = plan.pop(0)
        await (voice.say(wire) if speaks else voice.like(wire))


async def attend(order: Order, guest: Guest, wire: Wire, now: int) -> None:
    """Live through one evening as one phone."""
    dice = random.Random(f"{order.seed} {guest.phone}")  # noqa: S311 - dice, not secrets
    await until(comes_at(order, guest, now, dice))
    phone = Phone(guest.entries[0], name=guest.phone)
    for entry in guest.entries:
        phone.invitation = entry
        if not await phone.enter_until_seated(wire):
            return
    voice = Voice(phone, order.lecture, dice)
    plan = talks_at(order, now_in_milliseconds(), dice)
    while not phone.epoch or now_in_milliseconds() < order.ends_at:
        phone.live |= guest.played & begun(order.slot_at(now_in_milliseconds()))
        if not phone.epoch or dice.random() >= DROPS_OUT:
            await phone.beat(wire, order.lecture)
            await talk(voice, plan, wire)
        await asyncio.sleep(phone.next_seconds * dice.uniform(0.8, 1.2) if phone.epoch else 2)
    phone.live = guest.played
    while not phone.all_settled and now_in_milliseconds() < order.ends_at + 60_000:
        reply = await phone.beat(wire, order.lecture)
        if reply.body.get("why") == "before_arrival":
            # It came later than it was meant to; those slots will never count.
            return
        await asyncio.sleep(2 * dice.random())


def begun(slot: int) -> int:
    """Return the map of the slots that are over when ``slot`` runs."""
    return (1 << max(0, min(slot, SLOTS))) - 1


async def gather(order: Order) -> None:
    """Let everybody attend; returns when the evening is over."""
    async with open_session(CONNECTIONS) as session:
        wire = Wire(order.origin, session)
        now = now_in_milliseconds()
        await asyncio.gather(*(attend(order, guest, wire, now) for guest in order.guests))


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
