"""Writes the audit trail. Call it inside the transaction of the change it records."""

from datetime import datetime

from mingtian.core.models import AuditEntry


def record(
    *, actor: str, action: str, subject: str, now: datetime, **detail: str | int | bool | None
) -> None:
    """Add one entry. ``detail`` names ids, codes and counts; no names of people."""
    AuditEntry.objects.create(at=now, actor=actor, action=action, subject=subject, detail=detail)
