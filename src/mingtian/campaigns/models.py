"""Tables of campaigns, lectures, broadcasts, learning codes and frozen denominators."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mingtian.core.ids import public_id

STATES = [(word, word) for word in ("draft", "open", "closed")]
AUDIENCES = [(word, word) for word in ("class", "staff_group", "community")]
SHOWABLE = ("ready", "preparing")
"""States of a broadcast that a lecture may show, now or as soon as it is prepared."""

PREPARATION = [(word, word) for word in ("new", "preparing", "ready", "failed")]


class Campaign(models.Model):
    """A concentrated period of lectures under a mandate (CAM-1, ORG-1).

    Days are inclusive. ``kinds`` are the person kinds that may take part and enter the
    denominators. ``needed_slots`` is how many of the 60 slots make an evening completed.
    """

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    scope = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    mandate_issuer = models.CharField(max_length=120, blank=True, default="")
    mandate_issuer_en = models.CharField(max_length=160, blank=True, default="", db_default="")
    mandate_symbol = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="Agency's short name in the number.",
    )
    mandate_number = models.PositiveIntegerField(null=True, blank=True)
    mandate_year = models.PositiveSmallIntegerField(null=True, blank=True)
    mandate_on = models.DateField(null=True, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    kinds = ArrayField(models.SmallIntegerField())
    needed_slots = models.PositiveSmallIntegerField(default=40)
    state = models.CharField(max_length=6, choices=STATES, default="draft")
    opened_at = models.DateTimeField(null=True, blank=True)
    replay_until = models.DateTimeField(null=True, blank=True)
    compares_units = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether posts see its units in an order with places (RNK-1).",
    )

    class Meta:
        db_table = "campaigns_campaign"
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="campaigns_days"),
            models.CheckConstraint(
                condition=Q(needed_slots__gte=1, needed_slots__lte=60), name="campaigns_needed"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Broadcast(models.Model):
    """What is shown: a recording prepared as an HLS ladder, or an outside HLS address."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True, default="", db_default="")
    source_name = models.CharField(max_length=200, blank=True, default="")
    source_digest = models.CharField(max_length=64, blank=True, default="")
    outside_url = models.URLField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=10, choices=PREPARATION, default="new")
    progress = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True, default="")
    duration_seconds = models.FloatField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    ladder = models.JSONField(default=dict)

    class Meta:
        db_table = "campaigns_broadcast"

    def __str__(self) -> str:
        return self.title


class Lecture(models.Model):
    """One evening's sitting (SES-1). Times are instants; people read them in Asia/Shanghai.

    ``doors_at`` ≤ ``starts_at`` < ``ends_at`` ≤ ``closes_at``; late phones may bring their
    live maps until ``closes_at``.
    """

    id = models.AutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="lectures")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField(
        help_text="The day in Asia/Shanghai; tree and totals are read on it."
    )
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True, default="")
    doors_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    broadcast = models.ForeignKey(Broadcast, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "campaigns_lecture"
        constraints = [
            # Checked at commit, so that lectures can be renumbered by one statement.
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="campaigns_lecture_number",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(
                    doors_at__lte=F("starts_at"),
                    starts_at__lt=F("ends_at"),
                    ends_at__lte=F("closes_at"),
                ),
                name="campaigns_lecture_times",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LearningCode(models.Model):
    """The code that a class, staff group or community scans (COD-1)."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=8, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="codes")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12, choices=AUDIENCES)
    issued_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "campaigns_learning_code"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"],
                condition=Q(closed_at__isnull=True),
                name="campaigns_code_one_open",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Denominator(models.Model):
    """How many persons of one kind a counting unit had when the campaign opened. Frozen."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="denominators")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField()
    persons = models.PositiveIntegerField()

    class Meta:
        db_table = "campaigns_denominator"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind"], name="campaigns_denominator_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.persons} of kind {self.kind} at {self.unit_id}"
