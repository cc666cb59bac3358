"""Tables of unlock rules, certificates, and the rounds in which they are unlocked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mingtian.certificates.rules import RevokedFor


class Rule(models.Model):
    """What a campaign asks of one kind of person (CER-1). A change is a new row.

    ``ended_at`` is None for the rule in force; certificates keep the one they were earned by.
    ``reason`` says why it was changed after the first lecture had closed.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField()
    evenings = models.PositiveSmallIntegerField()
    slots = models.PositiveSmallIntegerField()
    completed = models.PositiveSmallIntegerField()
    replay_counts = models.BooleanField()
    by_hand_counts = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True, default="")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "certificates_rule"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind"],
                condition=Q(ended_at__isnull=True),
                name="certificates_rule_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(evenings__gt=0) | Q(slots__gt=0) | Q(completed__gt=0),
                name="certificates_rule_asks",
            ),
        ]

    def __str__(self) -> str:
        return f"rule {self.pk}"


class Certificate(models.Model):
    """Somebody earned it. ``person`` is None once the household has left; the serial answers on.

    ``unit`` and ``kind`` are the person's when it was unlocked, so that rates stay what they
    were. ``revoked_for`` is empty while it is valid. Nothing here names anybody.
    """

    id = models.BigAutoField(primary_key=True)
    serial = models.CharField(max_length=16)
    subject = models.UUIDField()
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.BigIntegerField(null=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.SmallIntegerField()
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+", db_index=False)
    unlocked_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_for = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=[(one.value, one.value) for one in RevokedFor],
    )

    class Meta:
        db_table = "certificates_certificate"
        indexes = [
            models.Index(fields=["campaign", "unit"], name="certificates_by_unit"),
            models.Index(fields=["person"], name="certificates_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["serial"], name="certificates_serial"),
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(revoked_at__isnull=True, person__isnull=False),
                name="certificates_one_each",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_for="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_for="")),
                name="certificates_revoked_for",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class Exempt(models.Model):
    """How many were exempt in a campaign whose term is over. Frozen; nobody can be found in it."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.SmallIntegerField()
    persons = models.PositiveIntegerField()

    class Meta:
        db_table = "certificates_exempt"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind"], name="certificates_exempt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.persons} exempt of kind {self.kind} at {self.unit_id}"


class Round(models.Model):
    """One unlocking of a whole campaign. Workers share it; what was killed is taken up again."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "certificates_round"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(finished_at__isnull=True),
                name="certificates_one_round",
            )
        ]

    def __str__(self) -> str:
        return f"round {self.pk}"


class Portion(models.Model):
    """A span of persons (keys, both included) that one worker unlocks in one transaction."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="portions")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    unlocked = models.IntegerField(default=0)

    class Meta:
        db_table = "certificates_portion"
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="certificates_portion_span"
            )
        ]

    def __str__(self) -> str:
        return f"portion {self.pk}"
