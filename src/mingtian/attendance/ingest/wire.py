"""What phones send. A field may be added; none is renamed or retyped (docs/mechanisms/ingest.md).

Decoders are built once; they check types and lengths while decoding.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mingtian.attendance.rules import FULL
from mingtian.people.rules import CONSENT_VERSION, MOST_ON_ONE_SEAT

Map = Annotated[str, Meta(max_length=15, pattern="^[0-9a-f]*$")]
Token = Annotated[str, Meta(max_length=400)]
Tapped = Annotated[str, Meta(max_length=24)]
"""A relative or guest; which words fit depends on the code (entries.ALLOWED)."""


class Beat(msgspec.Struct, frozen=True, gc=False):
    """The state of one seat at one lecture: the whole maps each time, never an increment."""

    seat: Token
    lecture: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    live: Map = ""
    replay: Map = ""
    ticket: Token = ""
    v: Literal[1] = 1


class Somebody(msgspec.Struct, frozen=True, gc=False):
    """A roster number and the name that must go with it."""

    number: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]


class Consent(msgspec.Struct, frozen=True):
    """Somebody agrees for the household, in the words of one version of the notice."""

    version: Annotated[int, Meta(ge=1, le=CONSENT_VERSION)]
    by: Literal["guardian", "pupil", "self"]


class Entry(msgspec.Struct, frozen=True):
    """Who is watching on this phone, scanned under one learning code.

    ``people`` are checked against the roster; ``kin`` are relatives (class codes) or
    ``resident`` and ``five_old`` guests (community codes). ``assisted``: somebody else helped,
    with the family present (SGN-1).
    """

    code: Annotated[str, Meta(max_length=40)]
    phone: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{22}$")]
    people: Annotated[list[Somebody], Meta(max_length=MOST_ON_ONE_SEAT)] = []
    kin: Annotated[list[Tapped], Meta(max_length=MOST_ON_ONE_SEAT)] = []
    home: Literal["same", "other"] = "same"
    seat: Token = ""
    consent: Consent | None = None
    assisted: bool = False
    v: Literal[1] = 1


BEATS = msgspec.json.Decoder(Beat)
ENTRIES = msgspec.json.Decoder(Entry)


def map_of(text: str) -> int:
    """Return the map written in hexadecimal; the pattern has bounded it to sixty bits."""
    return int(text, 16) & FULL if text else 0
