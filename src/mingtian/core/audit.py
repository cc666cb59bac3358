"""Writes the audit trail. Call it inside the transaction of the change it records."""

from datetime import datetime

from django.db import transaction

from mingtian.core.models import AuditEntry


def record(
    *, actor: str, action: str, subject: str, now: datetime, **detail: str | int | bool | None
) -> None:
    """Add one entry. ``detail`` names ids, codes and counts; no names of people."""
    AuditEntry.objects.create(at=now, actor=actor, action=action, subject=subject, detail=detail)


def forget_before(instant: datetime, *, keep: datetime, now: datetime) -> int:
    """Delete entries from before an instant and note how many; ``keep`` is never passed over.

    Whatever happened since ``keep`` stays, even if an earlier deletion is asked for.
    """
    before = min(instant, keep)
    with transaction.atomic():
        gone, _ = AuditEntry.objects.filter(at__lt=before).delete()
        if gone:
            record(
                actor="system:core", action="core.trail_shortened", subject="trail:all", now=now,
                entries=gone, before=before.date().isoformat(),
            )  # fmt: skip
    return gone
