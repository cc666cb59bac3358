"""Reads of aid. Sums for the year book need no door; lines do."""

from mingtian.aid.queries.totals import TotalRow, totals, totals_together

__all__ = ["TotalRow", "totals", "totals_together"]
