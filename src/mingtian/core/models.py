"""The audit trail: who did what to which thing, when. Append-only."""

from django.db import models


class AuditEntry(models.Model):
    """One act. ``detail`` holds ids, codes and field names, never personal values."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=150, help_text="User name, or system:<part>.")
    action = models.CharField(max_length=60, help_text="Stable word, as people.roster_imported.")
    subject = models.CharField(max_length=120, help_text="<kind>:<public id>.")
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "core_audit_entry"
        indexes = [
            models.Index(fields=["subject", "at"], name="core_audit_subject"),
            models.Index(fields=["at"], name="core_audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.subject}"
