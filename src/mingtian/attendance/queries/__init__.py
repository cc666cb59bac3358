"""Reads of what was counted and of who may be counted. Names of people are nowhere in here."""

from mingtian.attendance.queries.counting import (
    DEVICES,
    HOUSEHOLDS,
    Counts,
    Difference,
    RecordRow,
    SumRow,
    count_stored,
    count_tallied,
    differences,
    list_records_of,
    list_sums_below,
    list_totals_below,
    recount,
    slot_counts,
)

__all__ = [
    "DEVICES",
    "HOUSEHOLDS",
    "Counts",
    "Difference",
    "RecordRow",
    "SumRow",
    "count_stored",
    "count_tallied",
    "differences",
    "list_records_of",
    "list_sums_below",
    "list_totals_below",
    "recount",
    "slot_counts",
]
