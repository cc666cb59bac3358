"""Tables of the register. Personal fields are sealed with the child's own key, by class of field.

Policies stand in sql/schema.sql. Reached only through access, queries and actions, inside the
vault's door.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mingtian.children import rules
from mingtian.core.ids import public_id


class Identity(models.Model):
    """Who a child is. ``birth_year`` alone is plain: consent from 14 is checked where nobody reads.

    ``facts`` and ``home`` are sealed JSON, None where a school's clerk registered the child for aid
    alone.
    """

    child = models.OneToOneField(
        "vault.Child", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.BinaryField(help_text="Sealed, class name.")
    facts = models.BinaryField(null=True, help_text="Sealed, class identity.")
    home = models.BinaryField(null=True, help_text="Sealed, class home.")
    birth_year = models.PositiveSmallIntegerField()
    despite = models.CharField(
        max_length=12, blank=True, choices=[(one.value, one.value) for one in rules.Despite],
        help_text="Why it was registered although another like it was.",
    )  # fmt: skip
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "children_identity"

    def __str__(self) -> str:
        return f"identity of child {self.child_id}"


class Guardian(models.Model):
    """Somebody who looks after a child from a day on. Name, kin and telephone are sealed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField(help_text="Sealed JSON, class home.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "children_guardian"
        indexes = [models.Index(fields=["child"], name="children_guardian_child")]
        constraints = [
            models.CheckConstraint(
                name="children_guardian_days",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class CategoryNote(models.Model):
    """A child is in a category from ``starts_on`` to before ``ends_on`` (None: until told)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    category = models.CharField(
        max_length=16, choices=[(one.value, one.value) for one in rules.Category]
    )
    basis = models.CharField(max_length=24, choices=[(one.value, one.value) for one in rules.Basis])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "children_category"
        indexes = [models.Index(fields=["category", "child"], name="children_category_counted")]
        constraints = [
            models.CheckConstraint(
                name="children_category_days",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="children_category_once", fields=["child", "category"],
                condition=Q(ends_on__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.category} of child {self.child_id}"


class Consent(models.Model):
    """Who agreed to what, in which version, and until when (domain.md part 9)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in rules.ConsentPurpose]
    )
    party = models.CharField(max_length=8, choices=[(one.value, one.value) for one in rules.Party])
    version = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=[(one.value, one.value) for one in rules.Way])
    given_on = models.DateField()
    told_on = models.DateField(
        null=True, blank=True, help_text="When the guardian was told of the child's own."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "children_consent"
        indexes = [models.Index(fields=["child", "purpose"], name="children_consent_child")]
        constraints = [
            models.UniqueConstraint(
                name="children_consent_once", fields=["child", "purpose", "party", "version"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="children_consent_told",
                condition=Q(party=rules.Party.GUARDIAN) | Q(told_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"consent {self.public_id}"


class Token(models.Model):
    """By what a child is found again: a keyed hash for each spelling and sound, of one county.

    ``kind`` tells what was hashed (tokens.py). Nobody reads this table: ``children_look`` answers
    for exact tokens. Two rows ``whole`` of one token are refused: the same child registered twice.
    """

    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    token = models.BinaryField()

    class Meta:
        db_table = "children_token"
        indexes = [
            models.Index(fields=["token"], name="children_token_token"),
            models.Index(fields=["child"], name="children_token_child"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="children_token_whole", fields=["token"], condition=Q(kind="whole")
            )
        ]

    def __str__(self) -> str:
        return f"token of child {self.child_id}"


class Stay(models.Model):
    """Somebody far from a child's present place and school whose part goes on, by the word of that place.

    After the next move it is asked again.
    """

    child = models.ForeignKey("vault.Child", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        "org.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "children_stay"
        constraints = [
            models.UniqueConstraint(
                name="children_stay_once", fields=["child", "user", "part", "unit", "school"],
                nulls_distinct=False,
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"stay in the life of child {self.child_id}"
