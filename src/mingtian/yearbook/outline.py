"""The book as tables: for pages, files and papers alike. No query is made here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingtian.core.figures import Bound, Figure
from mingtian.web.rules import grouped, in_yuan
from mingtian.web.tables import Cell as FileCell
from mingtian.yearbook.rows import Book
from mingtian.yearbook.rules import (
    ALL,
    IN_SEVERAL,
    MASKED,
    MONEY,
    WITHOUT,
    ZERO,
    Key,
    Measure,
    Shown,
    figure,
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


Look = Callable[[int | None, Key], Shown]


def reading(book: Book, *, exact: bool) -> Look:
    """Return how a number of a place (None: the whole) looks to this reader."""
    if exact:
        return lambda place, key: Shown(
            value=(book.whole if place is None else book.places[place]).get(key, 0)
        )
    whole, places = book.given(), {place: book.given_of(place) for place in book.places}
    return lambda place, key: (whole if place is None else places[place]).get(key, ZERO)


def headlines(book: Book, look: Look) -> list[Headline]:
    """Return the figures of the whole, each with basis, bound and where it comes from."""
    return [
        Headline(
            label=str(MEASURES[measure]), note=str(SOURCES[measure]),
            figure=figure(
                (measure, ALL), look(None, (measure, ALL)), unit_id=book.unit.public_id,
                period=book.year.period, status=book.status,
            ),
        )
        for measure in HEADLINE
        if (measure, ALL) in book.whole
    ]  # fmt: skip


def tables_of(book: Book, look: Look, *, exact: bool) -> list[Table]:
    """Return the tables that have something to show."""
    made = [
        _by_category("children", M.CHILDREN, _("Children on the register by category"), book, look,
                     exact=exact),
        _by_category("paired", M.PAIRED, _("Children with a helping pair by category"), book, look,
                     exact=exact),
        _aid_by_scheme(book, look, exact=exact),
        _aid_by_place(book, look),
        _cases(book, look),
        _work(book, look),
    ]  # fmt: skip
    return [table for table in made if table is not None]


def text_of(shown: Shown, measure: Measure) -> str:
    """Write a number of a table. That it is rounded stands above the table, once."""
    if shown.value is None:
        return MASKED
    number = f"¥{in_yuan(shown.value)}" if measure in MONEY else grouped(shown.value)
    return f"> {number}" if shown.bound is Bound.MORE_THAN else number


def place_name(book: Book, place: int | None) -> str:
    """Name a row: a place below, the unit's own, or the whole."""
    if place is None:
        return _("Together")
    if place == book.unit.id:
        return _("%(unit)s itself") % {"unit": book.unit.title}
    found = book.units.get(place)
    return found.title if found else "–"


def _by_category(
    key: str, measure: Measure, title: str, book: Book, look: Look, *, exact: bool
) -> Table | None:
    words = [word for word in CATEGORIES if (measure, word) in book.whole]
    words += [word for word in (IN_SEVERAL, WITHOUT) if exact and book.whole.get((measure, word))]
    if not words and not book.whole.get((measure, ALL)):
        return None
    heads = [_("Place"), _("Children"), *(str(CATEGORIES[w] if w in CATEGORIES else OVERLAP_WORDS[w])
                                          for w in words)]  # fmt: skip
    rows = _rows(book, look, [(measure, ALL), *((measure, word) for word in words)])
    note = _("A child can be in more than one category, and live in one town and learn in another."
             " So neither columns nor rows add up to children.")  # fmt: skip
    return Table(key=key, title=title, heads=heads, rows=rows, note=note)


def _aid_by_scheme(book: Book, look: Look, *, exact: bool) -> Table | None:
    if not book.schemes:
        return None
    heads = [_("Scheme"), _("Grants"), _("Yuan")]
    rows = [
        [scheme.title, *(text_of(look(None, (m, key)), m) for m in (M.GRANTS, M.PAID))]
        for key, scheme in book.schemes.items()
    ]
    rows.append([_("Together"), *(text_of(look(None, (m, ALL)), m) for m in (M.GRANTS, M.PAID))])
    note = ""
    if exact and book.terms:
        note = _("Sums of the lines that were paid, as the ledger has them.")
    return Table(key="schemes", title=_("Aid by scheme"), heads=heads, rows=rows, note=note)


def by_term(book: Book, name: Callable[[str], str]) -> Table | None:
    """Return aid by scheme and term. For readers of exact numbers alone; ``name`` calls a term."""
    if not book.terms:
        return None
    rows = [
        [f"{row.scheme.title} · {name(row.term)}", grouped(row.grants), grouped(row.persons),
         f"¥{in_yuan(row.fen)}"]
        for row in book.terms
    ]  # fmt: skip
    return Table(
        key="terms", title=_("Aid by scheme and term"),
        heads=[_("Scheme and term"), _("Grants"), _("Children"), _("Yuan")], rows=rows,
        note=_("A child has one grant of a scheme in a term. Children of two rows may be the same."),
    )  # fmt: skip


def _aid_by_place(book: Book, look: Look) -> Table | None:
    schemes = list(book.schemes)
    rows = []
    for place in [*_ordered(book), None]:
        for key in schemes:
            grants = look(place, (M.GRANTS, key))
            if grants != ZERO and place is not None:
                name = f"{place_name(book, place)} · {book.schemes[key].title}"
                rows.append([name, text_of(grants, M.GRANTS),
                             text_of(look(place, (M.PAID, key)), M.PAID)])  # fmt: skip
    if not rows:
        return None
    heads = [_("Place and scheme"), _("Grants"), _("Yuan")]
    return Table(key="places", title=_("Aid by place and scheme"), heads=heads, rows=rows)


def _cases(book: Book, look: Look) -> Table | None:
    states = [word for word in CASE_STATES if book.whole.get((M.CASES, word))]
    if not states:
        return None
    heads = [_("Place"), _("Cases"), *(str(CASE_STATES[word]) for word in states)]
    rows = _rows(book, look, [(M.CASES, ALL), *((M.CASES, word) for word in states)])
    return Table(key="cases", title=_("Cases by state"), heads=heads, rows=rows)


def _work(book: Book, look: Look) -> Table | None:
    shown = [measure for measure in SUMMED if book.whole.get((measure, ALL))]
    if not shown:
        return None
    heads = [_("Place"), *(str(MEASURES[measure]) for measure in shown)]
    rows = _rows(book, look, [(measure, ALL) for measure in shown])
    return Table(key="work", title=_("Work done"), heads=heads, rows=rows)


def _rows(book: Book, look: Look, keys: Sequence[Key]) -> list[list[str]]:
    """Return a row for each place that has something, and one for the whole."""
    return [
        [place_name(book, place), *(text_of(look(place, key), key[0]) for key in keys)]
        for place in [*_ordered(book), None]
        if place is None or any(look(place, key) != ZERO for key in keys)
    ]


def _ordered(book: Book) -> Iterable[int]:
    """Places in the order in which they were founded, the unit's own last."""
    return sorted(book.places, key=lambda place: (place == book.unit.id, place))


def _plain(cell: str) -> FileCell:
    """Return a number as a number, so that spreadsheets can reckon with it."""
    bare = cell.removeprefix("¥").replace(",", "")
    if bare.isdigit():
        return int(bare)
    return cell
