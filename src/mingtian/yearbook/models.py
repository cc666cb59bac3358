"""Editions of the book: what the numbers were on the day on which they were given out. Sums only."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.yearbook.rules import Measure

MEASURES = [(one.value, one.value) for one in Measure]


class Edition(models.Model):
    """A county's numbers of a year as they stood on a day. What leaves the office is made from it.

    At most one a day, so that two that differ by one child are never both given out. ``closing`` ends the
    year. ``digest`` is worked out over head and cells and over ``previous``, the digest of the edition
    before it; ``book_head`` is the fingerprint of the ledger's book after ``book_entries`` entries.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    number = models.SmallIntegerField(help_text="1 for the first of its year, without gaps.")
    taken_on = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closing = models.BooleanField(default=False)
    book = models.CharField(max_length=12, blank=True, default="")
    book_entries = models.IntegerField(default=0)
    book_head = models.CharField(max_length=64, blank=True, default="")
    previous = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "yearbook_edition"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="yearbook_edition_number"
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "taken_on"], name="yearbook_edition_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(closing=True),
                name="yearbook_edition_one_closing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class CellRow(models.Model):
    """One count of an edition, as it was: of a place, or of the whole unit (``place`` None)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cells")
    place = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=12, choices=MEASURES)
    word = models.CharField(max_length=32, blank=True, default="")
    value = models.BigIntegerField()

    class Meta:
        db_table = "yearbook_cell"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "place", "measure", "word"],
                name="yearbook_cell_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="yearbook_cell_value"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}:{self.word}"
