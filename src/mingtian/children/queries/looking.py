"""Looking for a child before one is registered: by exact hashes, never through the whole register."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import connection

from mingtian.children import rules
from mingtian.children.queries.places import counties_around
from mingtian.children.rules import LEAST_CHARACTERS, LOOKED_FOR, LOOKS_AN_HOUR
from mingtian.children.spec import ChildSpec
from mingtian.children.tokens import (
    LIKELY,
    Sought,
    tokens_of,
    tokens_of_double,
    tokens_sought,
)
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import superior_names, unit_rows
from mingtian.vault.access import Door

MOST = 20
_LOOKED = "children.looked"
_SALT = "mingtian.children.looked"
_SCOPE_OF_RECEIPT = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A registered child that may be the one. Out of reach it has no number: only its place is told."""

    child_id: int | None
    place: str
    above: str
    likely: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What a look found, and the receipt that lets what was looked for be registered."""

    hits: tuple[Hit, ...]
    receipt: str


def look(door: Door, unit_id: int, sought: Sought) -> Findings:
    """Look for a child in the counties of the unit's city; the look itself is in the trail.

    Raises :class:`RuleBroken` ``children_look_too_short`` for less than two characters, and
    ``children_looked_too_often`` after sixty looks in an hour.
    """
    text = rules.check_line(sought.text)
    phone = rules.check_phone(sought.phone)
    if len(text.replace(" ", "")) < LEAST_CHARACTERS and not phone:
        raise RuleBroken("children_look_too_short", least=LEAST_CHARACTERS)
    if _looks(door) >= LOOKS_AN_HOUR:
        raise RuleBroken("children_looked_too_often", most=LOOKS_AN_HOUR)
    plain = Sought(text=text, birth_year=sought.birth_year, phone=phone)
    hits = _hits(door, tokens_sought(plain, counties_around(unit_id, day_of(door.now))))
    audit.record(
        actor=door.username, action=_LOOKED, subject="child:register", now=door.now,
        found=len(hits), unit=unit_id,
    )  # fmt: skip
    return Findings(hits=tuple(hits), receipt=_receipt(door, plain))


def list_doubles(door: Door, spec: ChildSpec) -> list[Hit]:
    """Return registered children that are likely the same: name or sound and year, or telephone."""
    scopes = counties_around(spec.unit_id, day_of(door.now))
    return [hit for hit in _hits(door, tokens_of_double(spec, scopes)) if hit.likely]


def count_doubles(door: Door, specs: Sequence[ChildSpec]) -> dict[int, int]:
    """Return which specs of a list have likely doubles on the register, by their place in the list, each with
    how many words of its own are known there.

    Two statements however many; for imports from one county, whose specs share a unit or its county.
    """
    if not specs:
        return {}
    scopes = counties_around(specs[0].unit_id, day_of(door.now))
    own = [tokens_of_double(spec, scopes) for spec in specs]
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM children_known(%s::bytea[])", [list(set().union(*own))])
        known = {bytes(token) for (token,) in cursor.fetchall()}
    return {number: len(tokens & known) for number, tokens in enumerate(own) if tokens & known}


def check_looked(door: Door, spec: ChildSpec) -> None:
    """Refuse a registration before which nobody looked for this very name or telephone number."""
    try:
        said = signing.loads(spec.looked, salt=_SALT)
    except signing.BadSignature:
        raise RuleBroken("children_look_first") from None
    at = datetime.fromisoformat(said["at"])
    if said["user"] != door.user_id or not timedelta(0) <= door.now - at <= LOOKED_FOR:
        raise RuleBroken("children_look_first")
    own = {token.hex() for _, token in tokens_of(spec, _SCOPE_OF_RECEIPT)}
    if own.isdisjoint(said["for"]):
        raise RuleBroken("children_look_first")


def _looks(door: Door) -> int:
    """Count the person's looks within the hour before, from the trail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM core_audit_entry WHERE at > %s AND action = %s AND actor = %s",
            [door.now - timedelta(hours=1), _LOOKED, door.username],
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def _receipt(door: Door, sought: Sought) -> str:
    tokens = sorted(token.hex() for token in tokens_sought(sought, [_SCOPE_OF_RECEIPT]))
    said = {"user": door.user_id, "at": door.now.isoformat(), "for": tokens}
    return signing.dumps(said, salt=_SALT)


def _hits(door: Door, tokens: Collection[bytes]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child, place, kinds FROM children_look(%s::bytea[], %s)", [list(tokens), MOST]
        )
        found = cursor.fetchall()
    if not found:
        return []
    places = {place for _, place, _ in found}
    day = day_of(door.now)
    titles, above = unit_rows(places, day), superior_names(places, day)
    return [
        Hit(
            child_id=child, place=titles[place].title if place in titles else "–",
            above=above.get(place, ""), likely=not LIKELY.isdisjoint(kinds),
        )
        for child, place, kinds in found
    ]  # fmt: skip


__all__ = [
    "Findings",
    "Hit",
    "check_looked",
    "count_doubles",
    "list_doubles",
    "look",
]
