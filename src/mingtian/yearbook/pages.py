"""What the pages of the book show, prepared from a book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from mingtian.aid.queries.schemes import read_total
from mingtian.aid.rules import average
from mingtian.care.rules import Area
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import FiguresDiffer
from mingtian.core.money import yuan
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.yearbook.access import Sight
from mingtian.yearbook.figures import children_of, figure
from mingtian.yearbook.outline import headlines, tables_of, term_name, text_of
from mingtian.yearbook.queries.editions import get_newest
from mingtian.yearbook.rows import Book, EditionRow, Sheet, TermRow
from mingtian.yearbook.rules import ALL, IN_SEVERAL, Measure, Year
from mingtian.yearbook.words import BOUNDS, CATEGORIES, KINDS, MEASURES

M = Measure

LEGEND = lazy(
    "1 to 7, and totals that would tell of them, are shown as *, other numbers as the nearest multiple"
    " of five, money as the nearest thousand yuan. Totals are made of these numbers and say only"
    " “more than” (>)."
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


def unit_page(sheet: Sheet) -> dict[str, object]:
    """Return figures and tables of a unit as a reader sees it."""
    return {
        "headlines": headlines(sheet), "tables": tables_of(sheet), "day": sheet.day,
        "legend": "" if sheet.exact else LEGEND,
    }  # fmt: skip


def place_page(sight: Sight, year: Year, today: date) -> dict[str, object]:
    """Return what its county gave out of a town. Raises RuleBroken before the first time."""
    above = unit_rows(sight.path, today)
    county = next((one for one in above.values() if one.kind is UnitKind.COUNTY), None)
    if county is None:
        raise RuleBroken("yearbook_nothing_given_out")
    sheet = get_newest(county, year)
    return unit_page(sheet.of_place(sight.unit)) | {
        "editions": [sheet.edition], "given_by": county,
    }  # fmt: skip


def rules_of(book: Book) -> str:
    """Say how many schemes of each kind there are, and in how many areas pairs help (F36, F37)."""
    if not book.kinds:
        return ""
    told = _("%(kind)s: %(n)s")
    kinds = [told % {"kind": KINDS[kind], "n": book.kinds[kind]} for kind in KINDS
             if book.kinds.get(kind)]  # fmt: skip
    said = _("The county's schemes: %(kinds)s. Pairs help in %(areas)s areas.")
    return said % {"kinds": " · ".join(kinds), "areas": len(Area)}


def city_rows(counties: Mapping[int, UnitRow], sheets: Mapping[int, Sheet]) -> list[CountyRow]:
    """Return the counties of a city with what each gave out last, in the order of the tree.

    Without a sum: two "more than" make no number, and a child may be known to two counties.
    """
    rows = []
    for key, unit in counties.items():
        sheet = sheets.get(key)
        cells = tuple(text_of(sheet.at(None, (m, ALL)), m) if sheet else "–" for m in CITY)
        rows.append(CountyRow(unit=unit, edition=sheet.edition if sheet else None, cells=cells))
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
    title = ngettext("%(scheme)s, %(term)s: %(grants)s grant, %(total)s",
                     "%(scheme)s, %(term)s: %(grants)s grants, %(total)s", row.grants) % {
        "scheme": row.scheme.title, "term": term_name(row.term), "grants": f"{row.grants:,}",
        "total": yuan(row.fen),
    }  # fmt: skip
    said = _("%(reading)s: %(verdict)s. %(why)s")
    sentences = [
        said % {"reading": each.word, "verdict": each.verdict, "why": each.text}
        for each in readings
    ]
    fits = any(each.chip == "good" for each in readings)
    return Finding(title=title, sentences=tuple(sentences), fits=fits)


def _of_categories(book: Book, measure: Measure) -> Finding | None:
    words = [word for word in CATEGORIES if book.whole.get((measure, word))]
    if len(words) < 2:
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
        said = ngettext(
            "%(sum)s = %(total)s are not children: %(several)s is in more than one category."
            " Children: %(children)s.",
            "%(sum)s = %(total)s are not children: %(several)s are in more than one category."
            " Children: %(children)s.",
            several.value,
        )
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
    said = _("What is given out says “%(total)s” and “%(count)s children”. Two such"
             " numbers bound no average, so none is printed.") % {
        "total": f"{BOUNDS[total.bound]} {yuan(total.value)}",
        "count": f"{BOUNDS[count.bound]} {count.value:,}",
    }  # fmt: skip
    return Finding(title=_("An average"), sentences=(said,))
