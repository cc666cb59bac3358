"""Tables of bulletins. What has been issued does not change (sql/schema.sql)."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from mingtian.bulletins.rules import MOST_REASON, Again, Kind
from mingtian.bulletins.switching import Ground
from mingtian.core.ids import public_id


def _staff() -> "models.ForeignKey[User | None, User | None]":
    """Return a column for who did it; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Bulletin(models.Model):
    """A unit's bulletin or supervision note of one day, from its draft on (SUP-1).

    ``texts`` are the sections as people wrote them, with the names of figures; ``facts`` the
    figures that the draft has seen, and from the issue on those that it tells. ``body`` and
    ``group_text`` are filled when it goes out. ``reason`` says why there is a second edition.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Kind])
    edition = models.PositiveSmallIntegerField()
    replaces = models.OneToOneField(
        "bulletins.Bulletin", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    reason = models.CharField(
        max_length=17, blank=True, default="", choices=[(each.value, each.value) for each in Again]
    )
    reason_words = models.CharField(max_length=MOST_REASON, blank=True, default="")
    texts = models.JSONField()
    facts = models.JSONField()
    title = models.CharField(max_length=160, blank=True, default="")
    body = models.JSONField(default=list)
    group_text = models.CharField(max_length=300, blank=True, default="")
    reference = models.CharField(max_length=60, blank=True, default="")
    document = models.CharField(max_length=12, blank=True, default="")
    drafted_by = _staff()
    drafted_at = models.DateTimeField()
    edited_by = _staff()
    edited_at = models.DateTimeField(null=True, blank=True)
    issued_by = _staff()
    issued_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "bulletins_bulletin"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit", "kind", "edition"], name="bulletins_edition_once"
            ),
            models.UniqueConstraint(
                fields=["lecture", "unit", "kind"],
                condition=Q(issued_at__isnull=True),
                name="bulletins_one_draft",
            ),
            models.UniqueConstraint(
                fields=["lecture", "unit", "kind"],
                condition=Q(issued_at__isnull=False, superseded_at__isnull=True),
                name="bulletins_one_in_force",
            ),
            models.CheckConstraint(
                name="bulletins_again_with_reason",
                condition=Q(edition=1, replaces__isnull=True, reason="")
                | (Q(edition__gt=1, replaces__isnull=False) & ~Q(reason="") & ~Q(reason_words="")),
            ),
            models.CheckConstraint(
                name="bulletins_number_when_issued",
                condition=(Q(issued_at__isnull=False) & ~Q(reference=""))
                | Q(issued_at__isnull=True, reference="", superseded_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.kind} {self.public_id}"


class Switching(models.Model):
    """The comparison of a campaign's units switched on or off, with the reason (RNK-1).

    The latest counts; a campaign without any compares nobody.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField()
    ground = models.CharField(max_length=14, choices=[(each.value, each.value) for each in Ground])
    words = models.CharField(max_length=MOST_REASON)
    switched_by = _staff()
    switched_at = models.DateTimeField()

    class Meta:
        db_table = "bulletins_switching"
        indexes = [models.Index(fields=["campaign", "-id"], name="bulletins_switched")]

    def __str__(self) -> str:
        return f"comparison of campaign {self.campaign_id}: {self.on}"
