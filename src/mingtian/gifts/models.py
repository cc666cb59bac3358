"""Donors, gifts, stock, hand-overs and need codes. Guards and policies stand in sql/schema.sql.

Quantities stand in the books of ``ledger``; rows here say what an entry was about. Only hand-overs
and needs point to a child, by its number in the vault.
"""

from enum import StrEnum

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mingtian.core.ids import public_id, random_code
from mingtian.gifts.rules import (
    DonorKind,
    GiftKind,
    HandState,
    Measure,
    MoveKind,
    NeedState,
    SignWay,
    Tag,
    Thing,
)

CODE_LENGTH = 8


def _words(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in words]


def need_code() -> str:
    """Return a new need code: 40 random bits, made from nothing that is known about anybody."""
    return random_code(CODE_LENGTH)


class Donor(models.Model):
    """Who gives. Name and contact are sealed under the installation's key."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=_words(DonorKind))
    name = models.BinaryField()
    contact = models.BinaryField()
    unnamed = models.BooleanField(help_text="Is not named on lists and receipts for others.")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_donor"

    def __str__(self) -> str:
        return self.public_id


class Partner(models.Model):
    """A charity. With a licence that holds it may be handed lists of need codes."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    licence = models.CharField(max_length=40, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_partner"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="gifts_partner_once")]

    def __str__(self) -> str:
        return self.public_id


class Drive(models.Model):
    """A drive, as "everyone donates": when, what for, how. How much anybody gives is laid down nowhere."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=60)
    plan = models.CharField(max_length=600)
    tag = models.CharField(max_length=16, choices=_words(Tag))
    starts_on = models.DateField()
    ends_on = models.DateField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_drive"
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="gifts_drive_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="gifts_drive_days"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Item(models.Model):
    """A kind of thing that a county's units keep. Its measure in the books is its own."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    county = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    name_en = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=9, choices=_words(Measure))
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_item"
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="gifts_item_once")]

    def __str__(self) -> str:
        return self.public_id


class Gift(models.Model):
    """Something given. Never changed; what was recorded wrongly is undone with a reason.

    Money was received by ``receiver``, who wrote receipt ``receipt`` on ``receipt_on``: the product takes none.
    ``public_id`` is chosen by the page that is sent, so that sending twice records once.
    """

    public_id = models.CharField(max_length=12, unique=True)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="Of the county and year; stands on the receipt.")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="gifts")
    drive = models.ForeignKey(
        Drive, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    kind = models.CharField(max_length=5, choices=_words(GiftKind))
    tag = models.CharField(max_length=16, choices=_words(Tag))
    received_on = models.DateField()
    amount = models.BigIntegerField(null=True, help_text="Whole fen, for money.")
    receiver = models.CharField(max_length=60, blank=True)
    receipt = models.CharField(max_length=40, blank=True)
    receipt_on = models.DateField(null=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_for = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        db_table = "gifts_gift"
        indexes = [models.Index(fields=["unit", "received_on"], name="gifts_gift_unit_day")]
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "number"], name="gifts_gift_number"),
            models.CheckConstraint(
                name="gifts_gift_money",
                condition=Q(kind="goods", amount__isnull=True, receipt_on__isnull=True)
                | (Q(kind="money", amount__gt=0, receipt_on__isnull=False)
                   & ~Q(receiver="") & ~Q(receipt="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class GiftLine(models.Model):
    """So many of an item in a gift; ``value`` is what it is worth by estimate, in fen."""

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    value = models.BigIntegerField(null=True)

    class Meta:
        db_table = "gifts_line"
        constraints = [models.UniqueConstraint(fields=["gift", "item"], name="gifts_line_once")]

    def __str__(self) -> str:
        return f"{self.quantity} of item {self.item_id}"


class Move(models.Model):
    """Stock moved to another unit, lost, or counted: ``quantity`` moved, lost or found there.

    ``difference`` is what counting found above (or below) what the books said.
    """

    public_id = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=_words(MoveKind))
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    difference = models.IntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_move"
        constraints = [
            models.CheckConstraint(
                name="gifts_move_whole",
                condition=Q(kind="transfer", to_unit__isnull=False)
                | (Q(kind="loss", to_unit__isnull=True) & ~Q(reason=""))
                | Q(kind="count", to_unit__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class Round(models.Model):
    """A round of condolence visits: from whose stock, on which day, for which occasion."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=40)
    tag = models.CharField(max_length=16, choices=_words(Tag))
    goes_on = models.DateField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "gifts_round"
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "goes_on"], name="gifts_round_once")
        ]

    def __str__(self) -> str:
        return self.public_id


class HandOver(models.Model):
    """Things for the household of one child, by the child's number.

    ``signer`` is who signed for them, sealed with the child's key (class helping); a second
    person who was there may confirm instead, never the one who handed over. One that was noted
    wrongly is undone once, with a reason and by another person; who signed stays readable.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="handovers")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=_words(HandState), default=HandState.PLANNED)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField()
    way = models.CharField(max_length=6, choices=_words(SignWay), blank=True, default="")
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    handed_at = models.DateTimeField(null=True)
    signer = models.BinaryField(null=True, help_text="Sealed, class helping.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=12, blank=True, default="")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_for = models.CharField(max_length=16, blank=True, default="", db_default="")

    class Meta:
        db_table = "gifts_handover"
        indexes = [models.Index(fields=["child"], name="gifts_handover_child"),
                   models.Index(fields=["unit", "state"], name="gifts_handover_unit")]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                name="gifts_handover_once", fields=["round", "child"],
                condition=~Q(state__in=["not_given", "undone"]),
            ),
            models.CheckConstraint(
                name="gifts_handover_two_people", condition=~Q(confirmed_by=F("handed_by"))
            ),
            models.CheckConstraint(
                name="gifts_handover_signed",
                condition=~Q(state="confirmed") | Q(way="signed") | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="gifts_handover_handed",
                condition=Q(state__in=["planned", "not_given"], handed_by__isnull=True)
                | (Q(state__in=["handed", "confirmed", "undone"], handed_by__isnull=False)
                   & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="gifts_handover_undone",
                condition=Q(undone_by__isnull=True, undone_at__isnull=True, undone_for="")
                & ~Q(state="undone")
                | (Q(state="undone", undone_by__isnull=False, undone_at__isnull=False)
                   & ~Q(undone_for="") & ~Q(undone_by=F("handed_by"))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id


class HandLine(models.Model):
    """So many of an item in a hand-over."""

    handover = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()

    class Meta:
        db_table = "gifts_handline"
        constraints = [
            models.UniqueConstraint(fields=["handover", "item"], name="gifts_handline_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="gifts_handline_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of item {self.item_id}"


class Need(models.Model):
    """A thing that a child needs, under a code that tells nothing; never seen without consent.

    ``unit`` and ``county`` answer for the child. Released by another person than the writer.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=need_code)
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=10, choices=_words(Thing))
    size = models.CharField(max_length=5, blank=True)
    note = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=9, choices=_words(NeedState), default=NeedState.WAITING)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "gifts_need"
        indexes = [models.Index(fields=["county", "thing"], name="gifts_need_alike")]
        constraints = [
            models.UniqueConstraint(
                name="gifts_need_once", fields=["child", "thing"],
                condition=Q(state__in=["waiting", "released"]),
            ),
            models.CheckConstraint(
                name="gifts_need_two_people", condition=~Q(released_by=F("written_by"))
            ),
            models.CheckConstraint(
                name="gifts_need_released",
                condition=~Q(state__in=["released", "met"]) | Q(released_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class HandOut(models.Model):
    """A list of codes that a partner was given: by whom, when, which codes."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="handouts")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    codes = ArrayField(models.CharField(max_length=CODE_LENGTH))

    class Meta:
        db_table = "gifts_handout"

    def __str__(self) -> str:
        return self.public_id
