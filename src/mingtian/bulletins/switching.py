"""On what ground a campaign's comparison of units is switched. Pure Python."""

from enum import StrEnum

from mingtian.bulletins.rules import MOST_REASON
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role

SWITCHERS = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Of the campaign's scope, and of no other unit."""


class Ground(StrEnum):
    """Why. Switched on it is only because somebody above asks for it."""

    MANDATE = "mandate"
    SUPERIOR = "superior"
    NOT_ASKED = "not_asked"
    DOES_HARM = "does_harm"


GROUNDS = {
    True: (Ground.MANDATE, Ground.SUPERIOR),
    False: (Ground.NOT_ASKED, Ground.DOES_HARM),
}


def check_switching(*, on: bool, ground: str, words: str, mandate_complete: bool) -> Ground:
    """Return the ground. Refused without one, without words, and against what the mandate says."""
    if ground not in set(GROUNDS[on]) or not words.strip():
        raise RuleBroken("comparison_reason_missing")
    if len(words.strip()) > MOST_REASON:
        raise RuleBroken("bulletin_reason_too_long", most=MOST_REASON)
    if ground == Ground.MANDATE and not mandate_complete:
        raise RuleBroken("comparison_without_mandate")
    return Ground(ground)
