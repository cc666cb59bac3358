"""What an invitation, a term, a name for signing in and a lock-out may be. Pure Python."""

import hashlib
import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import IN_CARE, Line, Role, UnitKind

INVITING = frozenset({Role.OFFICE, Role.DIRECTOR, Role.PRINCIPAL})
"""Posts that invite, end and hand over posts at their unit and below."""

SEEING_PEOPLE = INVITING | {Role.CLERK}
"""Posts that see who holds which post at their unit and below."""

READING_TRAIL = frozenset({Role.AUDITOR, Role.OFFICE, Role.DIRECTOR})
"""Posts that read the audit trail of their reach."""

FROM_COUNTY_UP = frozenset({UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY})
"""Posts at these units, and at the sectors of these, need a second factor."""

OPENING_FILES = IN_CARE - {Role.HELPER}
"""Posts that open files or payments of single children need one at every level.

A helper, who is a grandparent with a phone and sees the own pairs alone, does not.
"""

OPEN_FOR = timedelta(days=7)
MOST_WRONG_WORDS = 5
SHOWN_FOR = timedelta(minutes=10)
"""How long the inviter can look at link and word; nothing can show them afterwards."""

SEEN = "staff.seen_at"
"""What a session keeps of its own last use, so that it is written down every ten minutes only."""

SIGNED_IN = "staff.signed_in_at"
"""What a session keeps of its beginning."""

SEEN_EVERY = timedelta(minutes=10)

ASLEEP_DAYS = 180
"""Accounts that have not signed in for so long are listed."""

ENDING_DAYS = 14
EXPIRING = timedelta(days=2)

LEAST_KEPT_DAYS = 184
"""The trail is never deleted earlier: six months (Cybersecurity Law 21)."""

KEPT_DAYS = 3 * 366
LONGEST_TRAIL_DAYS = 31


class State(StrEnum):
    """How an invitation stands."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    EXPIRED = "expired"


class Tries(StrEnum):
    """What is counted when it fails."""

    NAME_AND_PLACE = "name_and_place"
    NAME = "name"
    OWN_PASSWORD = "own_password"  # noqa: S105 - what is counted, not a secret


LIMITS: dict[Tries, tuple[int, timedelta, timedelta]] = {
    Tries.NAME_AND_PLACE: (5, timedelta(minutes=15), timedelta(minutes=15)),
    Tries.NAME: (20, timedelta(hours=1), timedelta(minutes=15)),
    Tries.OWN_PASSWORD: (5, timedelta(minutes=15), timedelta(minutes=15)),
}
"""Failures, the time within which they count, and how long the lock holds.

Never an address alone: the teachers of a school share one. The second limit stops those who change
address between tries.
"""

REFUSALS: dict[State, str] = {
    State.USED: "invitation_used",
    State.WITHDRAWN: "invitation_withdrawn",
    State.ENDED: "invitation_ended",
    State.EXPIRED: "invitation_expired",
}


def state_of(
    *,
    used_at: datetime | None,
    withdrawn_at: datetime | None,
    wrong_words: int,
    expires_at: datetime,
    now: datetime,
) -> State:
    """Say how an invitation stands; what was done to it counts before what time does."""
    if used_at is not None:
        return State.USED
    if withdrawn_at is not None:
        return State.WITHDRAWN
    if wrong_words >= MOST_WRONG_WORDS:
        return State.ENDED
    return State.EXPIRED if now >= expires_at else State.OPEN


def check_term(starts_on: date, ends_on: date | None, today: date) -> None:
    """Refuse a term that ends before it begins, or that is over; ``ends_on`` is not of it."""
    if ends_on is not None and (ends_on <= starts_on or ends_on <= today):
        raise RuleBroken("term_empty")


def check_last_day(ends_on: date, today: date) -> None:
    """Refuse to take a post away from days that have passed; their history stays."""
    if ends_on < today:
        raise RuleBroken("post_end_past")


_WORD = re.compile(r"\A[\w][\w.-]{2,29}\Z")


def tidy_username(typed: str) -> str:
    """Return the name for signing in that was meant: one width, small letters, no blanks."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def check_username(name: str) -> None:
    """Refuse a name for signing in that is hard to type or to tell from a number."""
    if not _WORD.match(name) or name.isdigit():
        raise RuleBroken("account_name_unfit")


def tidy_word(typed: str) -> str:
    """Return the six digits that were meant; wide digits and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "")


def line_for(kind: UnitKind, lines: list[Line]) -> Line:
    """Return the line of a post at a unit: sectors guide where they stand so, all else leads."""
    if kind is UnitKind.SECTOR and Line.GUIDES in lines:
        return Line.GUIDES
    return lines[0] if lines else Line.LEADS


def hash_of_secret(secret: str) -> bytes:
    """Return what is kept of a link: 128 random bits need no key and no salt."""
    return hashlib.sha256(secret.encode()).digest()
