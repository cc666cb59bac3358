"""Tables of attendance. Those of ``sql/schema.sql`` are written by the merge statements only."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mingtian.attendance.rules import AppealState, How
from mingtian.core.ids import public_id


class Seat(models.Model):
    """A phone in one household during one campaign; speaks for up to eight persons."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, db_column="campaign", related_name="+"
    )
    phone = models.BinaryField()
    household = models.ForeignKey(
        "people.Household", on_delete=models.PROTECT, db_column="household", related_name="+"
    )
    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, db_column="unit", related_name="+"
    )
    persons = ArrayField(models.BigIntegerField())
    created_at = models.DateTimeField()
    assisted = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "attendance_seat"

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Record(models.Model):
    """One person at one lecture; ``live`` is None when the person never came live."""

    pk = models.CompositePrimaryKey("lecture", "person")
    lecture = models.IntegerField()
    person = models.BigIntegerField()
    unit = models.IntegerField()
    kind = models.SmallIntegerField()
    live = models.BigIntegerField(null=True)
    replay = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = "attendance_record"

    def __str__(self) -> str:
        return f"lecture {self.lecture} person {self.person}"


class Tally(models.Model):
    """What was counted by lecture, counting unit and kind."""

    pk = models.CompositePrimaryKey("lecture", "unit", "kind")
    lecture = models.IntegerField()
    unit = models.IntegerField()
    kind = models.SmallIntegerField()
    arrived = models.IntegerField()
    completed = models.IntegerField()
    replayed = models.IntegerField()
    replay_completed = models.IntegerField()
    slots = models.BigIntegerField()
    curve = models.DecimalField(max_digits=480, decimal_places=0)

    class Meta:
        managed = False
        db_table = "attendance_tally"

    def __str__(self) -> str:
        return f"lecture {self.lecture} unit {self.unit} kind {self.kind}"


class ByHand(models.Model):
    """Somebody who took part in an evening without a phone of the own, noted by the class teacher.

    A basis of its own, never added to what phones recorded. ``undone_at`` keeps a mistaken note
    readable in the trail.
    """

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField()
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in How])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "attendance_by_hand"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "person"],
                condition=Q(undone_at__isnull=True),
                name="attendance_by_hand_once",
            ),
        ]

    def __str__(self) -> str:
        return f"by hand {self.pk}"


class Gathering(models.Model):
    """A class that watched together (CAM-4): heads counted by its teacher, no names."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField()
    heads = models.SmallIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "attendance_gathering"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "unit"], name="attendance_gathering_once"),
            models.CheckConstraint(
                condition=Q(heads__isnull=True) | Q(heads__gte=1, heads__lte=500),
                name="attendance_gathering_heads",
            ),
        ]

    def __str__(self) -> str:
        return f"gathering {self.pk}"


class Appeal(models.Model):
    """A family asks its class teacher to look at an evening again (CER-1).

    What both write is sealed, for the family and the class only.
    """

    public_id = models.CharField(max_length=12, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    text_sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(one.value, one.value) for one in AppealState],
        default=AppealState.OPEN.value,
    )
    answer_sealed = models.BinaryField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "attendance_appeal"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="attendance_appeal_public_id"),
            models.UniqueConstraint(
                fields=["lecture", "person"],
                condition=Q(state="open"),
                name="attendance_one_open_appeal",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
