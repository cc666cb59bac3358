"""Tables of the dated unit tree, division codes and posts."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q

from mingtian.core.ids import public_id
from mingtian.org.fields import LtreeField
from mingtian.org.rules import Line, Role, Scheme, UnitKind

KINDS = [(kind.value, kind.value) for kind in UnitKind]
LINES = [(line.value, line.value) for line in Line]
ROLES = [(role.value, role.value) for role in Role]
SCHEMES = [(scheme.value, scheme.value) for scheme in Scheme]


class Days(Func):
    """The half-open range of days between two columns; NULL means without end."""

    function = "DATERANGE"


class Unit(models.Model):
    """A committee, school, class, village …

    ``name`` and ``name_en`` are the newest; which name stood on a day is in
    :class:`UnitName`. ``closed_on`` is the first day it was no more; a unit that was merged
    away also has a ``successor``.
    """

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "org.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        db_table = "org_unit"

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit was called between two days; ``ends_on`` is the first day it was not."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_unit_name"
        constraints = [
            ExclusionConstraint(
                name="org_unit_name_one_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stood on one line between two days.

    ``path`` holds unit keys from the root down to the unit itself, so a subtree is one
    index look-up on any day. Moving a unit closes the rows of its whole subtree and opens
    new ones; nothing is rewritten, so history keeps its totals.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="placements")
    line = models.CharField(max_length=6, choices=LINES)
    superior = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="inferiors"
    )
    path = LtreeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_placement"
        indexes = [
            GistIndex(fields=["path"], name="org_placement_path"),
            models.Index(fields=["superior", "line"], name="org_placement_superior"),
            models.Index(fields=["unit", "line"], name="org_placement_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="org_placement_days",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="org_placement_one_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.path}"


class DivisionCode(models.Model):
    """A code of a place with its validity.

    ``resolved`` is False, and the code empty, for a place that was not found in the list.
    ``urban_rural`` is the class that stands beside a statistical code.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=12, choices=SCHEMES)
    code = models.CharField(max_length=12, blank=True, default="")
    urban_rural = models.CharField(max_length=3, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    resolved = models.BooleanField(default=True)

    class Meta:
        db_table = "org_division_code"
        indexes = [models.Index(fields=["scheme", "code"], name="org_division_code_code")]
        constraints = [
            ExclusionConstraint(
                name="org_division_code_one_a_day",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="org_division_code_one_place",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class Post(models.Model):
    """A person of staff at a unit. The post reaches the unit's subtree along ``line``."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=ROLES)
    line = models.CharField(max_length=6, choices=LINES, default=Line.LEADS)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "org_post"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "starts_on"], name="org_post_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.unit_id}"
