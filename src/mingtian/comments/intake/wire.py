"""What phones send. A field may be added; none is renamed or retyped."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mingtian.people.rules import MOST_ON_ONE_SEAT

Token = Annotated[str, Meta(max_length=400)]
Number = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Which = Annotated[int, Meta(ge=0, lt=MOST_ON_ONE_SEAT)]
Key = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]


class Say(msgspec.Struct, frozen=True, gc=False):
    """One comment of one person of a seat: a prepared phrase, or a text.

    ``key`` is made by the phone for each message, so that a message sent twice is stored once.
    """

    seat: Token
    lecture: Number
    person: Which
    key: Key
    phrase: Number | None = None
    text: Annotated[str, Meta(max_length=1000)] = ""
    v: Literal[1] = 1


class Like(msgspec.Struct, frozen=True, gc=False):
    """One person likes a lecture, takes that back, or (``like`` null) only asks."""

    seat: Token
    lecture: Number
    person: Which
    like: bool | None = None
    v: Literal[1] = 1


SAYS = msgspec.json.Decoder(Say)
LIKES = msgspec.json.Decoder(Like)


def key_of(text: str) -> int:
    """Return the key as PostgreSQL's bigint holds it."""
    return int(text, 16) - 2**63
