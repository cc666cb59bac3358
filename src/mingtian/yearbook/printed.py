"""What was printed beside what is counted: from which lines, and whether the two agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mingtian.care.rules import Area
from mingtian.core.figures import Bound
from mingtian.yearbook.figures import agrees
from mingtian.yearbook.masking import Shown
from mingtian.yearbook.outline import text_of
from mingtian.yearbook.rows import Book, PrintedRow
from mingtian.yearbook.rules import (
    ALL,
    Key,
    Measure,
    OfRules,
)
from mingtian.yearbook.words import BOUNDS, CASE_STATES, CATEGORIES, KINDS, MEASURES, OF_RULES

M = Measure
LINES_OF: dict[Measure, Measure] = {
    M.AIDED: M.GRANTS, M.PAID: M.GRANTS, M.PAIRED: M.PAIRS, M.GIFT_MONEY: M.GIFTS,
}  # fmt: skip
"""Measures that are worked out from other things than they count."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A printed figure with what is counted now."""

    title: str
    place: str
    printed: str
    source: str
    counted: str
    lines: str
    agrees: bool


def compare(book: Book, rows: Iterable[PrintedRow]) -> list[Compared]:
    """Hold each printed figure against the lines of the book."""
    return [_compared(book, row) for row in rows]


def printable(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the numbers about which something may have been printed: key and words."""
    for measure in Measure:
        for word in (ALL, *_words_of(book, measure)):
            yield f"{measure.value}:{word}", title_of(book, measure, word)
    for kind in KINDS:
        yield f"{OfRules.SCHEMES.value}:{kind}", title_of(book, OfRules.SCHEMES, kind)
    yield f"{OfRules.AREAS.value}:", title_of(book, OfRules.AREAS, ALL)


def title_of(book: Book, measure: Measure | OfRules, word: str) -> str:
    """Name a number: "Children with a helping pair: orphans"."""
    name = str(OF_RULES[measure] if isinstance(measure, OfRules) else MEASURES[measure])
    if word == ALL:
        return name
    known = {**CATEGORIES, **CASE_STATES, **KINDS}
    said = known.get(word) or (book.schemes[word].title if word in book.schemes else word)
    return _("%(number)s: %(word)s") % {"number": name, "word": said}


def _words_of(book: Book, measure: Measure) -> Iterable[str]:
    if measure in {M.CHILDREN, M.PAIRED}:
        return CATEGORIES
    if measure is M.CASES:
        return CASE_STATES
    return book.schemes if measure in {M.GRANTS, M.PAID} else ()


def _compared(book: Book, row: PrintedRow) -> Compared:
    counted = _count_of(book, row.place, row.measure, row.word)
    unit = book.units.get(row.place or book.unit.id)
    return Compared(
        title=title_of(book, row.measure, row.word), place=unit.title if unit else "–",
        printed=f"{BOUNDS[row.bound]} {_text(row.measure, row.value)}".strip(), source=row.source,
        counted=_text(row.measure, counted), lines=_lines(book, row),
        agrees=agrees(row.bound, row.value, counted),
    )  # fmt: skip


def _count_of(book: Book, place: int | None, measure: Measure | OfRules, word: str) -> int:
    if measure is OfRules.SCHEMES:
        return book.kinds.get(word, 0)
    if measure is OfRules.AREAS:
        return len(Area)
    key: Key = (measure, word)
    return (book.whole if place is None else book.places.get(place, {})).get(key, 0)


def _lines(book: Book, row: PrintedRow) -> str:
    """Say from how many lines of which list a number comes."""
    if isinstance(row.measure, OfRules):
        return _("from the county's rules")
    own = LINES_OF.get(row.measure, row.measure)
    word = row.word if own is row.measure or own is M.GRANTS else ALL
    number = _count_of(book, row.place, own, word)
    return _said(own, number) % {"n": f"{number:,}"}


def _said(measure: Measure, n: int) -> str:
    if measure is M.GRANTS:
        return ngettext("from %(n)s paid line of the aid ledger",
                        "from %(n)s paid lines of the aid ledger", n)  # fmt: skip
    if measure is M.CHILDREN:
        return ngettext("from %(n)s entry of the register", "from %(n)s entries of the register", n)
    if measure in {M.PAIRS, M.VISITS}:
        return (
            ngettext("from the file of %(n)s pair", "from the files of %(n)s pairs", n)
            if measure is M.PAIRS
            else ngettext("from %(n)s visit that was told", "from %(n)s visits that were told", n)
        )
    if measure is M.GIFTS:
        return ngettext("from %(n)s recorded gift", "from %(n)s recorded gifts", n)
    if measure is M.TALKS:
        return ngettext("from %(n)s noted talk", "from %(n)s noted talks", n)
    return ngettext("from %(n)s case file", "from %(n)s case files", n)


def _text(measure: Measure | OfRules, value: int) -> str:
    # Numbers of rules are counts like others; only money is written otherwise.
    own = M.CASES if isinstance(measure, OfRules) else measure
    return text_of(Shown(value=value, bound=Bound.EXACT), own)
