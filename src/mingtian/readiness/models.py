"""Tables of readiness: audience, checklist, requirements, duty, work of helpers, pilots.

None holds a family or a pupil, but for the key of a pilot's household (PilotFamily).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.people.rules import PersonKind
from mingtian.readiness.rules import Channel, Leg, Lever, Task

KINDS = [(kind.value, kind.name.lower()) for kind in PersonKind]


class AudienceLine(models.Model):
    """One target group of a unit's plan (CAM-2), with its leg of the trinity (CAM-3).

    ``expected`` is what people expect; it never becomes a denominator. ``owner`` names an office,
    not a person.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField(choices=KINDS)
    leg = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Leg])
    channel = models.CharField(max_length=14, choices=[(one.value, one.value) for one in Channel])
    expected = models.PositiveIntegerField(null=True, blank=True)
    owner = models.CharField(max_length=60)
    due_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_audience"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind", "channel"], name="readiness_audience_once"
            )
        ]

    def __str__(self) -> str:
        return f"audience {self.public_id}"


class Checklist(models.Model):
    """The three points of a school (PUB-2). ``completed_on`` is the day on which the last came.

    ``met_in`` is the public id of the recorded meeting that ticked the first point, empty where
    the day was typed.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    met_on = models.DateField(null=True, blank=True)
    met_in = models.CharField(max_length=12, blank=True, default="", db_default="")
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    plan_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_checklist"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="readiness_checklist_once")
        ]

    def __str__(self) -> str:
        return f"checklist {self.pk}"


class Sheet(models.Model):
    """What a school asks of its own people (SUP-4). Versions stay; the highest one holds."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_sheet"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "version"], name="readiness_sheet_version"
            )
        ]

    def __str__(self) -> str:
        return f"sheet {self.pk}"


class Turn(models.Model):
    """Somebody of a school has charge of an evening, or stands in (SUP-5).

    ``place`` 1 is the one in charge, 2 the substitute. Nobody stands twice in one evening:
    not within a lecture by the constraint, not in two lectures of a day by the day's lock.
    """

    FIRST, SUBSTITUTE = 1, 2

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(choices=[(FIRST, "first"), (SUBSTITUTE, "substitute")])
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_turn"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit", "place"], name="readiness_turn_one_each"
            ),
            models.UniqueConstraint(fields=["lecture", "user"], name="readiness_turn_not_twice"),
        ]

    def __str__(self) -> str:
        return f"turn {self.public_id}"


class Swap(models.Model):
    """Two people change turns, or one takes over another's; both have to say so (SUP-5).

    Asking is the one side's word, ``agreed`` the other's. ``back`` is the turn that is given in
    return, None for taking over. What was open when a turn changed otherwise lapses.
    """

    OPEN, AGREED, DECLINED, WITHDRAWN = "open", "agreed", "declined", "withdrawn"

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="+")
    back = models.ForeignKey(Turn, null=True, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True, default="")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=9,
        default=OPEN,
        choices=[(word, word) for word in (OPEN, AGREED, DECLINED, WITHDRAWN)],
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "readiness_swap"
        constraints = [
            models.UniqueConstraint(
                fields=["turn"], condition=Q(state="open"), name="readiness_swap_one_open"
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_of"], condition=Q(state="open"), name="readiness_swap_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"swap {self.public_id}"


class Duty(models.Model):
    """What so many five-old of a group do at a block (PER-1). No volunteer is named."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Task])
    block = models.CharField(max_length=60)
    volunteers = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "task", "block"], name="readiness_duty_once"
            ),
            models.CheckConstraint(condition=Q(volunteers__gte=1), name="readiness_duty_some"),
        ]

    def __str__(self) -> str:
        return f"duty {self.public_id}"


class Activity(models.Model):
    """A line in the log of a lever (PER-2). ``served`` counts person-times."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    lever = models.CharField(max_length=14, choices=[(one.value, one.value) for one in Lever])
    done_on = models.DateField()
    what = models.CharField(max_length=200)
    served = models.PositiveIntegerField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_activity"
        indexes = [models.Index(fields=["campaign", "unit"], name="readiness_activity_of")]
        constraints = [
            # A second press of the same form is the same line.
            models.UniqueConstraint(
                fields=["campaign", "unit", "lever", "done_on", "what"],
                name="readiness_activity_once",
            )
        ]

    def __str__(self) -> str:
        return f"activity {self.public_id}"


class Pilot(models.Model):
    """A pilot community (PIL-1): why, with whose consent, under whose coordination.

    ``finding`` is what was learned there and is worth telling others.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    consent_on = models.DateField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    chosen_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    families_given = models.PositiveSmallIntegerField(default=0)
    finding = models.TextField(blank=True, default="")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "readiness_pilot"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="readiness_pilot_once")
        ]

    def __str__(self) -> str:
        return f"pilot {self.public_id}"


class PilotFamily(models.Model):
    """A key family under a pseudonym: its number at the pilot (PIL-1).

    Numbers are never given twice, so that one which was erased stays a gap. ``household`` is read
    at the village and the township only, and goes with the row.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="families")
    number = models.PositiveSmallIntegerField()
    household = models.ForeignKey(
        "people.Household", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200)
    consent_on = models.DateField()
    chosen_at = models.DateTimeField()

    class Meta:
        db_table = "readiness_pilot_family"
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="readiness_family_number"),
            models.UniqueConstraint(fields=["pilot", "household"], name="readiness_family_once"),
        ]

    def __str__(self) -> str:
        return f"pilot family {self.public_id}"
