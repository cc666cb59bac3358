"""Reads of days and of what is frozen. Names of people are nowhere in here."""

from mingtian.closings.queries.days import (
    ClosingRow,
    DayRow,
    HouseRow,
    SumRow,
    find_closing,
    find_day,
    list_days,
    list_houses_below,
    list_sums,
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
    "list_sums",
    "stage_of",
]
