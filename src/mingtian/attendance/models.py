"""The tables of ``sql/schema.sql`` as Django reads them. Written by the merge statements only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
