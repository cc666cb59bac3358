"""Stock moves to another unit, is lost, or is counted. It is never below zero (the books see to it)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.gifts.actions.books import COUNTED, account, lines, measure_of, post_stock, user_of
from mingtian.gifts.models import Item, Move
from mingtian.gifts.rules import LossReason, MoveKind, check_quantity
from mingtian.ledger.queries import find_account
from mingtian.ledger.rules import AccountSpec, EntrySpec, Kind

Moved = tuple[AccountSpec, AccountSpec, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveSpec:
    """A transfer, a loss, or a count; ``key`` is chosen beforehand: the same key twice is one move.

    ``quantity`` is what moves or is lost; for a count, what was found there.
    """

    key: str
    kind: MoveKind
    unit_id: int
    item: Item
    quantity: int
    to_unit_id: int | None = None
    reason: LossReason | None = None


def move_stock(spec: MoveSpec, *, now: datetime, actor: Actor) -> Move:
    """Move stock, and return the move; the same key again returns what stands.

    Raises RuleBroken when there is not enough, without the other place or the reason, and when
    something else moved while a count was being entered.
    """
    _check(spec)
    if found := _sent_before(spec):
        return found
    try:
        with transaction.atomic():
            return _move(spec, now=now, actor=actor)
    except RuleBroken as refusal:
        if spec.kind is MoveKind.COUNT and refusal.code == "gifts_stock_empty":
            raise RuleBroken("gifts_count_overtaken") from refusal
        raise
    except IntegrityError:
        # The same page was sent twice at once; the other one has recorded it.
        if found := _sent_before(spec):
            return found
        raise


def _sent_before(spec: MoveSpec) -> Move | None:
    """Return what stands; refuse a page that was changed after it had been sent."""
    found = Move.objects.filter(public_id=spec.key).first()
    if found and (found.kind, found.unit_id, found.item_id, found.quantity) != (
        spec.kind, spec.unit_id, spec.item.pk, spec.quantity,
    ):  # fmt: skip
        raise RuleBroken("gifts_sent_already")
    return found


def _move(spec: MoveSpec, *, now: datetime, actor: Actor) -> Move:
    before = _held(spec)
    moved = _moved(spec, before)
    move = Move.objects.create(
        public_id=spec.key, kind=spec.kind.value, unit_id=spec.unit_id,
        to_unit_id=spec.to_unit_id if spec.kind is MoveKind.TRANSFER else None,
        item=spec.item, quantity=spec.quantity,
        difference=spec.quantity - before if spec.kind is MoveKind.COUNT else 0,
        reason=spec.reason.value if spec.reason and spec.kind is MoveKind.LOSS else "",
        noted_by_id=user_of(actor), noted_at=now,
    )  # fmt: skip
    audit.record(
        actor=actor.username, action=f"gifts.stock_{spec.kind.value}",
        subject=f"gifts_move:{move.public_id}", now=now, item=spec.item.pk,
        unit=spec.unit_id, quantity=spec.quantity, difference=move.difference,
    )  # fmt: skip
    if moved[2]:
        entry = EntrySpec(
            kind=spec.kind.value, source=f"gifts.move:{move.public_id}",
            lines=lines([moved], now=now, actor=actor),
        )  # fmt: skip
        post_stock(entry, {measure_of(spec.item): spec.item}, now=now, actor=actor)
    # The book is ours until the transaction ends, so this is what the shelf and the books hold.
    if spec.kind is MoveKind.COUNT and _held(spec) != spec.quantity:
        raise RuleBroken("gifts_count_overtaken")
    return move


def _check(spec: MoveSpec) -> None:
    check_quantity(spec.quantity, least=0 if spec.kind is MoveKind.COUNT else 1)
    if spec.kind is MoveKind.LOSS and spec.reason is None:
        raise RuleBroken("gifts_reason_missing")
    if spec.kind is MoveKind.TRANSFER and spec.to_unit_id in {None, spec.unit_id}:
        raise RuleBroken("gifts_other_place_missing")


def _moved(spec: MoveSpec, before: int) -> Moved:
    stock = account(spec.item, spec.unit_id, Kind.STOCK)
    lost = account(spec.item, spec.unit_id, Kind.LOST)
    if spec.kind is MoveKind.TRANSFER:
        assert spec.to_unit_id is not None
        return stock, account(spec.item, spec.to_unit_id, Kind.STOCK), spec.quantity
    if spec.kind is MoveKind.LOSS:
        return stock, lost, spec.quantity
    more = spec.quantity - before
    if more >= 0:
        found = account(spec.item, spec.item.county_id, Kind.SOURCE, purpose=COUNTED)
        return found, stock, more
    return stock, lost, -more


def _held(spec: MoveSpec) -> int:
    found = find_account(account(spec.item, spec.unit_id, Kind.STOCK))
    return found.amount if found else 0
