"""Tables of the closing of days. Frozen lines and closings are append-only (sql/schema.sql)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.closings.rules import Answer, Column, Oddity, Reason
from mingtian.core.ids import public_id


class Confirmation(models.Model):
    """A unit says that its figures of a day are right (STA-1).

    ``counts`` are the figures as they were confirmed, by kind: ``{"1": [arrived, completed]}``.
    ``silent`` is how many units below had not confirmed by then. One that was overtaken by a later
    correction is kept with ``superseded_at``.
    """

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    silent = models.PositiveIntegerField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "closings_confirmation"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit"],
                condition=Q(superseded_at__isnull=True),
                name="closings_confirmation_once",
            )
        ]

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class Correction(models.Model):
    """A counted number set right by people, with its reason; the old one stays (STA-1).

    What counts is ``new - old``: phones that come later still add to it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField()
    column = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Column])
    old = models.IntegerField()
    new = models.IntegerField()
    reason = models.CharField(max_length=13, choices=[(one.value, one.value) for one in Reason])
    note = models.CharField(max_length=200, blank=True, default="")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrected_at = models.DateTimeField()

    class Meta:
        db_table = "closings_correction"
        indexes = [models.Index(fields=["lecture", "unit"], name="closings_correction_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(old__gte=0, new__gte=0), name="closings_correction_counts"
            )
        ]

    def __str__(self) -> str:
        return f"correction {self.public_id}"


class Question(models.Model):
    """Something odd about a class's day, asked of its school (STA-4). Counts only."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    oddity = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Oddity])
    number = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    answer = models.CharField(
        max_length=9, blank=True, default="", choices=[(one.value, one.value) for one in Answer]
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "closings_question"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit", "oddity"], name="closings_question_once"
            )
        ]

    def __str__(self) -> str:
        return f"question {self.public_id}"


class Summary(models.Model):
    """A class teacher's words about an evening, as they were taken into the class's group."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "closings_summary"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "unit"], name="closings_summary_once")
        ]

    def __str__(self) -> str:
        return f"summary {self.pk}"


class AtEnd(models.Model):
    """The tallies as they stood when a lecture ended; what came later is the difference."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "closings_at_end"
        constraints = [models.UniqueConstraint(fields=["lecture"], name="closings_at_end_once")]

    def __str__(self) -> str:
        return f"at the end of {self.lecture_id}"


class Closing(models.Model):
    """A day that is frozen. ``digest`` is the SHA-256 of its file, which names the one before.

    ``previous`` is empty for a campaign's first. ``head`` holds what the file says above its
    lines.
    """

    lecture = models.OneToOneField(
        "campaigns.Lecture", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    lines = models.PositiveIntegerField()
    head = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    frozen_at = models.DateTimeField()

    class Meta:
        db_table = "closings_closing"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="closings_closing_number")
        ]

    def __str__(self) -> str:
        return f"closing of {self.lecture_id}"
