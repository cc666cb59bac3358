"""What phones of software say and like, and what of it the server has confirmed.

A message keeps its mark until it is answered, so that one sent twice is stored once
(docs/mechanisms/comments.md).
"""

import random
from collections.abc import Awaitable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mingtian.run.phones import Phone, Reply, Wire
from mingtian.run.sayings import URGENT, something

REFUSED = range(400, 500)
"""Answers after which a message is not sent again."""
TALKS, REPEATED = 0.01, 0.20
"""Shares of a drill's phones that say something, or like, in any one slot; and of messages that
are sent twice."""


@dataclass
class Voice:
    """The people of one phone at one lecture.

    ``sent`` holds every message by its mark, ``said`` the marks that the server has confirmed,
    ``waiting`` those that nobody has answered yet. ``wishes`` says who likes the lecture, and
    ``unheard`` whose wish nobody has answered.
    """

    phone: Phone
    lecture: int
    dice: random.Random
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    wishes: dict[int, bool] = field(default_factory=dict)
    unheard: set[int] = field(default_factory=set)

    async def say(self, wire: Wire) -> str:
        """Let somebody of the home say something new; return its mark."""
        person = self.dice.randrange(len(self.phone.members))
        words = something(self.dice, pupil=self.phone.members[person]["kind"] == "pupil")
        mark = f"{self.dice.getrandbits(64):016x}"
        self.sent[mark] = {"lecture": self.lecture, "person": person, "key": mark, **words}
        self.waiting.add(mark)
        await self.send(wire, mark)
        return mark

    async def send(self, wire: Wire, mark: str) -> Reply:
        """Send a message, for the first time or again."""
        reply = await wire.post("/say", {"seat": self.phone.seat, **self.sent[mark]})
        if reply.status == 200:
            self.said.add(mark)
        if reply.status == 200 or reply.status in REFUSED:
            self.waiting.discard(mark)
        return reply

    async def like(self, wire: Wire) -> None:
        """Let somebody like the lecture, or take the like back."""
        person = self.dice.randrange(len(self.phone.members))
        self.wishes[person] = not self.wishes.get(person, False)
        self.unheard.add(person)
        await self.wish(wire, person)

    async def wish(self, wire: Wire, person: int) -> None:
        """Send somebody's wish, for the first time or again."""
        reply = await wire.post("/like", self.like_of(person, self.wishes[person]))
        if reply.status == 200:
            self.unheard.discard(person)

    async def settle(self, wire: Wire) -> None:
        """Send once more what nobody has answered."""
        for mark in sorted(self.waiting):
            await self.send(wire, mark)
        for person in sorted(self.unheard):
            await self.wish(wire, person)

    async def is_remembered(self, wire: Wire) -> bool:
        """Say whether the server remembers the home's likes as the home does."""
        reply = await wire.post("/like", self.like_of(0, None))
        told = {n: one["like"] for n, one in enumerate(reply.body.get("people", []))}
        return told == {n: self.wishes.get(n, False) for n in range(len(self.phone.members))}

    def like_of(self, person: int, wish: bool | None) -> dict[str, Any]:
        """Return the body of a like, of its taking back, or of a mere question."""
        return {"seat": self.phone.seat, "lecture": self.lecture, "person": person, "like": wish}

    def forget(self) -> None:
        """Hold for sent what outlives an erasure: words that tell of harm (decision 0009)."""
        self.sent = {m: body for m, body in self.sent.items() if body.get("text") in URGENT}
        self.said &= set(self.sent)


@dataclass
class Talk:
    """All voices of a drill. A home with two phones likes with the first only."""

    voices: list[Voice]
    repeated: int = 0

    def during_slot(self, wire: Wire, dice: random.Random) -> Iterator[Awaitable[object]]:
        """Yield what is said and liked in one slot, some of it twice."""
        likers: set[int] = set()
        for voice in self.voices:
            is_first = id(voice.phone.invitation) not in likers
            likers.add(id(voice.phone.invitation))
            if not voice.phone.epoch or voice.phone.left:
                continue
            if dice.random() < TALKS:
                yield self.say(voice, wire, twice=dice.random() < REPEATED)
            if is_first and dice.random() < TALKS:
                yield voice.like(wire)

    async def say(self, voice: Voice, wire: Wire, *, twice: bool) -> None:
        mark = await voice.say(wire)
        if twice:
            self.repeated += 1
            await voice.send(wire, mark)

    def unanswered(self) -> list[Voice]:
        """Return the voices that wait for an answer."""
        return [voice for voice in self.voices if voice.waiting or voice.unheard]

    def of(self, phone: Phone) -> Voice:
        """Return the voice of a phone."""
        return next(voice for voice in self.voices if voice.phone is phone)

    def liking(self) -> list[Voice]:
        """Return the voices of homes that liked and are still there."""
        return [voice for voice in self.voices if voice.wishes and not voice.phone.left]


def marks(voices: Iterable[Voice], *, said: bool) -> set[str]:
    """Return the marks of all messages, or of those that the server has confirmed."""
    return {mark for voice in voices for mark in (voice.said if said else voice.sent)}
