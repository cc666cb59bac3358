"""Phones made of software: they keep their side of the wire as docs/mechanisms/ingest.md asks.

Used by the crowd of the demo, by the drill and by the bench. They speak to the loopback
address only.
"""

import asyncio
import json
import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from mingtian.core.clock import now_in_milliseconds
from mingtian.people.rules import CONSENT_VERSION, GivenBy

NO_REPLY = "no_reply"
"""What a phone sees when the server is gone: neither acknowledged nor refused."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    """What a family has in hand: the code of the class, and who is at home.

    ``beside`` holds the children of the same home at another school, who enter with that code.
    """

    code: str
    unit: int
    people: tuple[tuple[str, str], ...]
    kin: tuple[str, ...] = ()
    agrees: str = GivenBy.GUARDIAN.value
    assisted: bool = False
    beside: "Invitation | None" = None

    def parts(self) -> "list[Invitation]":
        """Return this invitation and those beside it, in the order in which they are used."""
        return [self, *(self.beside.parts() if self.beside else [])]

    def persons(self) -> list[str]:
        """Return a label for each person, the same on every phone of the home."""
        home = min((number for number, _ in self.people), default="")
        return [f"pupil {number}" for number, _ in self.people] + [
            f"{kin} of {home}" for kin in self.kin
        ]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status 0 when nothing did."""

    status: int
    body: dict[str, Any]

    @property
    def outcome(self) -> str:
        """``ok``, the refusal's code, or ``no_reply``."""
        if self.status == 200:
            return "ok"
        return str(self.body.get("code", NO_REPLY))


class Wire:
    """Carries requests to one server and counts how they end."""

    def __init__(self, origin: str, session: aiohttp.ClientSession) -> None:
        assert origin.startswith("http://127.0.0.1:"), "phones of software stay on this machine"
        self._origin = origin
        self._session = session
        self.sent: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    async def post(self, path: str, body: bytes | dict[str, Any]) -> Reply:
        """Send a body; never raises for what a network can do."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.sent[path] += 1
        try:
            async with self._session.post(f"{self._origin}{path}", data=raw) as response:
                reply = Reply(response.status, json.loads(await response.read()))
        except (aiohttp.ClientError, TimeoutError, ValueError, ConnectionError):
            reply = Reply(0, {})
        self.outcomes[reply.outcome] += 1
        self.acknowledged[path] += reply.status == 200
        return reply


@dataclass
class Phone:
    """One seat of a phone: its map, what is settled, its ticket.

    ``live`` holds every slot that was played, ``settled`` what the server has confirmed. Two
    homes on one phone are two of these with one ``name``. ``members`` are the people of the seat
    as the server counts them. ``left`` says that the home took its
    leave: whatever the server answers since counts as confirmed no more.
    """

    invitation: Invitation
    name: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    seat: str = ""
    ticket: str = ""
    epoch: str = ""
    live: int = 0
    settled: int = 0
    acknowledged: int = 0
    next_seconds: float = 60.0
    left: bool = False
    members: list[dict[str, Any]] = field(default_factory=list)

    @property
    def all_settled(self) -> bool:
        """Say whether the server has confirmed every slot that this phone holds."""
        return bool(self.epoch) and self.live & ~self.settled == 0

    async def enter(self, wire: Wire) -> bool:
        """Enter the hall once, with every code of the home; True when seated with all."""
        for invitation in self.invitation.parts():
            reply = await wire.post("/enter", self.entry(invitation))
            if reply.status != 200:
                return False
            self.seat = reply.body["seat"]
            self.members = reply.body["members"]
        return True

    def entry(self, invitation: Invitation) -> dict[str, Any]:
        """Return the entry with one code; the seat says which home it adds to."""
        return {
            "code": invitation.code,
            "phone": self.name,
            "people": [{"number": n, "name": name} for n, name in invitation.people],
            "kin": list(invitation.kin),
            "seat": self.seat,
            "consent": {"version": CONSENT_VERSION, "by": invitation.agrees},
            "assisted": invitation.assisted,
        }

    async def enter_until_seated(self, wire: Wire, *, tries: int = 60) -> bool:
        """Enter, trying again while the server is away or busy."""
        for _ in range(tries):
            if await self.enter(wire):
                return True
            await asyncio.sleep(0.5)
        return False

    def body(self, lecture: int, live: int | None = None) -> dict[str, Any]:
        """Return the beat that says what this phone holds, or an earlier map."""
        shown = self.live if live is None else live
        return {
            "v": 1,
            "seat": self.seat,
            "lecture": lecture,
            "live": f"{shown:x}",
            "ticket": self.ticket,
        }

    async def beat(self, wire: Wire, lecture: int, live: int | None = None) -> Reply:
        """Send the whole state, or an earlier one, and keep what the reply says."""
        reply = await wire.post("/b", self.body(lecture, live))
        self.ticket = reply.body.get("ticket") or self.ticket
        if reply.status == 200 and not self.left:
            self.acknowledged += 1
            self.settled |= int(reply.body["live"], 16)
            self.next_seconds = float(reply.body["next"])
            if self.epoch not in {"", reply.body["epoch"]}:
                self.settled = int(reply.body["live"], 16)
            self.epoch = reply.body["epoch"]
        return reply


async def until(instant: float) -> None:
    """Wait until an instant in milliseconds; at once when it is past."""
    await asyncio.sleep(max(0.0, (instant - now_in_milliseconds()) / 1000))


def open_session(connections: int) -> aiohttp.ClientSession:
    """Return a session with so many kept connections; an answer may take 15 seconds."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections, ttl_dns_cache=None),
        timeout=aiohttp.ClientTimeout(total=15),
    )
