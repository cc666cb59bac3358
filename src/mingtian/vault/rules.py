"""Who may read what of a protected child. Pure Python.

What is known about a child falls into classes; a person has a part in the child's life; a child's
file is open or closed. :data:`OPENED` says which classes each part opens in each state, and nothing
else does: a key is handed out by this table (domain.md 7, 11.3; Minors Online Regulation 36).
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role, UnitKind


class FieldClass(StrEnum):
    """Classes of what is known. Each is sealed under a key of its own, made from the child's."""

    NAME = "name"
    """What the child is called."""
    IDENTITY = "identity"
    """Birth date, sex, schooling, registration."""
    HOME = "home"
    """Address, guardians, telephone numbers, where the parents are."""
    SITUATION = "situation"
    """Assessment, plan, services, notes, tickets."""
    HEALTH = "health"
    """Illness, disability, harm."""
    HELPING = "helping"
    """Goals of a pair and what happened on visits: what helping needs."""
    TALKS = "talks"
    """A counsellor's notes."""
    PAYMENT = "payment"
    """Who receives aid and into which account."""


class Part(StrEnum):
    """What somebody is to a child, from one instant to another."""

    WORKER = "worker"
    """Has the case, alone or as the second."""
    COUNSELLOR = "counsellor"
    HELPER = "helper"
    READER = "reader"
    """Was let in for a while, after approval or by breaking the glass."""
    CLERK = "clerk"
    """Enters lists of aid at the child's school, town or county. Comes from a post, not from a row."""


class FileState(StrEnum):
    """How a child's file stands. Erased is no state: there is nothing left to open."""

    OPEN = "open"
    CLOSED = "closed"


C = FieldClass
_CASE = frozenset({C.NAME, C.IDENTITY, C.HOME, C.SITUATION, C.HEALTH, C.HELPING})

OPENED: Mapping[tuple[Part, FileState], frozenset[FieldClass]] = {
    (Part.WORKER, FileState.OPEN): _CASE,
    (Part.WORKER, FileState.CLOSED): frozenset(),
    (Part.COUNSELLOR, FileState.OPEN): frozenset({C.NAME, C.TALKS}),
    (Part.COUNSELLOR, FileState.CLOSED): frozenset({C.NAME, C.TALKS}),
    (Part.HELPER, FileState.OPEN): frozenset({C.NAME, C.HELPING}),
    (Part.HELPER, FileState.CLOSED): frozenset(),
    (Part.READER, FileState.OPEN): _CASE,
    (Part.READER, FileState.CLOSED): _CASE,
    (Part.CLERK, FileState.OPEN): frozenset({C.NAME, C.PAYMENT}),
    (Part.CLERK, FileState.CLOSED): frozenset({C.NAME, C.PAYMENT}),
}
"""The matrix of post, field and state. Counsellors keep what the law bids them keep; aid outlives a case."""


class Purpose(StrEnum):
    """Why a file is read. Stands in every row of the log."""

    CASE_WORK = "case_work"
    HELPING = "helping"
    COUNSELLING = "counselling"
    AID = "aid"
    REGISTERING = "registering"
    SUPERVISING = "supervising"
    APPROVED_READING = "approved_reading"
    BROKEN_GLASS = "broken_glass"
    RIGHTS = "rights"
    """To show the family what is kept, to correct or to erase it."""


SUPERVISING = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Posts that see numbers, states and dates of the children below, and no field."""

SUPERVISING_AT = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.SCHOOL})
"""From the city up only counts arrive (design.md idea 8)."""

AUDITING = frozenset({Role.AUDITOR})
"""Posts that see who read what in their reach: numbers and classes, no field."""

REGISTERING = frozenset({Role.CASE_WORKER})
"""Posts that put children on the register, at their unit and below."""

CLERKS = frozenset({Role.AID_CLERK, Role.CASHIER})
"""Posts that work with lists of aid, at their unit and below."""

BROKEN_FOR = timedelta(hours=3)
"""How long a broken glass stays open (AID-1)."""

MOST_DAYS = 14
USUAL_DAYS = 7
"""How long an approved reader reads."""

LEAST_REASON = 10
MOST_REASON = 500

IDLE_FOR = timedelta(minutes=15)
"""After so long without use, pages about children ask for the password again (ASVS 7.3.1)."""

KNOWN_FOR = timedelta(hours=8)
"""And so long after it was last asked for, whatever was done meanwhile (ASVS 7.3.2)."""

NOTED_EVERY = timedelta(minutes=1)
"""How often use is written down at most."""


class Asking(StrEnum):
    """What is asked for, or was taken."""

    READ = "read"
    GLASS = "glass"
    ERASE = "erase"


class Basis(StrEnum):
    """Why a child is erased (PIPL 47; Minors Online Regulation 34)."""

    GUARDIAN = "guardian"
    CHILD = "child"
    MISTAKE = "mistake"
    TERM = "term"


class Verdict(StrEnum):
    """What a supervisor thinks of a broken glass."""

    IN_ORDER = "in_order"
    ASKED_ABOUT = "asked_about"


def check_reason(reason: str) -> str:
    """Return the reason in its plain form, or refuse one that says nothing or too much."""
    plain = " ".join(reason.split())
    if len(plain) < LEAST_REASON:
        raise RuleBroken("vault_reason_missing", least=LEAST_REASON)
    if len(plain) > MOST_REASON:
        raise RuleBroken("vault_reason_long", most=MOST_REASON)
    return plain


def check_days(days: int) -> int:
    """Return the days, or refuse a length of reading that nobody approves."""
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken("vault_days", most=MOST_DAYS)
    return days


def opened(part: Part, state: FileState) -> frozenset[FieldClass]:
    """Return the classes that a part opens in this state."""
    return OPENED[part, state]
