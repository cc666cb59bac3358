"""Seat tokens and arrival tickets: what the phone carries so that the server need not look.

Both are short byte strings under a keyed BLAKE2b MAC, checked in about 2 µs without the
database. A key id says which key made them, so keys can be changed without ending evenings.

A *seat token* names the campaign, the seat, the household and up to eight persons with
their counting unit and kind. An *arrival ticket* names the slot of a seat's first beat at a
lecture, as the server's clock saw it, and the epoch in which that arrival was stored, if any:
after a restore from a backup it has to be stored again.
"""

import struct
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from hashlib import blake2b
from hmac import compare_digest
from zlib import crc32

import msgspec

MAC_BYTES = 16
VERSION = 1
USES = (b"seat", b"ticket")
"""Mixed into the MAC, so that a ticket never passes for a seat."""

_SEAT = struct.Struct(">BBIIQQIB")
_MEMBER = struct.Struct(">QIB")
_TICKET = struct.Struct(">BBIQBI")

Member = tuple[int, int, int]
"""A person that a seat speaks for, with counting unit and kind."""


class Seat(msgspec.Struct, frozen=True, gc=False):
    """What a seat token says. ``expires`` in seconds since 1970."""

    expires: int
    campaign: int
    seat: int
    household: int
    unit: int
    members: tuple[Member, ...]


class Ticket(msgspec.Struct, frozen=True, gc=False):
    """What an arrival ticket says.

    ``epoch`` is the mark of the epoch in which the arrival was stored, 0 when only the clock
    has witnessed it.
    """

    lecture: int
    seat: int
    first: int
    epoch: int


@lru_cache(maxsize=8)
def epoch_mark(epoch: str) -> int:
    """Return the short form of an epoch that tickets carry; 0 while no epoch is known."""
    return crc32(epoch.encode())


class Mint:
    """Makes and opens tokens with numbered keys; the highest id makes."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._current = max(keys)
        # By use and by the first two bytes of a token. They have taken their key in already:
        # copying a hasher is half the work of making it.
        self._hashers = {
            use: {
                bytes((VERSION, number)): blake2b(key=key, digest_size=MAC_BYTES, person=use)
                for number, key in keys.items()
            }
            for use in USES
        }

    def seat(self, seat: Seat) -> str:
        """Return the token of a seat, about 80 characters for one person, 220 for eight."""
        head = _SEAT.pack(
            VERSION, self._current, seat.expires, seat.campaign, seat.seat, seat.household,
            seat.unit, len(seat.members),
        )  # fmt: skip
        return self._seal(head + b"".join(_MEMBER.pack(*one) for one in seat.members), b"seat")

    def open_seat(self, token: str) -> Seat | None:
        """Return what the token says, or None when no key of ours made it."""
        if (body := self._open(token, b"seat")) is None:
            return None
        _, _, expires, campaign, seat, household, unit, _ = _SEAT.unpack_from(body)
        members = tuple(_MEMBER.iter_unpack(body[_SEAT.size :]))
        return Seat(expires, campaign, seat, household, unit, members)

    def ticket(self, ticket: Ticket) -> str:
        """Return the ticket as text, 47 characters."""
        body = _TICKET.pack(
            VERSION, self._current, ticket.lecture, ticket.seat, ticket.first, ticket.epoch
        )
        return self._seal(body, b"ticket")

    def open_ticket(self, text: str) -> Ticket | None:
        """Return what the ticket says, or None when it is empty or not ours."""
        if not text or (body := self._open(text, b"ticket")) is None:
            return None
        _, _, lecture, seat, first, epoch = _TICKET.unpack(body)
        return Ticket(lecture, seat, first, epoch)

    def _seal(self, body: bytes, use: bytes) -> str:
        mac = _mac(self._hashers[use][body[:2]], body)
        return b2a_base64(body + mac, newline=False).rstrip(b"=").decode()

    def _open(self, text: str, use: bytes) -> bytes | None:
        try:
            raw = a2b_base64(text + "==")  # more padding than needed is passed over
        except (NotBase64, ValueError):
            return None
        if (hasher := self._hashers[use].get(raw[:2])) is None:
            return None
        body = raw[:-MAC_BYTES]
        return body if compare_digest(raw[-MAC_BYTES:], _mac(hasher, body)) else None


def _mac(hasher: blake2b, body: bytes) -> bytes:
    own = hasher.copy()
    own.update(body)
    return own.digest()
