"""Rounds and hand-overs: by number for who plans, by name for who goes. Inside the door unless said."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Q, QuerySet

from mingtian.children.queries import names
from mingtian.gifts.models import HandLine, HandOver, Item, Round
from mingtian.gifts.rules import HandState, HandUndoReason, SignWay, Tag
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

MOST = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundRow:
    """A round with how its hand-overs stand."""

    public_id: str
    unit_id: int
    title: str
    tag: Tag
    goes_on: date
    planned: int
    handed: int
    confirmed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class HandRow:
    """A hand-over. ``name`` is there for who goes to the child alone, ``signer`` where the page opened it."""

    public_id: str
    round: str
    goes_on: date
    child_id: int
    child: str
    state: HandState
    way: SignWay | None
    handed_by: str
    handed_by_id: int | None
    handed_at: datetime | None
    confirmed_by: str
    confirmed_at: datetime | None
    undone_by: str
    undone_at: datetime | None
    undone_for: HandUndoReason | None
    lines: tuple[tuple[Item, int], ...]
    name: str = ""
    signer: str = ""


def list_rounds(door: Door, unit_ids: Collection[int]) -> list[RoundRow]:
    """Return the rounds of these units, the newest first. Two statements."""
    del door
    rounds = list(Round.objects.filter(unit_id__in=unit_ids).order_by("-goes_on", "-pk")[:MOST])
    counted: dict[tuple[int, str], int] = {
        (key, state): number
        for key, state, number in HandOver.objects.filter(round__in=rounds)
        .values_list("round", "state")
        .annotate(number=Count("pk"))
    }
    return [
        RoundRow(
            public_id=row.public_id, unit_id=row.unit_id, title=row.title, tag=Tag(row.tag),
            goes_on=row.goes_on, planned=counted.get((row.pk, HandState.PLANNED.value), 0),
            handed=counted.get((row.pk, HandState.HANDED.value), 0),
            confirmed=counted.get((row.pk, HandState.CONFIRMED.value), 0),
        )
        for row in rounds
    ]  # fmt: skip


def list_of_round(door: Door, round_: Round) -> list[HandRow]:
    """Return a round's hand-overs by number. No name, no reason. Two statements."""
    del door
    return _rows(HandOver.objects.filter(round=round_))


def hand_row(door: Door, row: HandOver) -> HandRow:
    """Return one hand-over by number: who noted, confirmed and undid it, and when. No name."""
    del door
    return _rows(HandOver.objects.filter(pk=row.pk))[0]


def list_own(door: Door) -> list[HandRow]:
    """Return what the person at the door is to carry, or has carried, by name. The reading is noted."""
    rows = _rows(
        HandOver.objects.filter(child_id__in=_going_to())
        .filter(Q(state=HandState.PLANNED) | Q(handed_by_id=door.user_id))
    )[:MOST]  # fmt: skip
    return _named(door, rows)


def list_to_confirm(door: Door) -> list[HandRow]:
    """Return what others handed over without a signature, by number, the oldest first."""
    found = HandOver.objects.filter(state=HandState.HANDED).exclude(handed_by_id=door.user_id)
    return _rows(found)[:MOST]


def open_own(door: Door, row: HandOver) -> HandRow:
    """Return one hand-over with the child's name and who signed, for who goes there."""
    found = _named(door, _rows(HandOver.objects.filter(pk=row.pk)))[0]
    if row.signer is None:
        return found
    seal = door.keys([row.child_id], [FieldClass.HELPING])[row.child_id]
    signer = seal.open(FieldClass.HELPING, row.signer, "gifts_handover", "signer", row.public_id)
    return replace(found, signer=signer)


def _going_to() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_ids('worker') || vault_ids('helper')")
        (found,) = cursor.fetchone() or ([],)
    return list(found)


def _named(door: Door, rows: list[HandRow]) -> list[HandRow]:
    found = names(door, {row.child_id for row in rows})
    return [replace(row, name=found.get(row.child_id, "")) for row in rows]


def _rows(found: QuerySet[HandOver]) -> list[HandRow]:
    kept = list(found.select_related("round", "child").order_by("-round__goes_on", "pk"))
    lines: dict[int, list[tuple[Item, int]]] = {}
    for line in (
        HandLine.objects.select_related("item").filter(handover__in=[row.pk for row in kept])
        .order_by("pk")
    ):  # fmt: skip
        lines.setdefault(line.handover_id, []).append((line.item, line.quantity))
    people = _usernames(
        {
            key for row in kept for key in (row.handed_by_id, row.confirmed_by_id, row.undone_by_id)
            if key is not None
        }
    )  # fmt: skip
    return [
        HandRow(
            public_id=row.public_id, round=row.round.title, goes_on=row.round.goes_on,
            child_id=row.child_id, child=row.child.public_id, state=HandState(row.state),
            way=SignWay(row.way) if row.way else None,
            handed_by=people.get(row.handed_by_id or 0, ""), handed_by_id=row.handed_by_id,
            handed_at=row.handed_at, confirmed_by=people.get(row.confirmed_by_id or 0, ""),
            confirmed_at=row.confirmed_at, undone_by=people.get(row.undone_by_id or 0, ""),
            undone_at=row.undone_at,
            undone_for=HandUndoReason(row.undone_for) if row.undone_for else None,
            lines=tuple(lines.get(row.pk, ())),
        )
        for row in kept
    ]  # fmt: skip


def _usernames(keys: Collection[int]) -> dict[int, str]:
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, username FROM auth_user WHERE id = ANY (%s)", [list(keys)])
        return dict(cursor.fetchall())
