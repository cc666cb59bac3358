"""Reads of days and of what is frozen. Names of people are nowhere in here."""

from mingtian.closings.days import DayRow, find_day, list_days
from mingtian.closings.queries.days import (
    ClosingRow,
    HouseRow,
    SumRow,
    find_closing,
    list_houses_below,
    list_settled,
    list_sums,
    said_by_people,
    stage_of,
)

__all__ = [
    "ClosingRow",
    "DayRow",
    "HouseRow",
    "SumRow",
    "find_closing",
    "find_day",
    "list_days",
    "list_houses_below",
    "list_settled",
    "list_sums",
    "said_by_people",
    "stage_of",
]
