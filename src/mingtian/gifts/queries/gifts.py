"""Gifts with what was in them, and donors opened for whoever records them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.gifts.models import Donor, Gift, GiftLine, Item
from mingtian.gifts.rules import DonorKind, GiftKind, Tag
from mingtian.gifts.sealing import open_donor

MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class DonorRow:
    """A donor, opened. ``name`` is empty for one who stayed unnamed even here."""

    public_id: str
    unit_id: int
    kind: DonorKind
    name: str
    contact: str
    unnamed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    item: Item
    quantity: int
    value: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftRow:
    """A gift as it was recorded. ``number`` stands on its receipt."""

    public_id: str
    number: str
    unit_id: int
    donor: DonorRow
    drive: str
    kind: GiftKind
    tag: Tag
    received_on: date
    amount: int | None
    receiver: str
    receipt: str
    receipt_on: date | None
    noted_by: str
    undone_at: datetime | None
    undone_for: str
    lines: tuple[LineRow, ...]


def list_gifts(
    unit_ids: Collection[int], *, donor_id: int | None = None, most: int = MOST
) -> list[GiftRow]:
    """Return gifts recorded at these units, the newest first, or those of a donor. Two statements."""
    found = Gift.objects.filter(unit_id__in=unit_ids)
    if donor_id is not None:
        found = found.filter(donor_id=donor_id)
    return _rows(
        found.select_related("donor", "drive", "noted_by").order_by("-received_on", "-pk")[:most]
    )


def gift_row(gift: Gift) -> GiftRow:
    """Return one gift with its lines."""
    return _rows([gift])[0]


def list_donors(unit_ids: Collection[int]) -> list[DonorRow]:
    """Return the donors noted at these units, the newest first."""
    rows = Donor.objects.filter(unit_id__in=unit_ids).order_by("-pk")[:MOST]
    return [donor_row(row) for row in rows]


def donor_row(row: Donor) -> DonorRow:
    """Open a donor."""
    return DonorRow(
        public_id=row.public_id, unit_id=row.unit_id, kind=DonorKind(row.kind), unnamed=row.unnamed,
        name=open_donor(row.public_id, "name", row.name),
        contact=open_donor(row.public_id, "contact", row.contact),
    )  # fmt: skip


def _rows(gifts: Iterable[Gift]) -> list[GiftRow]:
    kept = list(gifts)
    lines: dict[int, list[LineRow]] = {}
    for line in (
        GiftLine.objects.select_related("item").filter(gift_id__in=[g.pk for g in kept])
        .order_by("pk")
    ):  # fmt: skip
        row = LineRow(item=line.item, quantity=line.quantity, value=line.value)
        lines.setdefault(line.gift_id, []).append(row)
    return [
        GiftRow(
            public_id=gift.public_id, number=f"{gift.year}-{gift.number:04}", unit_id=gift.unit_id,
            donor=donor_row(gift.donor), drive=gift.drive.title if gift.drive else "",
            kind=GiftKind(gift.kind), tag=Tag(gift.tag), received_on=gift.received_on,
            amount=gift.amount, receiver=gift.receiver, receipt=gift.receipt,
            receipt_on=gift.receipt_on, noted_by=gift.noted_by.get_full_name() or gift.noted_by.username,
            undone_at=gift.undone_at, undone_for=gift.undone_for,
            lines=tuple(lines.get(gift.pk, ())),
        )
        for gift in kept
    ]  # fmt: skip
