"""Editions of the book: what a county gave out on a day. Masked numbers only; no exact one is kept here."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mingtian.core.figures import Bound
from mingtian.core.ids import public_id
from mingtian.yearbook.masking import LEAST_TOTAL, STEP
from mingtian.yearbook.rules import Measure, OfRules

MEASURES = [(one.value, one.value) for one in Measure]
PRINTABLE = [*MEASURES, *((one.value, one.value) for one in OfRules)]
BOUNDS = [(one.value, one.value) for one in (Bound.ABOUT, Bound.MORE_THAN)]


class Edition(models.Model):
    """A county's numbers of a year as it gave them out on a day. What leaves the office is made from it.

    One follows another after four weeks at the earliest (``rules.GAP``); ``closing`` ends the year.
    ``digest`` is worked out over head and cells and over ``previous``, the digest of the edition
    before it; ``book_head`` is the fingerprint of the ledger's book after ``book_entries`` entries, a
    number that is told to nobody.
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


class Printed(models.Model):
    """A figure as a report printed it, to be held against what is counted. Public as it stands.

    ``place`` is a place directly below the unit, None for the whole. Money is in fen.
    """

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    place = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=12, choices=PRINTABLE)
    word = models.CharField(max_length=32, blank=True, default="")
    bound = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Bound])
    value = models.BigIntegerField()
    source = models.CharField(max_length=120)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "yearbook_printed"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "place", "measure", "word"],
                name="yearbook_printed_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="yearbook_printed_some"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}:{self.word}"


class CellRow(models.Model):
    """One number of an edition, as it was given out: of a place, or of the whole unit (``place`` None).

    ``value`` None: masked. ``bound`` says about how many, or more than how many. The database takes no
    number below ten and none between the steps, so an exact small one cannot come here by mistake.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="cells")
    place = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=12, choices=MEASURES)
    word = models.CharField(max_length=32, blank=True, default="")
    value = models.BigIntegerField(null=True)
    bound = models.CharField(max_length=1, choices=BOUNDS, blank=True, default="")

    class Meta:
        db_table = "yearbook_cell"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "place", "measure", "word"],
                name="yearbook_cell_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="yearbook_cell_masked",
                condition=Q(value__isnull=True, bound="")
                | Q(value__gte=LEAST_TOTAL, bound__in=[each for each, _ in BOUNDS]),
            ),
            models.CheckConstraint(
                name="yearbook_cell_in_steps",
                condition=Q(value__isnull=True) | Q(value=F("value") / STEP * STEP),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}:{self.word}"
