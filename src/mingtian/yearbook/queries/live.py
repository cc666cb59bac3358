"""The book as it is counted at this moment, through the queries of the modules. Sums only."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from mingtian.aid.queries import totals, totals_together
from mingtian.aid.queries.schemes import SchemeRow, scheme_rows
from mingtian.care.queries.totals import count_cases
from mingtian.children.queries import CategoryCounts, counts_by_category
from mingtian.gifts.queries.by_place import count_gifts
from mingtian.org.queries import UnitRow, list_children, path_on
from mingtian.pairs.queries import counts as count_pairs
from mingtian.vault.access import keep
from mingtian.yearbook.rows import Book, TermRow
from mingtian.yearbook.rules import (
    ALL,
    IN_SEVERAL,
    PLACES,
    WITHOUT,
    Key,
    Measure,
    Year,
    of_term,
    rest_of,
    with_sums,
)

M = Measure
Found = dict[str, dict[Key, int]]


def count_book(unit: UnitRow, subtree: str, year: Year, today: date) -> Book:
    """Count the year of a county or town, and of each place directly below it.

    ``subtree`` is its path today; a year that is over is counted in the tree of its last day. A number
    of statements that does not grow with places.
    """
    day = year.counted_on(today)
    if day != today:
        # A unit that is younger than the year had no path then, and an empty one would be the whole tree.
        subtree = ".".join(map(str, path_on(unit.id, day))) or subtree
    below = {
        f"{subtree}.{place.id}": place
        for place in list_children(unit.id, day)
        if place.kind in PLACES
    }
    paths = [subtree, *below]
    found: Found = defaultdict(dict)
    with keep("count a year"):
        _count_children(found, paths, day)
        _count_pairs(found, paths, year, day)
        _count_cases(found, paths, year, day)
        schemes, terms = _count_aid(found, subtree, paths, year, day)
    _count_gifts(found, paths, year, day)
    offered = scheme_rows(units=[int(key) for key in subtree.split(".")])
    places = {place.id: found[path] for path, place in below.items() if any(found[path].values())}
    whole = found[subtree]
    if rest := rest_of(whole, places.values()):
        # What belongs to the unit and to no place below: a place of its own.
        places[unit.id] = rest
    return Book(
        unit=unit, year=year, day=day, whole=with_sums(whole),
        places={place: with_sums(counts) for place, counts in places.items()},
        units={unit.id: unit} | {place.id: place for place in below.values()},
        schemes={scheme.public_id: scheme for scheme in schemes.values()}, terms=terms,
        kinds=Counter(scheme.kind.value for scheme in offered),
    )  # fmt: skip


def _count_children(found: Found, paths: Sequence[str], day: date) -> None:
    for path, counts in counts_by_category(paths, day).items():
        found[path] |= _children(counts)


def _children(counts: CategoryCounts) -> dict[Key, int]:
    by_category = {
        (M.CHILDREN, category.value): number for category, number in counts.by_category.items()
    }
    beside = {ALL: counts.children, IN_SEVERAL: counts.in_several, WITHOUT: counts.without}
    return by_category | {(M.CHILDREN, word): number for word, number in beside.items() if number}


def _count_pairs(found: Found, paths: Sequence[str], year: Year, day: date) -> None:
    for path, counts in count_pairs(paths, day, since=year.first).items():
        own = {
            (M.PAIRED, category.value): number for category, number in counts.by_category.items()
        }
        own |= {
            (M.PAIRED, ALL): counts.children, (M.PAIRS, ALL): counts.pairs,
            (M.VISITS, ALL): counts.visits,
        }  # fmt: skip
        found[path] |= {key: number for key, number in own.items() if number}


def _count_cases(found: Found, paths: Sequence[str], year: Year, day: date) -> None:
    for row in count_cases(paths, first=year.first, last=day):
        if row.state:
            found[row.path][M.CASES, row.state] = row.number
        else:
            found[row.path][M.TALKS, ALL] = row.number


def _count_gifts(found: Found, paths: Sequence[str], year: Year, day: date) -> None:
    for row in count_gifts(paths, year.period, day):
        found[row.path][M.GIFTS, ALL] = row.gifts
        if row.fen:
            found[row.path][M.GIFT_MONEY, ALL] = row.fen


def _count_aid(
    found: Found, subtree: str, paths: Sequence[str], year: Year, day: date
) -> tuple[Mapping[int, SchemeRow], tuple[TermRow, ...]]:
    rows = totals(paths, year.terms, day)
    ids = {row.scheme_id for row in rows if row.scheme_id is not None}
    schemes = {scheme.id: scheme for scheme in scheme_rows(ids=ids)} if ids else {}
    terms = []
    for row in rows:
        assert row.scheme_id is not None, "sums by scheme name it"
        scheme, counts = schemes[row.scheme_id], found[row.path]
        word = of_term(scheme.public_id, row.term)
        counts[M.GRANTS, word], counts[M.PAID, word] = row.grants, row.fen
        if row.path == subtree:
            terms.append(
                TermRow(
                    scheme=scheme, term=row.term, grants=row.grants, persons=row.persons,
                    fen=row.fen,
                )
            )  # fmt: skip
    for row in totals_together(paths, year.terms, day):
        found[row.path][M.AIDED, ALL] = row.persons
    return schemes, tuple(terms)
