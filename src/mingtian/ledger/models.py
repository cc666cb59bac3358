"""Books, accounts and entries. Lines and balances are tables of sql/schema.sql.

Rows come into being through ``actions`` alone; triggers refuse every other change.
"""

from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.ledger.rules import Kind

KINDS = [(each.value, each.value) for each in Kind]


class Book(models.Model):
    """One chain of entries, kept for a unit. ``head`` is the fingerprint of the newest entry."""

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=12, default=public_id)
    unit = models.OneToOneField("org.Unit", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    entries = models.IntegerField(default=0)
    head = models.BinaryField()

    class Meta:
        db_table = "ledger_book"
        constraints = [models.UniqueConstraint(fields=["public_id"], name="ledger_book_public_id")]

    def __str__(self) -> str:
        return self.public_id


class Account(models.Model):
    """Where money or things are: a fund, what is owed, the outside world."""

    id = models.AutoField(primary_key=True)
    public_id = models.CharField(max_length=12, default=public_id)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    measure = models.CharField(max_length=32)
    purpose = models.CharField(max_length=64, blank=True)
    may_go_negative = models.BooleanField(help_text="Set by the database: the outside world only.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    digest = models.BinaryField(help_text="SHA-256 of the account's text, set by the database.")

    class Meta:
        db_table = "ledger_account"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="ledger_account_public_id"),
            models.UniqueConstraint(fields=["id", "book"], name="ledger_account_in_book"),
            models.UniqueConstraint(
                fields=["book", "owner", "kind", "measure", "purpose"],
                condition=Q(closed_at__isnull=True),
                name="ledger_account_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in Kind]), name="ledger_account_kind"
            ),
            models.CheckConstraint(
                condition=Q(may_go_negative=False) | Q(kind="source"),
                name="ledger_account_never_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Entry(models.Model):
    """Something that happened once: its lines sum to zero in each measure.

    ``made_by`` is the key of a user without a foreign key: books outlive accounts of staff.
    """

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField(help_text="1 for the first of its book, without gaps.")
    public_id = models.CharField(max_length=12, default=public_id)
    at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=32)
    source = models.CharField(max_length=130)
    reverses = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=32, blank=True)
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="ledger_entry_number"),
            models.UniqueConstraint(fields=["public_id"], name="ledger_entry_public_id"),
            models.UniqueConstraint(fields=["source"], name="ledger_entry_source"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_entry_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, reason="")
                | (Q(reverses__isnull=False) & ~Q(reason="")),
                name="ledger_entry_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
