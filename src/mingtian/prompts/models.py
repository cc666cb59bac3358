"""The table of prompts. It holds no family: a prompt goes to a unit, never further."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.prompts.rules import Kind


class Prompt(models.Model):
    """A unit is asked to pass a word on to the next link; once for each lecture and kind.

    ``sent_from`` is empty for prompts of the clock. ``missed`` marks one whose time was over when
    anybody looked; it is kept for the record and asks nobody.
    """

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    made_at = models.DateTimeField()
    missed = models.BooleanField(default=False)
    sent_from = models.ForeignKey(
        "org.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    passed_on_at = models.DateTimeField(null=True, blank=True)
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "prompts_prompt"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "kind", "unit"], name="prompts_prompt_once"),
            models.CheckConstraint(
                condition=Q(missed=False) | Q(passed_on_at__isnull=True),
                name="prompts_prompt_missed",
            ),
        ]

    def __str__(self) -> str:
        return f"prompt {self.pk}"
