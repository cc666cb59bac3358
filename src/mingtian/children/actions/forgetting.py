"""A child's part of the register goes with its erasure."""

from datetime import datetime

from mingtian.children.models import CategoryNote, Consent, Guardian, Identity, Stay, Token


def forget(child: int, now: datetime) -> int:  # noqa: ARG001 - as vault.events wants it
    """Delete what the register keeps about a child; returns how many rows went. As the keeper."""
    gone = 0
    for kept in (Stay, Token, Consent, CategoryNote, Guardian, Identity):
        rows, _ = kept.objects.filter(child_id=child).delete()
        gone += rows
    return gone
