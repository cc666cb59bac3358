"""What is in stock where, from the books."""

from collections.abc import Collection
from dataclasses import dataclass

from mingtian.gifts.models import Item
from mingtian.ledger.queries import find_book, list_accounts
from mingtian.ledger.rules import Kind

STOCK = "gifts.stock"


@dataclass(frozen=True, kw_only=True, slots=True)
class StockRow:
    """So many of an item at a unit: there now, given and lost so far."""

    unit_id: int
    item: Item
    there: int
    given: int
    lost: int


def list_stock(counties: Collection[int], unit_ids: Collection[int]) -> list[StockRow]:
    """Return the stock of these units, by item's name. Two statements for each county, and one."""
    items = {
        f"item_{item.public_id}": item
        for item in Item.objects.filter(county_id__in=counties).order_by("name")
    }
    held: dict[tuple[str, int], dict[Kind, int]] = {}
    for county in counties:
        if (book := find_book(county)) is None:
            continue
        for row in list_accounts(book, owner_ids=unit_ids, purpose=STOCK):
            if row.measure in items:
                sums = held.setdefault((row.measure, row.owner_id), {})
                sums[row.kind] = sums.get(row.kind, 0) + row.amount
    order = {measure: place for place, measure in enumerate(items)}
    return [
        StockRow(
            unit_id=unit, item=items[measure], there=sums.get(Kind.STOCK, 0),
            given=sums.get(Kind.GIVEN, 0), lost=sums.get(Kind.LOST, 0),
        )
        for (measure, unit), sums in sorted(held.items(), key=lambda each: (order[each[0][0]], each[0][1]))
    ]  # fmt: skip
