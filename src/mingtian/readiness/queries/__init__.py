"""Reads of how ready units are, as frozen rows. What other modules need first."""

from mingtian.readiness.queries.audience import LegRow, audience_by_leg
from mingtian.readiness.queries.checklists import SchoolRow, list_schools_below
from mingtian.readiness.queries.duty import OnDutyRow, on_duty
from mingtian.readiness.queries.pilots import (
    Comparison,
    compared,
    pilot_homes,
    pilot_units,
)
from mingtian.readiness.queries.work import lever_sums

__all__ = [
    "Comparison",
    "LegRow",
    "OnDutyRow",
    "SchoolRow",
    "audience_by_leg",
    "compared",
    "lever_sums",
    "list_schools_below",
    "on_duty",
    "pilot_homes",
    "pilot_units",
]
