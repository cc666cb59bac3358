"""Tables of protected children. Policies and the chain of the log stand in sql/schema.sql."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mingtian.core.ids import public_id
from mingtian.vault.rules import Asking, FileState, Part, Purpose, Verdict

PARTS = [(one.value, one.value) for one in Part if one is not Part.CLERK]
STATES = [(one.value, one.value) for one in FileState]
ASKINGS = [(one.value, one.value) for one in Asking]
VERDICTS = [(one.value, one.value) for one in Verdict]
PURPOSES = [(one.value, one.value) for one in Purpose]


class Child(models.Model):
    """A protected child: a number, where it lives and learns, and how its file stands.

    Nothing here tells who it is. ``unit`` is the village or town that answers for the child,
    ``school`` its school or None. ``closed_at`` is when the file was closed, None while it is open.
    ``erased_at`` marks a child of whom only this row is left, so that
    totals stay; its key is gone.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        "org.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=6, choices=STATES, default=FileState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "vault_child"

    def __str__(self) -> str:
        return self.public_id


class Reach(models.Model):
    """Somebody's part in a child's life, from ``starts_at`` until ``ends_at`` (None: until told).

    ``source`` says what gave it, as ``care.case:<public id>``. Rows are ended, never deleted, so that
    who could read what on a day stays known.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="reaches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=PARTS)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "vault_reach"
        indexes = [models.Index(fields=["user", "starts_at"], name="vault_reach_user")]
        constraints = [
            models.CheckConstraint(
                name="vault_reach_instants",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
            models.UniqueConstraint(
                name="vault_reach_once", fields=["child", "user", "part", "source"],
                condition=Q(ends_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.part} of child {self.child_id}"


class Reading(models.Model):
    """One child read once by one person: which classes, why, when. Append-only and chained.

    Keys are plain numbers: a reading outlives what was read. ``refused`` rows are tries that the
    matrix turned away.
    """

    at = models.DateTimeField()
    user = models.BigIntegerField()
    child = models.BigIntegerField()
    classes = models.CharField(max_length=120, help_text="Words of FieldClass, comma between.")
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    refused = models.BooleanField(default=False)

    class Meta:
        db_table = "vault_reading"
        indexes = [
            models.Index(fields=["child", "at"], name="vault_reading_child"),
            models.Index(fields=["user", "at"], name="vault_reading_user"),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Link(models.Model):
    """A reading's place in the chain: SHA-256 over the link before it and the reading's text."""

    number = models.BigIntegerField(primary_key=True)
    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="link")
    digest = models.BinaryField()

    class Meta:
        db_table = "vault_link"

    def __str__(self) -> str:
        return f"link {self.number}"


class Tombstone(models.Model):
    """A child that was erased, and on whose word. The key store keeps the same list."""

    child = models.CharField(max_length=12, unique=True, help_text="Public id.")
    basis = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "vault_tombstone"

    def __str__(self) -> str:
        return self.child


class Request(models.Model):
    """Somebody asks to read a file or to erase a child, or has broken the glass (AID-1).

    ``reason`` is sealed under the installation's key: supervisors read it and it may name the
    child. ``granted`` is None until decided. ``opens_until`` ends the reading. A broken glass is granted from
    the start and looked at afterwards: ``reviewed_at`` with ``verdict``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=ASKINGS)
    reason = models.BinaryField()
    basis = models.CharField(max_length=10, blank=True, default="")
    days = models.PositiveSmallIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    opens_until = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=11, blank=True, default="", choices=VERDICTS)

    class Meta:
        db_table = "vault_request"
        constraints = [
            models.UniqueConstraint(
                name="vault_request_one_open", fields=["child", "asked_by", "kind"],
                condition=Q(granted__isnull=True),
            ),
            models.CheckConstraint(
                name="vault_request_not_own", condition=~Q(decided_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="vault_request_looked_at_by_another",
                condition=~Q(reviewed_by=F("asked_by")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id
