"""Funds, schemes, dated rates, lists and grants. Policies, guards and steps stand in sql/schema.sql.

A grant holds no name: the child is a number of the vault, the payee is sealed under the child's own key.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mingtian.aid.rules import (
    Level,
    ListState,
    Per,
    Receiver,
    ReturnReason,
    SchemeKind,
    SendBackReason,
    State,
)
from mingtian.core.ids import public_id


def _words(words: type[Level | ListState | Per | Receiver | ReturnReason | SchemeKind]
           | type[SendBackReason] | type[State]) -> list[tuple[str, str]]:  # fmt: skip
    return [(each.value, each.value) for each in words]


class Fund(models.Model):
    """Money for aid in the book of a county or town.

    ``office_limit`` is the largest list in fen that the office approves at first, until another
    :class:`Limit` holds; above it the director does.
    The four accounts are the ledger's public ids: outside world, fund, set aside, paid out.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    office_limit = models.BigIntegerField()
    source = models.CharField(max_length=12)
    money = models.CharField(max_length=12)
    reserved = models.CharField(max_length=12)
    paid = models.CharField(max_length=12)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "aid_fund"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="aid_fund_once"),
            models.CheckConstraint(condition=Q(office_limit__gte=0), name="aid_fund_limit"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Limit(models.Model):
    """The largest list in fen that the office of a fund approves, from a day on. Never changed or taken out.

    Of two for the same day the later one holds.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(help_text="Whole fen.")
    valid_from = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "aid_limit"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="aid_limit_amount"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Scheme(models.Model):
    """What a county gives aid for. ``published`` says whether its lists may hang on a notice."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=_words(SchemeKind))
    published = models.BooleanField(default=True)
    since = models.DateField()

    class Meta:
        db_table = "aid_scheme"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="aid_scheme_once")]

    def __str__(self) -> str:
        return self.public_id


class RateRow(models.Model):
    """A dated rate. Never changed, only ended; two of one kind never hold on the same day."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rates")
    level = models.CharField(max_length=8, choices=_words(Level))
    boarding = models.BooleanField(null=True)
    per = models.CharField(max_length=4, choices=_words(Per))
    amount = models.BigIntegerField(help_text="Whole fen.")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="First day without it.")

    class Meta:
        db_table = "aid_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["id", "scheme", "per", "amount"], name="aid_rate_as_it_is"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="aid_rate_amount"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="aid_rate_days",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Upload(models.Model):
    """A school's file between its preview and its taking over, sealed; an hour at most.

    ``home`` is the town or county that answers for children who are registered by it. Once it is taken
    over (``taken_at``) only refused rows are left of it, and where none was refused, nothing.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    unit = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    home = models.ForeignKey("org.Unit", on_delete=models.CASCADE, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.CASCADE, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="+")
    term = models.CharField(max_length=6)
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "aid_upload"

    def __str__(self) -> str:
        return self.public_id


class Listing(models.Model):
    """A list of grants that one person entered for a unit, a scheme and a term.

    How many lines it has and what they sum up to is always counted from the lines. ``lines`` is the
    fingerprint of the lines as they were approved; the ledger's entry carries it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=6)
    state = models.CharField(max_length=9, choices=_words(ListState), default=ListState.ENTERED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True, default="")
    lines = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        db_table = "aid_list"
        constraints = [
            models.UniqueConstraint(
                fields=["id", "unit", "fund", "scheme", "term"], name="aid_list_as_it_is"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("entered_by")),
                name="aid_list_two_hands",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Payee(models.Model):
    """Who receives a child's aid and where: sealed, written once. A change is another row."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    name = models.BinaryField()
    account = models.BinaryField()
    bank = models.BinaryField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "aid_payee"

    def __str__(self) -> str:
        return self.public_id


class Batch(models.Model):
    """Approved grants of one fund that are paid together. ``lines`` as in :class:`Listing`.

    ``fetched_at``: when the file for the bank was first given out. From then on the bank may pay
    every line of it.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_at = models.DateTimeField(null=True)
    dissolved_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    lines = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        db_table = "aid_batch"
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True) | Q(dissolved_at__isnull=True),
                name="aid_batch_one_end",
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Grant(models.Model):
    """One child, one scheme, one term, one amount: a grant line.

    Rate and payee stand fixed from the approval on. Whoever entered, approved and paid are three
    people. A returned grant leaves room for another. One on hold has left its batch, with its money
    still set aside.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=6)
    rate = models.ForeignKey(RateRow, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=_words(Level))
    boarding = models.BooleanField()
    per = models.CharField(max_length=4, choices=_words(Per))
    rate_amount = models.BigIntegerField()
    days = models.SmallIntegerField(default=1)
    amount = models.BigIntegerField(help_text="Whole fen.")
    payee = models.ForeignKey(Payee, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=_words(State), default=State.ENTERED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    received_from = models.CharField(max_length=8, blank=True, default="")
    received_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        db_table = "aid_grant"
        indexes = [
            models.Index(fields=["fund", "state"], name="aid_grant_fund_state"),
            models.Index(fields=["unit", "term", "scheme"], name="aid_grant_unit_term"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "scheme", "term"],
                condition=~Q(state="returned"),
                name="aid_grant_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="aid_grant_amount"),
            models.CheckConstraint(
                condition=~Q(approved_by=F("entered_by"))
                & ~Q(paid_by=F("entered_by"))
                & ~Q(paid_by=F("approved_by")),
                name="aid_grant_three_hands",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Export(models.Model):
    """Leave to fetch a batch's file for the bank, for a day. The file itself is kept nowhere."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "aid_export"

    def __str__(self) -> str:
        return self.public_id
