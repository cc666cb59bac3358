"""What a year of care counts, for whom, and from when to when. Pure Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Period
from mingtian.org.rules import Role, UnitKind

FIRST_YEAR = 2016
"""No book is older: the definitions of categories begin with it."""


class Measure(StrEnum):
    """What is counted."""

    CHILDREN = "children"
    """Children on the register by category; word: the category, WITHOUT, IN_SEVERAL, or empty for all."""
    PAIRED = "paired"
    """Children with a helping pair, by category as above."""
    PAIRS = "pairs"
    VISITS = "visits"
    CASES = "cases"
    """Word: the state."""
    TALKS = "talks"
    GRANTS = "grants"
    """Grants paid; word: scheme and term (:func:`of_term`), and sums over each of the two."""
    AIDED = "aided"
    """Children to whom something was paid, each once; without a word."""
    PAID = "paid"
    """Money paid, in fen; word as for grants."""
    GIFTS = "gifts"
    GIFT_MONEY = "gift_money"


M = Measure

BASES: Mapping[Measure, Basis] = {
    M.CHILDREN: Basis.PERSONS,
    M.PAIRED: Basis.PERSONS,
    M.PAIRS: Basis.MATTERS,
    M.VISITS: Basis.MATTERS,
    M.CASES: Basis.MATTERS,
    M.TALKS: Basis.MATTERS,
    M.GRANTS: Basis.GRANTS,
    M.AIDED: Basis.PERSONS,
    M.PAID: Basis.FEN,
    M.GIFTS: Basis.MATTERS,
    M.GIFT_MONEY: Basis.FEN,
}

OF_PERSONS = frozenset({M.CHILDREN, M.PAIRED, M.AIDED})
"""One child can be in two categories, learn in another town, have two grants: these never add up."""

MONEY: Mapping[Measure, Measure] = {M.PAID: M.GRANTS, M.GIFT_MONEY: M.GIFTS}
"""Money and the count that says whether it is masked: at known rates a small sum tells its count."""

ALL = ""
"""The word of a measure's total over its words, and of measures that have none."""

WORDED = frozenset({M.CHILDREN, M.PAIRED, M.CASES, M.GRANTS, M.AIDED, M.PAID})
"""Measures told apart by category, state, or scheme and term."""

TERMED = frozenset({M.GRANTS, M.PAID})
"""Measures told apart by scheme and term at once."""

CELLS_OF: Mapping[Measure, Measure] = {M.AIDED: M.GRANTS}
"""Totals made of another measure's cells: who is aided is told by grants, each of which is one child's."""

WITHOUT = "without"
"""Word beside the categories: children in none of them."""

IN_SEVERAL = "in_several"
"""Word beside the categories: children in more than one. Never given out."""


class OfRules(StrEnum):
    """What is counted of a county's rules and not of its lines. Printed figures may be about it."""

    SCHEMES = "schemes"
    """Word: the kind of scheme."""
    AREAS = "areas"
    """Areas in which a pair helps."""


READERS_OF_ALL = frozenset({Role.OFFICE, Role.DIRECTOR})
"""Posts that read the book; at a county or town with its numbers as they are."""

READERS = READERS_OF_ALL | {Role.AUDITOR}

SUPERVISING_AT = frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP})
KINDS = SUPERVISING_AT | {UnitKind.CITY}
"""Units that have a page in the book."""

PLACES = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.SCHOOL})
"""What stands directly below a county and is a place of its own in the book."""


# --- The year ---------------------------------------------------------------


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A year of care: a spring and an autumn term, from 1 March to the end of February."""

    number: int

    @property
    def first(self) -> date:
        return date(self.number, 3, 1)

    @property
    def last(self) -> date:
        return date.fromordinal(date(self.number + 1, 3, 1).toordinal() - 1)

    @property
    def period(self) -> Period:
        return Period(first=self.first, last=self.last)

    @property
    def terms(self) -> tuple[str, str]:
        """The codes of its terms."""
        return f"{self.number}-1", f"{self.number}-2"

    def counted_on(self, today: date) -> date:
        """Return the day on which the book is counted: today, or its last day once it is over."""
        return min(today, self.last)


def year_of(day: date) -> Year:
    """Return the year of care in which a day lies.

    >>> year_of(date(2024, 2, 29)).number, year_of(date(2024, 3, 1)).number
    (2023, 2024)
    """
    return Year(day.year if day.month >= 3 else day.year - 1)


def check_closable(year: Year, today: date) -> None:
    """Raise RuleBroken for a year that is not over: its numbers still move."""
    if today <= year.last:
        raise RuleBroken("yearbook_not_over", last=year.last.isoformat())


GAP = timedelta(days=28)
"""So long an edition stands alone. Of two that follow each other closely the second tells who came between."""


def check_gap(before: date, today: date) -> None:
    """Raise RuleBroken for an edition too soon after the one before."""
    if today < before + GAP:
        raise RuleBroken(
            "yearbook_given_out_lately", day=before.isoformat(), next=(before + GAP).isoformat()
        )


# --- Counts ----------------------------------------------------------------

Key = tuple[Measure, str]
Counts = Mapping[Key, int]
"""What is counted of one place, or of the whole unit, as it is."""

_OF_TERM = "/"


def of_term(scheme: str, term: str) -> str:
    """Return the word of a scheme in a term; with one of them empty, of the sum over it.

    >>> of_term("abc", "2023-2"), of_term("", "2023-2"), of_term("abc", "")
    ('abc/2023-2', '/2023-2', 'abc')
    """
    return f"{scheme}{_OF_TERM}{term}" if term else scheme


def scheme_and_term(word: str) -> tuple[str, str]:
    """Return the two parts of such a word."""
    scheme, _, term = word.partition(_OF_TERM)
    return scheme, term


def is_cell(key: Key) -> bool:
    """Say whether a count is masked by itself; others are totals over cells, or never given out."""
    measure, word = key
    if measure in TERMED:
        return all(scheme_and_term(word))
    return word != IN_SEVERAL and (word != ALL or measure not in WORDED)


def covers(total: str, word: str) -> bool:
    """Say whether a cell of this word is part of the total of that word."""
    scheme, term = scheme_and_term(word)
    return total in {ALL, word} or (bool(term) and total in {scheme, of_term("", term)})


def with_sums(counts: Counts) -> dict[Key, int]:
    """Return the counts with every sum over words, for measures whose words add up."""
    summed = {
        key: value for key, value in counts.items() if key[0] in OF_PERSONS or is_cell(key)
    }  # fmt: skip
    for (measure, word), value in list(summed.items()):
        if measure not in OF_PERSONS and measure in WORDED:
            scheme, term = scheme_and_term(word)
            totals = {ALL, scheme, of_term("", term)} if measure in TERMED else {ALL}
            for total in totals:
                summed[measure, total] = summed.get((measure, total), 0) + value
    return summed


def rest_of(whole: Counts, places: Iterable[Counts]) -> dict[Key, int]:
    """Return what the unit has itself, beside its places. Only sums can be told apart so."""
    rest = {key: value for key, value in whole.items() if key[0] not in OF_PERSONS}
    for counts in places:
        for key, value in counts.items():
            if key in rest:
                rest[key] -= value
    return {key: value for key, value in rest.items() if value > 0}
