"""Stock in the books of a county: which accounts, and posting to them in words of this module."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.gifts.models import Item
from mingtian.ledger.actions import open_account, post
from mingtian.ledger.rules import AccountSpec, EntrySpec, Kind, LineSpec

STOCK = "gifts.stock"
DONORS = "gifts.donors"
COUNTED = "gifts.counted"


def user_of(actor: Actor) -> int:
    """Return the person who acts; nothing here is done by the product itself."""
    assert actor.user_id is not None, "a person records gifts"
    return actor.user_id


def measure_of(item: Item) -> str:
    """Return the measure of an item in the books: things of different kinds never add up."""
    return f"item_{item.public_id}"


def account(item: Item, unit_id: int, kind: Kind, *, purpose: str = STOCK) -> AccountSpec:
    """Return what holds an item at a unit, in the book of the item's county."""
    return AccountSpec(
        book_unit_id=item.county_id, owner_id=unit_id, kind=kind, measure=measure_of(item),
        purpose=purpose,
    )  # fmt: skip


def donors(item: Item) -> AccountSpec:
    """Return the account from which gifts come: the world of donors."""
    return account(item, item.county_id, Kind.SOURCE, purpose=DONORS)


def lines(
    moves: Sequence[tuple[AccountSpec, AccountSpec, int]], *, now: datetime, actor: Actor
) -> tuple[LineSpec, ...]:
    """Return the lines that move so many out of one account into another, opening both."""
    made: list[LineSpec] = []
    for out_of, into, quantity in moves:
        source = open_account(out_of, now=now, actor=actor)
        target = open_account(into, now=now, actor=actor)
        made += [LineSpec(source.public_id, -quantity), LineSpec(target.public_id, quantity)]
    return tuple(made)


def post_stock(entry: EntrySpec, items: Mapping[str, Item], *, now: datetime, actor: Actor) -> None:
    """Post; tells which item is short. ``items`` by measure."""
    with in_words(items):
        post(entry, now=now, actor=actor)


@contextmanager
def in_words(items: Mapping[str, Item]) -> Iterator[None]:
    """Tell an empty stock by the item's name."""
    try:
        yield
    except RuleBroken as refusal:
        if refusal.code != "ledger_fund_empty":
            raise
        item = items.get(str(refusal.facts.get("measure")))
        raise RuleBroken(
            "gifts_stock_empty", item=item.name if item else "",
            left=refusal.facts.get("available", 0),
        ) from refusal  # fmt: skip
