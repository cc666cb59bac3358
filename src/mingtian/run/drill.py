"""A bounded evening with everything that goes wrong, and a reconciliation at its end.

Real HTTP, real PostgreSQL. Phones re-send, reorder, forge, truncate, drop out and return;
ingest is killed and PostgreSQL crashes in the middle. At the end every number must agree:
sent ≥ acknowledged = stored = tallied = board, for each class and in all; comments sent ≥
acknowledged = stored, message by message; likes as each home remembers them. A fault that did
not happen fails the drill too.

Beside the phones, class teachers note by hand, count heads and decide exemptions; one home
takes its leave in the middle, another is erased after the end, and both go on reporting. None
of that may move what phones recorded.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from mingtian.attendance.rules import SLOTS
from mingtian.core.clock import now_in_milliseconds
from mingtian.run.phones import Phone, Wire, until
from mingtian.run.voices import Talk, Voice

RESENT, REORDERED, DISHONEST, TRUNCATED = 0.20, 0.10, 0.02, 0.01
"""Shares of beats: sent twice, followed by an older one, not honest, cut off."""
AWAY = 0.10
"""Share of phones without a network in any one slot; they play on and send later."""
LATE = 0.10
"""Share of phones that come after the start."""

CONNECTIONS = 64
KILL_AT, CRASH_AT = 20, 40
"""The slots in which ingest is killed and PostgreSQL crashes."""
NOTE_AT, LEAVE_AT = 10, 30
"""The slots in which class teachers note by hand, and in which a home takes its leave."""
SETTLE_ROUNDS = 60
SETTLE_PAUSE = 0.25


@dataclass
class Faults:
    """What went wrong on purpose, counted where it happened."""

    resent: int = 0
    reordered: int = 0
    forged: int = 0
    expired: int = 0
    ahead_of_clock: int = 0
    truncated: int = 0
    away: int = 0
    ingest_killed: int = 0
    postgres_crashed: int = 0

    def missing(self) -> list[str]:
        """Return the faults that never happened; a drill without them proves nothing."""
        return [name for name, times in vars(self).items() if times == 0]


@dataclass
class Evening:
    """The phones of one drill, their dice, and what they have seen.

    ``expired`` makes an expired token of a seat. ``comes`` says from which slot on a phone
    is there; nobody plays a slot before its arrival is acknowledged.
    """

    wire: Wire
    phones: list[Phone]
    lecture: int
    dice: random.Random
    expired: Callable[[str], str]
    faults: Faults = field(default_factory=Faults)
    comes: dict[str, int] = field(default_factory=dict)
    forgetful: int = 0
    """Homes whose likes the server does not remember as they do."""

    def __post_init__(self) -> None:
        self.talk = Talk([Voice(phone, self.lecture, self.dice) for phone in self.phones])

    @property
    def beats_sent(self) -> int:
        """All requests but entries; the honest and the others."""
        return self.wire.sent["/b"]

    @property
    def beats_acknowledged(self) -> int:
        return self.wire.acknowledged["/b"]

    async def enter(self, on_progress: Callable[[int], None]) -> None:
        """Let everybody in, a few at a time, and decide who comes late."""
        done = 0

        async def one(phone: Phone) -> None:
            nonlocal done
            await phone.enter_until_seated(self.wire)
            done += 1
            on_progress(done)

        for phone in self.phones:
            late = self.dice.random() < LATE
            # Two homes on one phone come together.
            self.comes.setdefault(phone.name, self.dice.randrange(1, SLOTS // 2) if late else -1)
        await all_within(one(phone) for phone in self.phones)

    async def arrive(self, slot: int) -> None:
        """Let those who come by this slot send their first beat; who gets no answer tries again."""
        coming = [
            phone
            for phone in self.phones
            if phone.seat and not phone.epoch and self.comes[phone.name] <= slot
        ]
        await all_within(phone.beat(self.wire, self.lecture) for phone in coming)

    async def play(self, slot: int) -> None:
        """Let every phone that has arrived play one slot and say so, in its own way."""
        there = [phone for phone in self.phones if phone.epoch]
        for phone in there:
            phone.live |= 1 << slot
        online = [phone for phone in there if self.dice.random() >= AWAY]
        self.faults.away += len(there) - len(online)
        self.dice.shuffle(online)
        await all_within(self.say(phone, slot) for phone in online)

    async def say(self, phone: Phone, slot: int) -> None:
        """Send the beat of one slot, with the faults that the dice bring."""
        roll = self.dice.random()
        if roll < TRUNCATED:
            self.faults.truncated += 1
            whole = json.dumps(phone.body(self.lecture)).encode()
            await self.wire.post("/b", whole[: self.dice.randrange(1, len(whole) - 1)])
        elif roll < TRUNCATED + DISHONEST:
            await self.lie(phone, slot)
        await phone.beat(self.wire, self.lecture)
        if self.dice.random() < RESENT:
            self.faults.resent += 1
            await phone.beat(self.wire, self.lecture)
        if self.dice.random() < REORDERED:
            self.faults.reordered += 1
            await phone.beat(self.wire, self.lecture, phone.live & ((1 << slot) - 1))

    async def lie(self, phone: Phone, slot: int) -> None:
        """Send a beat with a wrong MAC, an expired seat, or a map far ahead of the clock."""
        body = phone.body(self.lecture)
        kind = self.dice.choice(("forged", "expired", "ahead_of_clock"))
        setattr(self.faults, kind, getattr(self.faults, kind) + 1)
        if kind == "forged":
            body["seat"] = body["seat"][:-6] + "AAAAAA"
        elif kind == "expired":
            body["seat"] = self.expired(body["seat"])
        else:
            body["live"] = f"{phone.live | ((1 << SLOTS) - (1 << (slot + 3))):x}"
        reply = await self.wire.post("/b", body)
        if reply.status == 200 and not phone.left:
            # A slow evening may have begun some of those slots: then they count like any.
            phone.settled |= int(reply.body["live"], 16)
            phone.live |= int(reply.body["live"], 16)

    async def settle(self) -> None:
        """After the last fault, send every map until the server has confirmed all of it."""
        await self.confirm([phone for phone in self.phones if phone.epoch and not phone.left])
        for _ in range(SETTLE_ROUNDS):
            waiting = self.talk.unanswered()
            if not waiting:
                break
            await all_within(voice.settle(self.wire) for voice in waiting)
            await asyncio.sleep(SETTLE_PAUSE)
        for voice in self.talk.liking():
            self.forgetful += not await voice.is_remembered(self.wire)

    async def confirm(self, phones: Iterable[Phone]) -> None:
        """Let phones send what they hold until the server has confirmed all of it."""
        for _ in range(SETTLE_ROUNDS):
            waiting = [phone for phone in phones if not phone.all_settled]
            if not waiting:
                return
            await all_within(phone.beat(self.wire, self.lecture) for phone in waiting)
            await asyncio.sleep(SETTLE_PAUSE)

    def choose_home(self) -> Phone:
        """Return a phone that speaks alone for its home and came by itself, at random."""
        names = Counter(phone.name for phone in self.phones)
        homes = Counter(id(phone.invitation) for phone in self.phones)
        alone = [
            phone
            for phone in self.phones
            if phone.epoch and not phone.left and names[phone.name] == 1
            and homes[id(phone.invitation)] == 1 and not phone.invitation.assisted
            and phone.invitation.beside is None
        ]  # fmt: skip
        return self.dice.choice(alone)

    async def see_off(self, phone: Phone, leave: Callable[[str], None]) -> None:
        """Let a home settle what it holds and leave; then report and talk on as if nothing had
        happened."""
        voice = self.talk.of(phone)
        await self.confirm([phone])
        await voice.settle(self.wire)
        await asyncio.to_thread(leave, phone.seat)
        phone.left = True
        phone.live |= (1 << SLOTS) - 1
        await phone.beat(self.wire, self.lecture)
        await voice.say(self.wire)


async def all_within(works: Iterable[Awaitable[object]]) -> None:
    """Await everything, at most CONNECTIONS at a time."""
    gate = asyncio.Semaphore(CONNECTIONS)

    async def one(work: Awaitable[object]) -> None:
        async with gate:
            await work

    await asyncio.gather(*(one(work) for work in works))


@dataclass(frozen=True)
class Hands:
    """What happens to an evening from outside its phones. Blocking; run in a thread.

    ``withdraw`` and ``erase`` take the seat of the home that leaves.
    """

    kill_ingest: Callable[[], None]
    crash_postgres: Callable[[], None]
    note: Callable[[list[str]], None]
    withdraw: Callable[[str], None]
    erase: Callable[[str], None]


async def live_through(
    evening: Evening,
    hands: Hands,
    *,
    starts_at: int,
    slot_ms: float,
    on_progress: Callable[[int], None],
) -> None:
    """Play sixty slots by the server's clock, with all that happens, settle, erase one home."""
    while now_in_milliseconds() < starts_at:
        await evening.arrive(-1)
        await asyncio.sleep(0.2)
    breaking: list[asyncio.Task[None]] = []
    for slot in range(SLOTS):
        # A third into the slot: it has surely begun by the server's clock.
        await until(starts_at + (slot + 1 / 3) * slot_ms)
        if slot == KILL_AT:
            breaking.append(asyncio.create_task(asyncio.to_thread(hands.kill_ingest)))
            evening.faults.ingest_killed += 1
        if slot == CRASH_AT:
            breaking.append(asyncio.create_task(asyncio.to_thread(hands.crash_postgres)))
            evening.faults.postgres_crashed += 1
        if slot == NOTE_AT:
            seats = [phone.seat for phone in evening.phones if phone.epoch]
            breaking.append(asyncio.create_task(asyncio.to_thread(hands.note, seats)))
        if slot == LEAVE_AT:
            await evening.see_off(evening.choose_home(), hands.withdraw)
        await evening.play(slot)
        await all_within(evening.talk.during_slot(evening.wire, evening.dice))
        await evening.arrive(slot)
        on_progress(slot + 1)
    await asyncio.gather(*breaking)
    await evening.settle()
    home = evening.choose_home()
    evening.talk.of(home).forget()
    await evening.see_off(home, hands.erase)
