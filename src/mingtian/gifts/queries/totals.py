"""Totals of gifts for the year book and the own page: sums of rows, never kept."""

from collections.abc import Collection
from dataclasses import dataclass

from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.gifts.rules import DonorKind, Measure
from mingtian.gifts.statements import rows
from mingtian.vault.access import keep


@dataclass(frozen=True, kw_only=True, slots=True)
class GoodsTotal:
    """What came in and went out of one item, counted in its own measure. Items never add up."""

    item: str
    item_en: str
    measure: Measure
    received: int
    given: int
    lost: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftTotals:
    """What units received and gave on the days of a period, both included.

    ``money`` is in fen by kind of donor, received by charities and bank accounts outside; ``children`` are
    those to whom something was handed over, each once: mask a small number before it leaves the office.
    """

    period: Period
    gifts: int
    donors: int
    money: dict[DonorKind, int]
    goods: tuple[GoodsTotal, ...]
    children: int

    @property
    def fen(self) -> int:
        return sum(self.money.values())

    def figures(self, unit_id: str) -> dict[str, Figure]:
        """Return gifts and money (by donor's kind and in all) as figures of a unit."""
        counted = {
            "gifts_recorded": (self.gifts, Basis.MATTERS),
            "gifts_money": (self.fen, Basis.FEN),
            **{f"gifts_money_{kind.value}": (fen, Basis.FEN) for kind, fen in self.money.items()},
            "gifts_children": (self.children, Basis.PERSONS),
        }
        return {
            name: Figure(
                value=value, basis=basis, counts=name, unit_id=unit_id, period=self.period,
                status=Status.CONFIRMED,
            )
            for name, (value, basis) in counted.items()
        }  # fmt: skip


def totals(unit_ids: Collection[int], period: Period) -> GiftTotals:
    """Sum up what was recorded at these units (give all of a subtree). What was undone is not counted.

    As the keeper; four statements, whatever the number of units.
    """
    values = {"units": list(unit_ids), "first": period.first, "last": period.last}
    with keep("totals of gifts"):
        (children,) = rows("children", values)[0]
        given = {row[0]: row[1:] for row in rows("given", values)}
    money = dict.fromkeys(DonorKind, 0)
    gifts = donors = 0
    for kind, number, people, fen in rows("gifts", values):
        gifts, donors = gifts + number, donors + people
        money[DonorKind(kind)] += fen
    goods = tuple(
        GoodsTotal(
            item=name, item_en=name_en, measure=Measure(measure), received=received,
            given=given.get(key, (0,))[0], lost=lost,
        )
        for key, name, name_en, measure, received, lost in rows("goods", values | {"items": list(given)})
    )  # fmt: skip
    return GiftTotals(
        period=period, gifts=gifts, donors=donors, money=money, goods=goods, children=children
    )
