"""Things go to a child's household: planned by number, handed over by who goes, confirmed by a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.http import Http404

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.gifts.access import books
from mingtian.gifts.actions.books import account, lines, measure_of, post_stock, user_of
from mingtian.gifts.models import HandLine, HandOver, Item, Round
from mingtian.gifts.rules import (
    OFF_THE_LIST,
    HandState,
    HandUndoReason,
    NotGivenReason,
    Quantity,
    SignWay,
    Tag,
    check_name,
    check_quantities,
)
from mingtian.ledger.actions import reverse
from mingtian.ledger.queries import entries_of
from mingtian.ledger.rules import EntrySpec, Kind
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass, Part

if TYPE_CHECKING:
    from mingtian.vault.models import Child

GOING = frozenset({Part.WORKER, Part.HELPER})


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundSpec:
    """A round of visits, from the stock of a unit."""

    unit_id: int
    county_id: int
    title: str
    tag: Tag
    goes_on: date


def open_round(spec: RoundSpec, *, now: datetime, actor: Actor) -> Round:
    """Return the round of that unit, title and day; it is opened when there is none."""
    with transaction.atomic():
        found, new = Round.objects.get_or_create(
            unit_id=spec.unit_id, title=check_name(spec.title), goes_on=spec.goes_on,
            defaults={
                "county_id": spec.county_id, "tag": spec.tag.value, "noted_by_id": user_of(actor),
                "noted_at": now,
            },
        )  # fmt: skip
        if new:
            audit.record(
                actor=actor.username, action="gifts.round_opened",
                subject=f"gifts_round:{found.public_id}", now=now, unit=spec.unit_id,
            )  # fmt: skip
    return found


def plan(
    door: Door, round_: Round, number: str, wanted: Sequence[Quantity], items: Mapping[str, Item]
) -> HandOver:
    """Put a child on a round's list, by its number, with what it is to get; the same again is one.

    Nothing moves yet. Refused for a number out of sight, and for a child that is on the list with
    other things.
    """
    check_quantities(wanted)
    if not {each.item for each in wanted} <= items.keys():
        raise RuleBroken("gifts_item_unknown")
    child = child_by_number(door, number)
    try:
        with transaction.atomic():
            made = HandOver.objects.create(
                round=round_,
                unit_id=round_.unit_id,
                child=child,
                planned_by_id=door.user_id,
                planned_at=door.now,
            )
            HandLine.objects.bulk_create(
                HandLine(handover=made, item=items[each.item], quantity=each.quantity)
                for each in wanted
            )
    except IntegrityError:
        return _planned_before(round_, child, wanted)
    _note(door, made, "gifts.planned")
    return made


def _planned_before(round_: Round, child: "Child", wanted: Sequence[Quantity]) -> HandOver:
    """Return what stands; refuse other things for a child that is on the list."""
    listed = HandOver.objects.filter(round=round_, child=child).exclude(state__in=OFF_THE_LIST)
    stands = listed.first()
    if stands is None or dict(stands.lines.values_list("item__public_id", "quantity")) != {
        each.item: each.quantity for each in wanted
    }:
        raise RuleBroken("gifts_on_list_already")
    return stands


def child_by_number(door: Door, number: str) -> "Child":
    """Return the child whose number somebody typed; refused when it is out of sight or erased."""
    try:
        return door.child(number.strip().lower())
    except Http404:
        raise RuleBroken("gifts_child_unknown") from None


def hand_over(door: Door, row: HandOver, way: SignWay, signer: str = "") -> bool:
    """Note that things were handed over by the person at the door; says whether that was new.

    Takes them out of the unit's stock. ``signer`` is who signed on the receiver's side; without one, a
    second person who was there confirms later. Refused when somebody else has handed over, and
    when the stock has not enough.
    """
    if door.parts(row.child_id).isdisjoint(GOING):
        raise RuleBroken("gifts_not_who_goes")
    name = " ".join(signer.split())
    if way is SignWay.SIGNED and not name:
        raise RuleBroken("gifts_signer_missing")
    signed = way is SignWay.SIGNED
    changed = HandOver.objects.filter(pk=row.pk, state=HandState.PLANNED).update(
        state=HandState.CONFIRMED if signed else HandState.HANDED, way=way.value,
        handed_by_id=door.user_id, handed_at=door.now,
        confirmed_at=door.now if signed else None,
        signer=_sealed(door, row, name) if signed else None,
    )  # fmt: skip
    if not changed:
        return _handed_before(door, row)
    _note(door, row, "gifts.handed_over")
    held = list(row.lines.select_related("item"))
    actor = door.actor
    with books(door):
        moves = [
            (account(each.item, row.unit_id, Kind.STOCK),
             account(each.item, row.unit_id, Kind.GIVEN), each.quantity)
            for each in held
        ]  # fmt: skip
        entry = EntrySpec(
            kind="handover", source=source_of(row), lines=lines(moves, now=door.now, actor=actor)
        )
        post_stock(
            entry, {measure_of(each.item): each.item for each in held}, now=door.now, actor=actor
        )
    return True


def confirm(door: Door, row: HandOver) -> bool:
    """Note that a second person was there; says whether that was new. Never who handed over."""
    if row.handed_by_id == door.user_id:
        raise RuleBroken("gifts_own_hand_over")
    if row.state in {HandState.PLANNED, HandState.NOT_GIVEN}:
        raise RuleBroken("gifts_not_handed_over")
    changed = HandOver.objects.filter(pk=row.pk, state=HandState.HANDED).update(
        state=HandState.CONFIRMED, confirmed_by_id=door.user_id, confirmed_at=door.now
    )
    if changed:
        _note(door, row, "gifts.confirmed")
    elif _state_of(row) == HandState.UNDONE:
        raise RuleBroken("gifts_undone_already")
    return bool(changed)


def not_given(door: Door, row: HandOver, reason: NotGivenReason) -> bool:
    """Note why nothing was handed over; the things stay in the stock. Says whether that was new."""
    changed = HandOver.objects.filter(pk=row.pk, state=HandState.PLANNED).update(
        state=HandState.NOT_GIVEN, reason=reason.value
    )
    if changed:
        _note(door, row, "gifts.not_given")
        return True
    if _state_of(row) != HandState.NOT_GIVEN:
        raise RuleBroken("gifts_handed_over_already")
    return False


def undo_hand_over(door: Door, row: HandOver, reason: HandUndoReason) -> bool:
    """Undo a hand-over that was noted wrongly; says whether that was new.

    The things are in the stock again by a reversal in the books, and who handed over, signed or
    confirmed stays readable. Never by who handed over; refused before anything was handed over,
    and when somebody else has undone it.
    """
    if row.handed_by_id == door.user_id:
        raise RuleBroken("gifts_own_undoing")
    changed = HandOver.objects.filter(
        pk=row.pk, state__in=[HandState.HANDED, HandState.CONFIRMED]
    ).update(
        state=HandState.UNDONE, undone_by_id=door.user_id, undone_at=door.now,
        undone_for=reason.value,
    )  # fmt: skip
    if not changed:
        return _undone_before(door, row)
    _note(door, row, "gifts.hand_over_undone", reason=reason.value)
    actor, source = door.actor, source_of(row)
    with books(door):
        entry = entries_of([source])[source]
        reverse(entry.public_id, reason.value, now=door.now, actor=actor)
    return True


def source_of(row: HandOver) -> str:
    """Return under which source a hand-over stands in the books."""
    return f"gifts.handover:{row.public_id}"


def _state_of(row: HandOver) -> str:
    return HandOver.objects.values_list("state", flat=True).get(pk=row.pk)


def _undone_before(door: Door, row: HandOver) -> bool:
    stands = HandOver.objects.get(pk=row.pk)
    if stands.state != HandState.UNDONE:
        raise RuleBroken("gifts_not_handed_over")
    if stands.undone_by_id != door.user_id:
        raise RuleBroken("gifts_undone_already")
    return False


def _handed_before(door: Door, row: HandOver) -> bool:
    stands = HandOver.objects.get(pk=row.pk)
    if stands.state in OFF_THE_LIST:
        raise RuleBroken("gifts_taken_off")
    if stands.handed_by_id != door.user_id:
        raise RuleBroken("gifts_handed_over_already")
    return False


def _sealed(door: Door, row: HandOver, name: str) -> bytes:
    seal = door.keys([row.child_id], [FieldClass.HELPING])[row.child_id]
    return seal.seal(FieldClass.HELPING, name, "gifts_handover", "signer", row.public_id)


def _note(door: Door, row: HandOver, action: str, **facts: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"gifts_handover:{row.public_id}",
        now=door.now, child=row.child_id, **facts,
    )  # fmt: skip
