"""What a certificate asks, what is still missing, and what a serial looks like. Pure Python.

A *signed evening* is one to which the person came live, or that the class teacher noted by hand
where the rule lets that count, or whose replay was watched to the campaign's measure where the
rule lets replays count (CER-1). An evening noted by hand holds as many slots as a completed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mingtian.attendance.rules import SLOTS, completed
from mingtian.core.ids import CROCKFORD, random_code, tidy_code


class RevokedFor(StrEnum):
    """Why a certificate is no longer valid. Stable words; the page says them in sentences."""

    CORRECTION = "correction"
    IN_ERROR = "in_error"
    WITHDRAWN = "withdrawn"


class Lock(StrEnum):
    """What a person still lacks, in the order in which it is told."""

    NOT_BEGUN = "not_begun"
    EVENINGS = "evenings"
    SLOTS = "slots"
    COMPLETED = "completed"


class Refusal(StrEnum):
    """Codes with which this module says no; the sentences stand in ``sentences.py``."""

    NOT_PRINTABLE = "name_not_printable"
    NAME_MISSING = "certificate_name_missing"
    NAME_TOO_LONG = "certificate_name_too_long"
    NAME_HOLDS_NUMBER = "certificate_name_holds_number"
    NOT_VALID = "certificate_not_valid"
    STILL_VALID = "certificate_still_valid"
    UNKNOWN = "certificate_unknown"
    ALREADY_REVOKED = "certificate_already_revoked"
    PERSON_GONE = "certificate_person_gone"
    RULE_TOO_HIGH = "rule_asks_too_much"
    RULE_EMPTY = "rule_asks_nothing"
    REASON_MISSING = "rule_reason_missing"
    NOTHING_TO_PRINT = "certificates_none_in_class"
    KIND_UNKNOWN = "rule_kind_unknown"


# --- What a rule asks -------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """What one kind of person has to do in one campaign (CER-1)."""

    evenings: int
    slots: int = 0
    completed: int = 0
    replay_counts: bool = True
    by_hand_counts: bool = True


def usual_demand(*, evenings: int, needed_slots: int, replays: bool) -> Demand:
    """Return the rule that stands until somebody sets another: three evenings in four.

    And, over the whole campaign, half of what makes so many evenings completed.

    >>> usual_demand(evenings=8, needed_slots=40, replays=True).evenings
    6
    """
    asked = -(-3 * evenings // 4)
    return Demand(evenings=asked, slots=asked * needed_slots // 2, replay_counts=replays)


def least_evenings(demand: Demand) -> int:
    """Return how many evenings must have ended before anybody can have done what is asked."""
    return max(demand.evenings, demand.completed, -(-demand.slots // SLOTS))


def demand_refusals(demand: Demand, *, evenings: int) -> list[Refusal]:
    """Say what is wrong with a rule for a campaign of so many evenings, or nothing."""
    if not (demand.evenings or demand.slots or demand.completed):
        return [Refusal.RULE_EMPTY]
    most = max(demand.evenings, demand.completed)
    if most > evenings or demand.slots > evenings * SLOTS:
        return [Refusal.RULE_TOO_HIGH]
    return []


# --- How far somebody has come ----------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """One person at one evening: two maps (``live`` is None for who never came live)."""

    live: int | None
    replay: int = 0
    by_hand: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """What somebody has reached under a rule."""

    evenings: int = 0
    slots: int = 0
    completed: int = 0


def reached(evenings: Sequence[Evening], demand: Demand, *, needed_slots: int) -> Reached:
    """Add up a person's evenings under a rule. The unlocking counts the same way in SQL."""
    signed = slots = whole = 0
    for each in evenings:
        noted = each.by_hand and demand.by_hand_counts
        replay = each.replay if demand.replay_counts else 0
        watched = (each.live or 0) | replay
        signed += each.live is not None or noted or completed(replay, needed_slots)
        slots += max(watched.bit_count(), needed_slots if noted else 0)
        whole += noted or completed(watched, needed_slots)
    return Reached(evenings=signed, slots=slots, completed=whole)


def locks(got: Reached, demand: Demand) -> list[Lock]:
    """Say what keeps a certificate locked, or nothing (empty list) when it is earned."""
    if not (got.evenings or got.slots):
        return [Lock.NOT_BEGUN]
    return [
        lock
        for lock, has, asked in (
            (Lock.EVENINGS, got.evenings, demand.evenings),
            (Lock.SLOTS, got.slots, demand.slots),
            (Lock.COMPLETED, got.completed, demand.completed),
        )
        if has < asked
    ]


# --- Serials ----------------------------------------------------------------

SERIAL_LENGTH = 16
RANDOM_CHARACTERS = SERIAL_LENGTH - 1
"""75 random bits: nobody finds a valid serial by trying, and none tells when it was made."""

_VALUE = {character: value for value, character in enumerate(CROCKFORD)}
_POLYNOMIAL = 0b100101  # x⁵ + x² + 1: powers of x run through all 31 factors.


def new_serial() -> str:
    """Return a new serial: fifteen random characters and one that checks them."""
    drawn = random_code(RANDOM_CHARACTERS)
    return drawn + check_character(drawn)


def check_character(drawn: str) -> str:
    """Return the character that makes a mistyped or swapped one notice.

    A weighted sum in the field of 32 elements: every single wrong character and every swap of
    two shows.
    """
    total = 0
    for character in drawn:
        total = _doubled(total ^ _VALUE[character])
    return CROCKFORD[total]


def is_serial(text: str) -> bool:
    """Say whether the text can be a serial at all; whether it exists is another matter."""
    if len(text) != SERIAL_LENGTH or not _VALUE.keys() >= set(text):
        return False
    return check_character(text[:-1]) == text[-1]


def tidy_serial(typed: str) -> str:
    """Return what a person typed as the serial that was meant."""
    return tidy_code(typed)


def grouped_serial(serial: str) -> str:
    """Write a serial in groups of four, as it stands on paper."""
    return " ".join(serial[start : start + 4] for start in range(0, len(serial), 4))


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 32 else value


# --- Names ------------------------------------------------------------------

LONGEST_PRINTED_NAME = 50
"""As long as a roster's (people.rules): two lines in the smallest type of the certificate."""


def name_refusal(name: str) -> Refusal | None:
    """Say why a name cannot be printed, or None; characters are for the fonts to judge."""
    if not name.strip():
        return Refusal.NAME_MISSING
    return Refusal.NAME_TOO_LONG if len(name.strip()) > LONGEST_PRINTED_NAME else None
