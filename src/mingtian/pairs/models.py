"""Tables of pairs. What is said about a child is sealed with its own key, class helping.

Policies stand in sql/schema.sql. Reached only through access, queries and actions, inside the
vault's door.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mingtian.care.rules import Area
from mingtian.core.ids import public_id
from mingtian.pairs import rules

KINDS = [(one.value, one.value) for one in rules.Kind]
WAYS = [(one.value, one.value) for one in rules.Way]
AREAS = [(one.value, one.value) for one in Area]
ENDINGS = [(one.value, one.value) for one in rules.Ending]


class Vetting(models.Model):
    """Somebody looked on a day and found no criminal record. The fact alone; no paper is kept.

    ``unit`` is the place whose office looked. ``ended_at``: it no longer counts, whatever its date.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    checked_on = models.DateField()
    holds_until = models.DateField(help_text="The last day on which it holds.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "pairs_vetting"
        indexes = [models.Index(fields=["unit"], name="pairs_vetting_unit")]
        constraints = [
            models.CheckConstraint(name="pairs_vetting_by_another", condition=~Q(by=F("user"))),
            models.CheckConstraint(
                name="pairs_vetting_days", condition=Q(holds_until__gte=F("checked_on"))
            ),
            models.UniqueConstraint(
                name="pairs_vetting_once", fields=["user", "checked_on"],
                condition=Q(ended_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class Pair(models.Model):
    """A child is helped, from a day on, in an agreed rhythm. Who helps stands in duties.

    ``until`` is the last day agreed. ``made_on`` is the day of the last visit that was made, kept by a
    trigger; silence is told from it (domain.md 9).
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    rhythm = models.PositiveSmallIntegerField(help_text="Days.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    made_on = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=12, blank=True, default="", choices=ENDINGS)

    class Meta:
        db_table = "pairs_pair"
        indexes = [models.Index(fields=["child"], name="pairs_pair_child")]
        constraints = [
            models.CheckConstraint(
                name="pairs_pair_ended", condition=Q(ended_at__isnull=True) | ~Q(ended_for="")
            ),
            models.CheckConstraint(
                name="pairs_pair_days",
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Duty(models.Model):
    """Somebody helps in a pair between two instants, as the first or beside the first.

    Gives the part of helper in the child's life, by the source ``pairs.duty:<public id>``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="duties")
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_lead = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=12, blank=True, default="", choices=ENDINGS)
    note = models.BinaryField(null=True, help_text="At hand-over. Sealed, class helping.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "pairs_duty"
        indexes = [models.Index(fields=["user"], name="pairs_duty_user")]
        constraints = [
            models.CheckConstraint(
                name="pairs_duty_instants",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
            models.UniqueConstraint(
                name="pairs_duty_once", fields=["child", "user"], condition=Q(ends_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="pairs_duty_one_of_each", fields=["pair", "is_lead"],
                condition=Q(ends_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class Goal(models.Model):
    """What a pair wants to reach in one of the four areas, until another goal takes its place."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="goals")
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=8, choices=AREAS)
    text = models.BinaryField(help_text="Sealed, class helping.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "pairs_goal"
        constraints = [
            models.UniqueConstraint(
                name="pairs_goal_one_of_each",
                fields=["pair", "area"],
                condition=Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Visit(models.Model):
    """A visit, or a try, as its helper told it. ``own`` is made on the phone: sent twice is once.

    ``words`` is a keyed hash of the note, by which the same words are met again. ``handed_to`` may read
    the note of somebody who helped before. Times: began, and received.
    """

    own = models.UUIDField(unique=True)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="visits")
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=9, choices=WAYS)
    made = models.BooleanField()
    areas = ArrayField(models.CharField(max_length=8, choices=AREAS), default=list)
    note = models.BinaryField(null=True, help_text="Sealed, class helping.")
    words = models.BinaryField(null=True)
    wrong = models.BooleanField(default=False, help_text="Something is wrong, the helper says.")
    received_at = models.DateTimeField()
    questions = ArrayField(models.CharField(max_length=10), default=list)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "pairs_visit"
        indexes = [
            models.Index(fields=["pair", "-began_at"], name="pairs_visit_pair"),
            models.Index(fields=["by", "began_at"], name="pairs_visit_by"),
        ]
        constraints = [
            models.CheckConstraint(
                name="pairs_visit_minutes",
                condition=Q(made=False, minutes=0)
                | Q(made=True, minutes__gte=1, minutes__lte=rules.MOST_MINUTES),
            )
        ]

    def __str__(self) -> str:
        return str(self.own)


class Kept(models.Model):
    """Hours of a helper from visits to children that were erased since: the record stays true."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    visits = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    class Meta:
        db_table = "pairs_kept"
        constraints = [models.UniqueConstraint(name="pairs_kept_year", fields=["user", "year"])]

    def __str__(self) -> str:
        return f"hours of {self.user_id} in {self.year}"
