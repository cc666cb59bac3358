"""Somebody gave something: it is recorded once, and undone when it was recorded wrongly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.gifts.actions.books import (
    account,
    donors,
    in_words,
    lines,
    measure_of,
    post_stock,
    user_of,
)
from mingtian.gifts.models import Donor, Drive, Gift, GiftLine, Item
from mingtian.gifts.rules import (
    DonorKind,
    GiftKind,
    Quantity,
    Tag,
    UndoReason,
    check_name,
    check_quantities,
    check_received,
)
from mingtian.gifts.sealing import seal_donor
from mingtian.ledger.actions import reverse
from mingtian.ledger.queries import entries_of
from mingtian.ledger.rules import EntrySpec, Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class DonorSpec:
    """Who gives. Whoever stays unnamed may leave the name out."""

    kind: DonorKind
    name: str
    contact: str = ""
    unnamed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneySpec:
    """Money that a licensed charity or the committee's bank account has received."""

    amount: int
    receiver: str
    receipt: str
    receipt_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftSpec:
    """A gift, of money or goods. ``key`` is chosen beforehand: the same key twice is one gift."""

    key: str
    unit_id: int
    county_id: int
    donor: Donor | DonorSpec
    tag: Tag
    received_on: date
    drive: Drive | None = None
    money: MoneySpec | None = None
    goods: Sequence[Quantity] = ()


def record_gift(spec: GiftSpec, items: Mapping[str, Item], *, now: datetime, actor: Actor) -> Gift:
    """Record a gift and put goods into the unit's stock; the same key again returns what stands.

    ``items`` are the county's by public id. The product takes no money: for money the receipt of whoever
    took it is needed.
    """
    check_received(spec.received_on, today=day_of(now))
    money = _checked(spec, now)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('gifts_gift'), %s)", [spec.county_id]
            )
        if found := Gift.objects.filter(public_id=spec.key).first():
            return _sent_before(found, spec)
        gift = Gift.objects.create(
            public_id=spec.key, unit_id=spec.unit_id, county_id=spec.county_id,
            year=spec.received_on.year, number=_next_number(spec), donor=_donor(spec, now, actor),
            drive=spec.drive, kind=GiftKind.MONEY if money else GiftKind.GOODS,
            tag=spec.tag.value, received_on=spec.received_on,
            amount=money.amount if money else None,
            receiver=money.receiver if money else "", receipt=money.receipt if money else "",
            receipt_on=money.receipt_on if money else None,
            noted_by_id=user_of(actor), noted_at=now,
        )  # fmt: skip
        audit.record(
            actor=actor.username, action="gifts.recorded", subject=f"gifts_gift:{gift.public_id}",
            now=now, kind=gift.kind, unit=gift.unit_id, lines=len(spec.goods),
        )  # fmt: skip
        if not money:
            _into_stock(gift, spec, items, now=now, actor=actor)
    return gift


def undo_gift(gift: Gift, reason: UndoReason, *, now: datetime, actor: Actor) -> bool:
    """Undo a gift that was recorded wrongly; says whether that was new.

    Refused when its goods have left the stock meanwhile.
    """
    kept = [row.item for row in gift.lines.select_related("item")]
    with transaction.atomic(), in_words({measure_of(item): item for item in kept}):
        changed = Gift.objects.filter(pk=gift.pk, undone_at=None).update(
            undone_at=now, undone_by_id=user_of(actor), undone_for=reason.value
        )
        if not changed:
            return False
        audit.record(
            actor=actor.username, action="gifts.undone", subject=f"gifts_gift:{gift.public_id}",
            now=now, reason=reason.value,
        )  # fmt: skip
        if entry := entries_of([source_of(gift)]).get(source_of(gift)):
            reverse(entry.public_id, reason.value, now=now, actor=actor)
    return True


def source_of(gift: Gift) -> str:
    """Return under which source a gift of goods stands in the books."""
    return f"gifts.gift:{gift.public_id}"


def _checked(spec: GiftSpec, now: datetime) -> MoneySpec | None:
    if spec.money is None:
        check_quantities(spec.goods)
        return None
    money = spec.money
    if money.amount <= 0 or not money.receiver.strip() or not money.receipt.strip():
        raise RuleBroken("gifts_receipt_missing")
    check_received(money.receipt_on, today=day_of(now))
    return money


def _sent_before(found: Gift, spec: GiftSpec) -> Gift:
    """Return what stands; refuse a page that was changed after it had been sent."""
    lines = dict(found.lines.values_list("item__public_id", "quantity"))
    said = (spec.unit_id, spec.received_on, spec.money.amount if spec.money else None)
    if said != (found.unit_id, found.received_on, found.amount) or lines != {
        each.item: each.quantity for each in spec.goods
    }:
        raise RuleBroken("gifts_sent_already")
    return found


def _into_stock(
    gift: Gift, spec: GiftSpec, items: Mapping[str, Item], *, now: datetime, actor: Actor
) -> None:
    wanted = [(items[each.item], each) for each in spec.goods if each.item in items]
    if len(wanted) != len(spec.goods):
        raise RuleBroken("gifts_item_unknown")
    GiftLine.objects.bulk_create(
        GiftLine(gift=gift, item=item, quantity=each.quantity, value=each.value)
        for item, each in wanted
    )
    moves = [
        (donors(item), account(item, gift.unit_id, Kind.STOCK), each.quantity)
        for item, each in wanted
    ]
    entry = EntrySpec(kind="gift", source=source_of(gift), lines=lines(moves, now=now, actor=actor))
    post_stock(entry, {measure_of(item): item for item, _ in wanted}, now=now, actor=actor)


def _donor(spec: GiftSpec, now: datetime, actor: Actor) -> Donor:
    if isinstance(spec.donor, Donor):
        return spec.donor
    said, own = spec.donor, public_id()
    name = " ".join(said.name.split()) if said.unnamed else check_name(said.name)
    return Donor.objects.create(
        public_id=own, unit_id=spec.unit_id, kind=said.kind.value, unnamed=said.unnamed,
        name=seal_donor(own, "name", name), contact=seal_donor(own, "contact", said.contact.strip()),
        noted_by_id=user_of(actor), noted_at=now,
    )  # fmt: skip


def _next_number(spec: GiftSpec) -> int:
    # The county's lock is held: nobody else counts at this moment.
    of_year = Gift.objects.filter(county_id=spec.county_id, year=spec.received_on.year)
    return int(of_year.aggregate(last=Max("number"))["last"] or 0) + 1
