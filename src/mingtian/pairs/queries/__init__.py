"""Reads of pairs; inside the vault's door unless said."""

from mingtian.pairs.queries.counts import PairCounts, counts
from mingtian.pairs.queries.helpers import (
    HelperRow,
    LineRow,
    YearRow,
    line_of,
    list_helpers,
    list_hours,
    name_of,
    own_check,
)
from mingtian.pairs.queries.pairs import (
    DutyRow,
    GoalRow,
    PairPage,
    PairRow,
    VisitRow,
    beside_of,
    duties_of,
    goals_of,
    list_pairs,
    list_questions,
    open_helping,
    pair_row,
    visits_of,
)

__all__ = [
    "DutyRow",
    "GoalRow",
    "HelperRow",
    "LineRow",
    "PairCounts",
    "PairPage",
    "PairRow",
    "VisitRow",
    "YearRow",
    "beside_of",
    "counts",
    "duties_of",
    "goals_of",
    "line_of",
    "list_helpers",
    "list_hours",
    "list_pairs",
    "list_questions",
    "name_of",
    "open_helping",
    "own_check",
    "pair_row",
    "visits_of",
]
