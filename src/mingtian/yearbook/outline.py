"""The book as tables: for pages, files and papers alike. No query is made here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingtian.aid.rules import parse_term
from mingtian.core.figures import Bound, Figure
from mingtian.core.money import yuan
from mingtian.web.rules import grouped
from mingtian.web.tables import Cell as FileCell
from mingtian.yearbook.figures import figure
from mingtian.yearbook.masking import MASKED, ZERO, Shown
from mingtian.yearbook.rows import Sheet
from mingtian.yearbook.rules import (
    ALL,
    IN_SEVERAL,
    MONEY,
    TERMED,
    WITHOUT,
    Key,
    Measure,
    of_term,
    scheme_and_term,
)
from mingtian.yearbook.words import CASE_STATES, CATEGORIES, MEASURES, OVERLAP_WORDS, SOURCES

M = Measure
HEADLINE = (M.AIDED, M.PAID, M.CHILDREN, M.PAIRED, M.VISITS, M.CASES, M.GIFTS)
SUMMED = (M.PAIRS, M.VISITS, M.TALKS, M.GIFTS, M.GIFT_MONEY)


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """A figure at the head of the page; ``figure`` None: masked."""

    label: str
    note: str
    figure: Figure | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table; ``key`` names it in addresses of a page, ``number`` are the columns of numbers."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The heads as the table of the house takes them."""
        return [(head, "number" if place else "") for place, head in enumerate(self.heads)]

    def for_file(self) -> list[list[FileCell]]:
        """Return the table with numbers as numbers where they are exact."""
        return [
            [self.title],
            list(self.heads),
            *([_plain(cell) for cell in row] for row in self.rows),
        ]


def headlines(sheet: Sheet) -> list[Headline]:
    """Return the figures of the whole, each with basis, bound and where it comes from."""
    return [
        Headline(
            label=str(MEASURES[measure]), note=str(SOURCES[measure]),
            figure=figure(
                (measure, ALL), sheet.at(None, (measure, ALL)), unit_id=sheet.unit.public_id,
                period=sheet.year.period, status=sheet.status,
            ),
        )
        for measure in HEADLINE
        if (measure, ALL) in sheet.whole
    ]  # fmt: skip


def tables_of(sheet: Sheet) -> list[Table]:
    """Return the tables that have something to show."""
    made = [
        _by_category("children", M.CHILDREN, _("Children on the register by category"), sheet),
        _by_category("paired", M.PAIRED, _("Children with a helping pair by category"), sheet),
        _aid_by_scheme(sheet),
        _aid_by_term(sheet),
        _aid_by_place(sheet),
        _cases(sheet),
        _work(sheet),
    ]  # fmt: skip
    return [table for table in made if table is not None]


def text_of(shown: Shown, measure: Measure) -> str:
    """Write a number of a table. That it is rounded stands above the table, once."""
    if shown.value is None:
        return MASKED
    number = yuan(shown.value) if measure in MONEY else grouped(shown.value)
    return f"> {number}" if shown.bound is Bound.MORE_THAN else number


def term_name(code: str) -> str:
    """Name a term: "spring 2024"."""
    term = parse_term(code)
    name = _("spring %(year)s") if term.season == "1" else _("autumn %(year)s")
    return name % {"year": term.year}


def place_name(sheet: Sheet, place: int | None) -> str:
    """Name a row: a place below, the unit's own, or the whole."""
    if place is None:
        return _("Together")
    if place == sheet.unit.id:
        return _("%(unit)s itself") % {"unit": sheet.unit.title}
    found = sheet.units.get(place)
    return found.title if found else "–"


def _by_category(key: str, measure: Measure, title: str, sheet: Sheet) -> Table | None:
    words = [word for word in (*CATEGORIES, WITHOUT, IN_SEVERAL) if (measure, word) in sheet.whole]
    if not words and (measure, ALL) not in sheet.whole:
        return None
    heads = [_("Place"), _("Children"), *(str(CATEGORIES[w] if w in CATEGORIES else OVERLAP_WORDS[w])
                                          for w in words)]  # fmt: skip
    rows = _rows(sheet, [(measure, ALL), *((measure, word) for word in words)])
    note = _("A child can be in more than one category, and live in one town and learn in another."
             " So neither columns nor rows add up to children.")  # fmt: skip
    return Table(key=key, title=title, heads=heads, rows=rows, note=note)


def _aid_by_scheme(sheet: Sheet) -> Table | None:
    rows = [
        [scheme.title, *_aid(sheet, None, key)]
        for key, scheme in sheet.schemes.items()
        if (M.GRANTS, key) in sheet.whole
    ]
    if not rows:
        return None
    heads = [_("Scheme"), _("Grants"), _("Yuan")]
    rows.append([_("Together"), *_aid(sheet, None, ALL)])
    note = _("Sums of the lines that were paid, as the ledger has them.") if sheet.exact else ""
    return Table(key="schemes", title=_("Aid by scheme"), heads=heads, rows=rows, note=note)


def _aid_by_term(sheet: Sheet) -> Table | None:
    """Return grants and money by term, and in each term by scheme."""
    terms = sorted({scheme_and_term(w)[1] for m, w in sheet.whole if m in TERMED} - {""})
    if not terms:
        return None
    rows: list[list[str]] = []
    for term in terms:
        name = term_name(term)
        own = [
            [f"{name} · {scheme.title}", *_aid(sheet, None, of_term(key, term))]
            for key, scheme in sheet.schemes.items()
            if (M.GRANTS, of_term(key, term)) in sheet.whole
        ]
        rows += own
        if len(own) > 1:
            rows.append([f"{name} · {_('all schemes')}", *_aid(sheet, None, of_term("", term))])
    return Table(
        key="terms", title=_("Aid by term and scheme"),
        heads=[_("Term and scheme"), _("Grants"), _("Yuan")], rows=rows,
        note=_("A child has one grant of a scheme in a term. Children of two rows may be the same."),
    )  # fmt: skip


def _aid_by_place(sheet: Sheet) -> Table | None:
    rows = [
        [f"{place_name(sheet, place)} · {scheme.title}", *_aid(sheet, place, key)]
        for place in _ordered(sheet)
        for key, scheme in sheet.schemes.items()
        if sheet.at(place, (M.GRANTS, key)) != ZERO
    ]
    if not rows:
        return None
    heads = [_("Place and scheme"), _("Grants"), _("Yuan")]
    return Table(key="places", title=_("Aid by place and scheme"), heads=heads, rows=rows)


def _aid(sheet: Sheet, place: int | None, word: str) -> list[str]:
    return [text_of(sheet.at(place, (m, word)), m) for m in (M.GRANTS, M.PAID)]


def _cases(sheet: Sheet) -> Table | None:
    states = [word for word in CASE_STATES if (M.CASES, word) in sheet.whole]
    if not states:
        return None
    heads = [_("Place"), _("Cases"), *(str(CASE_STATES[word]) for word in states)]
    rows = _rows(sheet, [(M.CASES, ALL), *((M.CASES, word) for word in states)])
    return Table(key="cases", title=_("Cases by state"), heads=heads, rows=rows)


def _work(sheet: Sheet) -> Table | None:
    shown = [measure for measure in SUMMED if (measure, ALL) in sheet.whole]
    if not shown:
        return None
    heads = [_("Place"), *(str(MEASURES[measure]) for measure in shown)]
    rows = _rows(sheet, [(measure, ALL) for measure in shown])
    return Table(key="work", title=_("Work done"), heads=heads, rows=rows)


def _rows(sheet: Sheet, keys: Sequence[Key]) -> list[list[str]]:
    """Return a row for each place that has something, and one for the whole."""
    return [
        [place_name(sheet, place), *(text_of(sheet.at(place, key), key[0]) for key in keys)]
        for place in [*_ordered(sheet), None]
        if place is None or any(sheet.at(place, key) != ZERO for key in keys)
    ]


def _ordered(sheet: Sheet) -> Iterable[int]:
    """Places in the order in which they were founded, the unit's own last."""
    return sorted(sheet.places, key=lambda place: (place == sheet.unit.id, place))


def _plain(cell: str) -> FileCell:
    """Return a number as a number, so that spreadsheets can reckon with it."""
    bare = cell.removeprefix("¥").replace(",", "")
    if bare.isdigit():
        return int(bare)
    return cell
