"""Tables of households, persons and roster imports."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.people.rules import GivenBy, Leaving, PersonKind, StandingState

KINDS = [(kind.value, kind.name.lower()) for kind in PersonKind]


class Household(models.Model):
    """A home. Has no name and no address: it exists so that people are counted once."""

    public_id = models.CharField(max_length=12, default=public_id)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_household"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="people_household_public_id"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Person(models.Model):
    """Somebody who can be counted, in the class, staff group or community ``unit``.

    Pupils, teachers and five-old on a roster have a sealed number and name. Relatives and
    residents have neither, only ``kin`` (a Kin, or ``resident-1`` … within the household).
    ``household`` is NULL until the first entry.

    A family's entry writes two rows here while thousands enter, so the indexes are those below
    and none that Django would add by itself: none twice, none for LIKE.
    """

    public_id = models.CharField(max_length=12, default=public_id)
    kind = models.SmallIntegerField(choices=KINDS)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.ForeignKey(
        Household,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="persons",
        db_index=False,
    )
    kin = models.CharField(max_length=24, blank=True, default="")
    number_sealed = models.BinaryField(null=True)
    number_index = models.BinaryField(null=True)
    name_sealed = models.BinaryField(null=True)
    name_index = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_person"
        indexes = [
            models.Index(fields=["household"], name="people_person_household"),
            models.Index(fields=["unit", "kind"], name="people_person_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="people_person_public_id"),
            models.UniqueConstraint(
                fields=["unit", "number_index"],
                condition=Q(left_on__isnull=True, number_index__isnull=False),
                name="people_person_one_number",
            ),
            models.UniqueConstraint(
                fields=["household", "kin"], condition=~Q(kin=""), name="people_person_one_kin"
            ),
            models.CheckConstraint(
                condition=Q(kind__gte=1, kind__lte=7), name="people_person_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Consent(models.Model):
    """A household agreed to be counted, in the words of one version of the notice (PIPL 28, 31).

    ``given_by``: a guardian for pupils under 14, a pupil of 14 or older for itself, a teacher,
    five-old or resident for themselves, or on paper at the class teacher's.
    """

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    version = models.SmallIntegerField()
    language = models.CharField(max_length=8)
    given_by = models.CharField(max_length=8, choices=[(one.value, one.value) for one in GivenBy])
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_consent"

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Departed(models.Model):
    """Somebody who is not counted any more, because the household took its leave.

    Looked at by the statement that stores maps, so that no late phone brings them back. A new
    consent takes the row away.
    """

    person = models.BigIntegerField(primary_key=True)
    household = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "people_departed"
        indexes = [models.Index(fields=["household"], name="people_departed_household")]

    def __str__(self) -> str:
        return f"departed {self.person}"


class Standing(models.Model):
    """A family that is exempt or unwilling, by its pupil, for a span of days (EXE-1, EXE-2).

    Holds no proof and no explanation: only the coded reason of an exemption. ``ends_on`` is the
    first day on which it no longer holds, None while it stands.
    """

    public_id = models.CharField(max_length=12, default=public_id)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in StandingState]
    )
    reason = models.CharField(max_length=20, blank=True, default="")
    starts_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "people_standing"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="people_standing_public_id"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="people_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Receipt(models.Model):
    """What is left of a withdrawal, an erasure or the end of a term: counts, and nobody's name."""

    public_id = models.CharField(max_length=12, default=public_id)
    what = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Leaving])
    at = models.DateTimeField()
    counts = models.JSONField()
    consent_version = models.SmallIntegerField(null=True, blank=True)
    consent_given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_receipt"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="people_receipt_public_id"),
        ]

    def __str__(self) -> str:
        return self.public_id


class RosterBatch(models.Model):
    """An uploaded roster between its preview and its commit.

    The file is sealed and goes with the row: at the commit, when it is dropped, or when it
    expires. Nothing of an upload is kept afterwards.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    under = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    content_sealed = models.BinaryField()
    create_missing = models.BooleanField(default=False)
    mark_absent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "people_roster_batch"

    def __str__(self) -> str:
        return self.public_id
