"""Whether guardian, and child from 14, consent to what is done (AID-1, domain.md 11.3)."""

from mingtian.children.queries import check_consent
from mingtian.children.rules import ConsentPurpose
from mingtian.core.clock import day_of
from mingtian.vault.access import Door


def require(door: Door, child_id: int) -> None:
    """Refuse when a consent is missing or was withdrawn. A report of duty never asks."""
    check_consent(child_id, ConsentPurpose.CASE_WORK, day_of(door.now))
