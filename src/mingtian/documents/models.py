"""Tables of documents. What has been issued does not change (sql/schema.sql)."""

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.documents.files import FileKind
from mingtian.documents.rules import (
    KIND_OF,
    LONGEST_NOTE,
    LONGEST_SYMBOL,
    LONGEST_TITLE,
    OUT,
    Cited,
    Genre,
    Kind,
    State,
)
from mingtian.org.rules import Line
from mingtian.papers.paper import Urgency

_OUT = Q(state__in=sorted(state.value for state in OUT))


def _staff() -> "models.ForeignKey[User | None, User | None]":
    """Return a column for who did it; the row outlives the account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class Letterhead(models.Model):
    """How a unit's papers are headed and numbered, where it has chosen so itself."""

    unit = models.OneToOneField(
        "org.Unit", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    mark = models.CharField(max_length=60)
    symbol = models.CharField(max_length=LONGEST_SYMBOL, unique=True)

    class Meta:
        db_table = "documents_letterhead"

    def __str__(self) -> str:
        return self.symbol


class Register(models.Model):
    """The last number that a unit gave in a year. Its row is the lock that keeps gaps out."""

    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "documents_register"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="documents_register_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.last}"


class Document(models.Model):
    """A document from its draft to its closing.

    ``reference`` is the whole number as printed. The parent is a document kept here or an outside
    one in three words. ``to_lists`` are keys of rules.Address, ``to_units`` keys of units.
    ``edits`` counts how often a draft was kept, so that two writers notice each other.
    ``one_person`` says that the unit had nobody else to sign. ``source`` is the key under which
    another module asked for it ("bulletin:12"). ``replaces`` is the version before.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    genre = models.CharField(max_length=14, choices=[(each.value, each.value) for each in Genre])
    state = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in State], default=State.DRAFT
    )
    symbol = models.CharField(max_length=LONGEST_SYMBOL, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True, default="")
    mark = models.CharField(max_length=60, blank=True, default="")
    title = models.CharField(max_length=LONGEST_TITLE)
    addressee = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    copies_to = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    urgency = models.CharField(
        max_length=2, blank=True, default="", choices=[(each.value, each.value) for each in Urgency]
    )
    body = models.JSONField(default=list)
    indicators = ArrayField(models.CharField(max_length=LONGEST_NOTE), default=list, blank=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parent = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="lower"
    )
    parent_issuer = models.CharField(max_length=120, blank=True, default="")
    parent_number = models.CharField(max_length=60, blank=True, default="")
    parent_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    source = models.CharField(max_length=80, null=True, blank=True, unique=True)
    to_lists = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    to_units = ArrayField(models.IntegerField(), default=list, blank=True)
    relay_by = models.DateField(null=True, blank=True)
    drafted_by = _staff()
    drafted_at = models.DateTimeField()
    edits = models.PositiveIntegerField(default=0, db_default=0)
    reviewed_by = _staff()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    signed_by = _staff()
    signed_at = models.DateTimeField(null=True, blank=True)
    one_person = models.BooleanField(default=False)
    issued_by = _staff()
    issued_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_document"
        indexes = [
            models.Index(fields=["unit", "state"], name="documents_of_unit"),
            models.Index(fields=["campaign"], name="documents_of_campaign"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="documents_number_once"
            ),
            models.CheckConstraint(
                name="documents_number_when_issued",
                condition=(
                    _OUT
                    & Q(number__isnull=False, year__isnull=False, issued_at__isnull=False)
                    & ~Q(symbol="")
                )
                | (~_OUT & Q(number__isnull=True, year__isnull=True, issued_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.title

    @property
    def kind(self) -> Kind:
        return KIND_OF[Genre(self.genre)]

    @property
    def newer(self) -> "Document | None":
        """The version that took its place, once that is issued."""
        found: Document | None = getattr(self, "next", None)
        return found if found is not None and found.is_out else None

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def cited(self) -> Cited:
        return Cited(
            document_id=self.parent_id,
            issuer=self.parent_issuer,
            number=self.parent_number,
            issued_on=self.parent_on,
        )


class Partner(models.Model):
    """A body that issues a document together with the one that drafts it (DOC-3)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="partners")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    agreed_by = _staff()
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "documents_partner"
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="documents_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} with {self.unit_id}"


class Attachment(models.Model):
    """A file of a document, sealed; ``digest`` is the SHA-256 of the file as it was given."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(each.value, each.value) for each in FileKind])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content_sealed = models.BinaryField()

    class Meta:
        db_table = "documents_attachment"
        constraints = [
            models.UniqueConstraint(fields=["document", "digest"], name="documents_attachment_once")
        ]

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """What one receiver did with a document, and when (DOC-4).

    ``through`` is the unit that sent or relayed it. ``requirements`` is the own document that was
    issued under it, where there is one; ``met_in`` the public id of the recorded meeting, empty
    where the meeting was only told.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="receipts")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    through = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=6, choices=[(line.value, line.value) for line in Line])
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = _staff()
    relayed_at = models.DateTimeField(null=True, blank=True)
    relayed_to = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    met_in = models.CharField(max_length=12, blank=True, default="", db_default="")
    requirements_at = models.DateTimeField(null=True, blank=True)
    requirements_note = models.CharField(max_length=LONGEST_NOTE, blank=True, default="")
    requirements = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "documents_receipt"
        indexes = [models.Index(fields=["unit", "document"], name="documents_received")]
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="documents_receipt_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} at {self.unit_id}"


class SendingList(models.Model):
    """A named list of receivers of a unit, by kind below it: "all counties and schools"."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    addresses = ArrayField(models.CharField(max_length=24))

    class Meta:
        db_table = "documents_sending_list"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="documents_sending_list_once")
        ]

    def __str__(self) -> str:
        return self.name
