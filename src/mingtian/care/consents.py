"""Whether guardian, and child from 14, consent to what is done (AID-1, AID-3, domain.md 11.3)."""

from mingtian.children.queries import check_consent, consent_standings, parties_of
from mingtian.children.rules import ConsentPurpose, Party, Standing
from mingtian.core.clock import day_of
from mingtian.vault.access import Door

C = ConsentPurpose


def require(door: Door, child_id: int) -> None:
    """Refuse when a consent is missing or was withdrawn. A report of duty never asks."""
    check_consent(child_id, C.CASE_WORK, day_of(door.now))


def standing(door: Door, child_id: int, purpose: ConsentPurpose) -> Standing:
    """Say how a purpose stands with the child, for a page that tells it before anything is typed."""
    return consent_standings([child_id], purpose, day_of(door.now))[child_id]


def parties(door: Door, child_id: int) -> frozenset[Party]:
    """Return who agrees to a plan, or to what another body is told."""
    return parties_of(child_id, C.CASE_WORK, day_of(door.now))
