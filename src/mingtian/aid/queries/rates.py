"""Rates of schemes."""

from datetime import date

from mingtian.aid.models import RateRow
from mingtian.aid.rules import Level, Per, Rate


def rates_of(scheme_id: int, day: date | None = None) -> list[Rate]:
    """Return the rates of a scheme, the newest first; with a day those that hold on it."""
    rows = RateRow.objects.filter(scheme_id=scheme_id).order_by("-valid_from", "level", "-boarding")
    rates = [rate_of(row) for row in rows]
    return rates if day is None else [rate for rate in rates if rate.holds(day)]


def rate_of(row: RateRow) -> Rate:
    """Return a row's rate as the rules know it."""
    return Rate(
        id=row.pk, level=Level(row.level), boarding=row.boarding, per=Per(row.per),
        amount=row.amount, valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip
