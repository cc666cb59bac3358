"""What other modules ask about gifts."""

from mingtian.gifts.queries.totals import GiftTotals, GoodsTotal, totals

__all__ = ["GiftTotals", "GoodsTotal", "totals"]
