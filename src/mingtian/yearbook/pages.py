"""What the pages of the book show, prepared from a book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mingtian.aid.queries.schemes import read_total
from mingtian.aid.rules import average, parse_term, yuan
from mingtian.care.rules import Area
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import FiguresDiffer
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.yearbook.access import Sight
from mingtian.yearbook.outline import (
    Table,
    by_term,
    headlines,
    reading,
    tables_of,
    text_of,
)
from mingtian.yearbook.queries.editions import get_newest
from mingtian.yearbook.rows import Book, EditionRow, TermRow
from mingtian.yearbook.rules import (
    ALL,
    IN_SEVERAL,
    ZERO,
    Key,
    Measure,
    Shown,
    Year,
    children_of,
    figure,
)
from mingtian.yearbook.words import CATEGORIES, KINDS, MEASURES

M = Measure

LEGEND = lazy(
    "1 to 7 are shown as *, other numbers as the nearest multiple of five, money as the nearest"
    " thousand yuan. Totals are made of these numbers and say only “more than” (>)."
)
CITY = (M.AIDED, M.PAID, M.CHILDREN, M.PAIRED, M.VISITS)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountyRow:
    """A county in the city's table; without ``edition`` nothing was given out."""

    unit: UnitRow
    edition: EditionRow | None
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What numbers say of each other. ``fits``: whether a total can be; None where nothing is checked."""

    title: str
    sentences: tuple[str, ...]
    fits: bool | None = None


def unit_page(book: Book, *, exact: bool) -> dict[str, object]:
    """Return figures and tables of a county or town."""
    look = reading(book, exact=exact)
    tables = tables_of(book, look, exact=exact)
    if exact and (terms := by_term(book, term_name)):
        tables.insert(_place_of(tables), terms)
    return {
        "headlines": headlines(book, look), "tables": tables, "day": book.day,
        "legend": "" if exact else LEGEND, "rules": rules_of(book),
    }  # fmt: skip


def place_page(sight: Sight, year: Year, today: date) -> dict[str, object]:
    """Return what its county gave out of a town. Raises RuleBroken before the first time."""
    above = unit_rows(sight.path, today)
    county = next((one for one in above.values() if one.kind is UnitKind.COUNTY), None)
    if county is None:
        raise RuleBroken("yearbook_nothing_given_out")
    book = get_newest(county, year)
    given = book.given_of(sight.unit.id)
    own = Book(
        unit=sight.unit, year=year, day=book.day, whole=book.places.get(sight.unit.id, {}),
        places={}, units={}, schemes=book.schemes, edition=book.edition,
    )  # fmt: skip

    def look(_place: int | None, key: Key) -> Shown:
        return given.get(key, ZERO)

    return {
        "headlines": headlines(own, look), "tables": tables_of(own, look, exact=False),
        "day": book.day, "legend": LEGEND, "editions": [book.edition],
    }  # fmt: skip


def rules_of(book: Book) -> str:
    """Say how many schemes of each kind there are, and in how many areas pairs help (F36, F37)."""
    if not book.kinds:
        return ""
    kinds = [f"{KINDS[kind]} {book.kinds[kind]}" for kind in KINDS if book.kinds.get(kind)]
    said = _("The county's schemes: %(kinds)s. Pairs help in %(areas)s areas.")
    return said % {"kinds": " · ".join(kinds), "areas": len(Area)}


def city_rows(counties: Mapping[int, UnitRow], books: Mapping[int, Book]) -> list[CountyRow]:
    """Return the counties of a city with what each gave out last, in the order of the tree.

    Without a sum: two "more than" make no number, and a child may be known to two counties.
    """
    rows = []
    for key, unit in counties.items():
        book = books.get(key)
        given = book.given() if book else {}
        cells = tuple(
            text_of(given[m, ALL], m) if (m, ALL) in given else "–" for m in CITY
        )  # fmt: skip
        rows.append(CountyRow(unit=unit, edition=book.edition if book else None, cells=cells))
    return rows


def checks_of(book: Book) -> list[Finding]:
    """Say which totals can be sums of grants, and what may not be added or divided."""
    found = [_of_rates(row) for row in book.terms]
    found += [_of_categories(book, measure) for measure in (M.CHILDREN, M.PAIRED)]
    found.append(_of_average(book))
    return [one for one in found if one is not None]


def _of_rates(row: TermRow) -> Finding | None:
    readings = read_total(row.scheme.id, row.term, count=row.grants, total=row.fen)
    if not readings:
        return None
    title = _("%(scheme)s, %(term)s: %(grants)s grants, %(total)s") % {
        "scheme": row.scheme.title, "term": term_name(row.term), "grants": f"{row.grants:,}",
        "total": yuan(row.fen),
    }  # fmt: skip
    sentences = [f"{each.word}: {each.verdict}. {each.text}" for each in readings]
    fits = any(each.chip == "good" for each in readings)
    return Finding(title=title, sentences=tuple(sentences), fits=fits)


def _of_categories(book: Book, measure: Measure) -> Finding | None:
    words = [word for word in CATEGORIES if book.whole.get((measure, word))]
    if not words:
        return None
    made = {
        word: figure(
            (measure, word), book.whole.get((measure, word), 0), unit_id=book.unit.public_id,
            period=book.year.period,
        )
        for word in [*words, IN_SEVERAL]
    }  # fmt: skip
    several = made.pop(IN_SEVERAL)
    parts = [each for each in made.values() if each is not None]
    assert several is not None, "an exact number is not masked"
    facts = {"sum": " + ".join(f"{each.value:,}" for each in parts),
             "total": f"{sum(each.value for each in parts):,}", "several": f"{several.value:,}",
             "children": f"{book.whole.get((measure, ALL), 0):,}"}  # fmt: skip
    try:
        children_of(parts, several)
    except FiguresDiffer:
        said = _("%(sum)s = %(total)s are not children: %(several)s are in more than one category."
                 " They are %(children)s children.")  # fmt: skip
    else:
        said = _("%(sum)s = %(total)s children: none is in two categories.")
    return Finding(title=str(MEASURES[measure]), sentences=(said % facts,))


def _of_average(book: Book) -> Finding | None:
    aided, paid = book.whole.get((M.AIDED, ALL), 0), book.whole.get((M.PAID, ALL), 0)
    if not aided or not paid:
        return None
    given = book.given()
    wanted = [
        figure((m, ALL), given[m, ALL], unit_id=book.unit.public_id, period=book.year.period)
        for m in (M.PAID, M.AIDED)
    ]
    total, count = wanted
    if total is None or count is None or average(total, count) is not None:
        return None
    said = _("What is given out says “more than %(total)s” and “more than %(count)s children”. Two such"
             " numbers bound no average, so none is printed.") % {
        "total": yuan(total.value), "count": f"{count.value:,}",
    }  # fmt: skip
    return Finding(title=_("An average"), sentences=(said,))


def _place_of(tables: list[Table]) -> int:
    """Return where aid by term stands: after aid by scheme."""
    keys = [table.key for table in tables]
    return keys.index("schemes") + 1 if "schemes" in keys else len(keys)


def term_name(code: str) -> str:
    """Name a term: "spring 2024"."""
    term = parse_term(code)
    name = _("spring %(year)s") if term.season == "1" else _("autumn %(year)s")
    return name % {"year": term.year}
