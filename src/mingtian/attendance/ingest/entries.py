"""Who is on a phone: from what was typed to a seat, in batches."""

from base64 import urlsafe_b64decode
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
import psycopg

from mingtian.attendance.ingest.codes import Code
from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.store import Lanes, Store
from mingtian.attendance.ingest.tokens import Member, Seat
from mingtian.attendance.ingest.wire import Entry, Somebody
from mingtian.core.ids import public_id
from mingtian.core.seal import Sealer
from mingtian.people.rules import (
    CONSENT_VERSION,
    KIND_OF_KIN,
    MOST_ON_ONE_SEAT,
    GivenBy,
    Kin,
    PersonKind,
)

GUESTS = {"resident": PersonKind.RESIDENT, "five_old": PersonKind.FIVE_OLD}
ALLOWED: dict[str, frozenset[str]] = {
    "class": frozenset(Kin),
    "staff_group": frozenset(),
    "community": frozenset(GUESTS),
}
"""Who may be tapped beside the roster, by audience of the code (FAM-1, PER-1)."""

AGREES: dict[str, frozenset[str]] = {
    "class": frozenset({GivenBy.GUARDIAN, GivenBy.PUPIL}),
    "staff_group": frozenset({GivenBy.SELF}),
    "community": frozenset({GivenBy.SELF}),
}
"""Who may agree, by audience: for a child under 14 its guardian, adults for themselves (PIPL 31)."""


class Admitted(NamedTuple):
    """What became of an entry: a row of the SQL function ``attendance_enter``."""

    outcome: str
    tries_left: int | None
    campaign: int
    seat: int
    household: int
    unit: int
    persons: list[int]
    units: list[int]
    kinds: list[int]
    kin: list[str]
    typed: list[int | None]

    def members(self) -> tuple[Member, ...]:
        return tuple(zip(self.persons, self.units, self.kinds, strict=True))


GONE = Admitted("bad_seat", None, 0, 0, 0, 0, [], [], [], [], [])
"""The seat on the phone names a home that is there no more: the phone enters anew."""


class Request(NamedTuple):
    """An entry for the SQL function, and the numbers as typed, in the order of its lists."""

    body: bytes
    numbers: list[str]


def request_of(
    entry: Entry, code: Code, *, known: Seat | None, sealer: Sealer, language: str, now: int
) -> Request:
    """Return the entry as the SQL function takes it, names and numbers as blind indexes only.

    ``known`` is the seat that is already on this phone; it lets a relative be added without
    a child, and names the home that another child belongs to. ``language`` is the one in which
    the notice was read. Raises Refused.
    """
    same_campaign = known is not None and known.campaign == code.campaign
    home = known.household if known and same_campaign and entry.home == "same" else None
    if not set(entry.kin) <= ALLOWED[code.audience]:
        raise Refused(Reason.MALFORMED)
    people = distinct(entry.people, code, sealer)
    if not people and not (entry.kin and (home is not None or code.audience == "community")):
        raise Refused(Reason.NOBODY_NAMED)
    labels, kinds = labelled(entry.kin)
    if len(people) + len(labels) > MOST_ON_ONE_SEAT:
        raise Refused(Reason.TOO_MANY_PEOPLE)
    body = msgspec.json.encode(
        {
            "code": code.id,
            "phone": phone_bytes(entry.phone).hex(),
            "numbers": [number for number, _, _ in people],
            "names": [name for _, name, _ in people],
            "kin": labels,
            "kinds": kinds,
            "household": home,
            "ids": [public_id() for _ in range(len(labels) + 1)],
            "at": datetime.fromtimestamp(now / 1000, UTC),
            "consent": consent_of(entry, code),
            "version": CONSENT_VERSION,
            "language": language,
            "assisted": entry.assisted,
        }
    )
    return Request(body, [number for _, _, number in people])


def consent_of(entry: Entry, code: Code) -> dict[str, str] | None:
    """Return who agrees, None when nobody does or to an older notice only. Raises Refused."""
    if entry.consent is None or entry.consent.version < CONSENT_VERSION:
        return None
    if entry.consent.by not in AGREES[code.audience]:
        raise Refused(Reason.MALFORMED)
    return {"by": entry.consent.by}


def distinct(people: list[Somebody], code: Code, sealer: Sealer) -> list[tuple[str, str, str]]:
    """Return blind indexes of number and name with the number as typed, each pair once."""
    pairs = {
        (
            sealer.index("number", one.number, code.unit).hex(),
            sealer.index("name", one.name, code.unit).hex(),
        ): one.number
        for one in people
    }
    return sorted((number, name, typed) for (number, name), typed in pairs.items())


def labelled(kin: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return labels that are unique in a household, and kinds.

    A home has one mother however often she is tapped; guests of a community have no kin, so
    they are numbered.
    """
    counts = Counter(kin)
    labels: list[str] = []
    kinds: list[int] = []
    for word, times in sorted(counts.items()):
        if word in GUESTS:
            labels += [f"{word}-{number}" for number in range(1, times + 1)]
            kinds += [GUESTS[word]] * times
        else:
            labels.append(word)
            kinds.append(KIND_OF_KIN[Kin(word)])
    return labels, kinds


def phone_bytes(text: str) -> bytes:
    """Return the 16 bytes that the page's 22 characters stand for."""
    return urlsafe_b64decode(text + "==")


class EntryWriter:
    """Writes batches of entries in one transaction each, one batch on each connection.

    Two batches that hold the same children wait for each other; a lock cycle is tried again.
    """

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def write(self, requests: list[bytes]) -> list[Admitted]:
        """Make the entries durable; return what became of each, in order."""
        with self._lanes.one() as store:
            return await admit(store, requests)


async def admit(store: Store, requests: list[bytes]) -> list[Admitted]:
    """Admit a batch; one that the tables refuse is admitted one by one, for the others' sake."""
    entries = b"[" + b",".join(requests) + b"]"
    try:
        rows = await store.execute("enter", {"entries": entries.decode()})
    except psycopg.IntegrityError:
        if len(requests) == 1:
            return [GONE]
        return [(await admit(store, [each]))[0] for each in requests]
    return [Admitted(*row) for row in rows]


def seat_of(admitted: Admitted, *, expires: int) -> Seat:
    """Return the seat that an admitted entry earns, or raise Refused with its outcome."""
    if admitted.outcome != "seated":
        refused = Refused(Reason(admitted.outcome))
        if admitted.tries_left is not None:
            refused.facts["tries_left"] = admitted.tries_left
        raise refused
    return Seat(
        expires=expires,
        campaign=admitted.campaign,
        seat=admitted.seat,
        household=admitted.household,
        unit=admitted.unit,
        members=admitted.members(),
    )


def reply_members(admitted: Admitted, numbers: list[str]) -> list[dict[str, object]]:
    """Return who is counted on this phone, for the page. Numbers only as just typed."""
    return [
        {
            "kind": PersonKind(kind).name.lower(),
            "kin": kin or None,
            "label": numbers[typed - 1].strip() if typed else None,
        }
        for kind, kin, typed in zip(admitted.kinds, admitted.kin, admitted.typed, strict=True)
    ]
