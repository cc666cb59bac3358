"""What is given out tells nothing that is masked, by whatever sum, difference or later edition."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtian.aid.rules import average
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure, FiguresDiffer
from mingtian.yearbook.figures import add, children_of, figure
from mingtian.yearbook.masking import (
    SMALL,
    ZERO,
    Given,
    Shown,
    given_out,
    given_out_whole,
    least_of,
    mask,
    mask_money,
    more_than,
)
from mingtian.yearbook.rules import (
    ALL,
    BASES,
    GAP,
    OF_PERSONS,
    WITHOUT,
    Counts,
    Key,
    Measure,
    Year,
    check_closable,
    check_gap,
    covers,
    is_cell,
    of_term,
    with_sums,
    year_of,
)

M = Measure
YEAR = Year(2023)

NUMBERS = st.one_of(
    st.integers(0, 13), st.integers(0, 60), st.sampled_from([12, 17, 22]), st.integers(0, 12_000)
)
CASES = [(M.CASES, word) for word in ("found", "planned", "closed")]
GRANTS = [
    (M.GRANTS, of_term(scheme, term)) for scheme in ("aaaa", "bbbb") for term in YEAR.terms
]  # fmt: skip
PLAIN: list[Key] = [(M.VISITS, ALL), (M.PAIRS, ALL), *CASES, *GRANTS]


@st.composite
def places(draw: st.DrawFn) -> list[dict[Key, int]]:
    """Places of a county with counts that add up, money at some rate for each grant."""
    made = []
    for _ in range(draw(st.integers(1, 6))):
        counts = {key: draw(NUMBERS) for key in PLAIN}
        for _measure, word in GRANTS:
            counts[M.PAID, word] = counts[M.GRANTS, word] * draw(
                st.sampled_from([250_00, 312_50, 500_00])
            )
        made.append(counts)
    return made


def whole_of(trees: list[dict[Key, int]]) -> dict[Key, int]:
    return {key: sum(counts[key] for counts in trees) for key in trees[0]}


def publication(trees: list[dict[Key, int]]) -> tuple[Given, list[Given]]:
    return given_out_whole(whole_of(trees), trees), [given_out(counts) for counts in trees]


@given(places(), st.data())
@settings(max_examples=1_000, deadline=None)
def test_what_is_given_out_is_the_same_whatever_a_masked_count_is(
    trees: list[dict[Key, int]], data: st.DataObject
) -> None:
    """Every masked count can be any of 1 to 7, all at once: so nothing can be worked out from it."""
    other = [dict(counts) for counts in trees]
    for counts in other:
        for key in PLAIN:
            if 0 < counts[key] <= SMALL:
                counts[key] = data.draw(st.integers(1, SMALL))
                if key[0] is M.GRANTS:
                    counts[M.PAID, key[1]] = counts[key] * data.draw(
                        st.sampled_from([250_00, 625_00])
                    )
    assert publication(other) == publication(trees)


@given(places(), st.data())
@settings(max_examples=300, deadline=None)
def test_a_later_edition_tells_nothing_that_is_masked_in_either(
    trees: list[dict[Key, int]], data: st.DataObject
) -> None:
    """Children come and go between two editions; both stay as they are for other masked counts."""

    def later(now: list[dict[Key, int]]) -> list[dict[Key, int]]:
        return [
            {key: max(0, value + moved[place].get(key, 0)) for key, value in counts.items()}
            for place, counts in enumerate(now)
        ]

    moved = [{key: data.draw(st.integers(-3, 3)) for key in CASES} for _ in trees]
    other = [dict(counts) for counts in trees]
    for counts, step in zip(other, moved, strict=True):
        for key in CASES:
            both = {n for n in range(1, SMALL + 1) if 0 < n + step[key] <= SMALL}
            if counts[key] in both:
                counts[key] = data.draw(st.sampled_from(sorted(both)))
    assert publication(other) == publication(trees)
    assert publication(later(other)) == publication(later(trees))


@given(places())
@settings(max_examples=300, deadline=None)
def test_totals_say_less_than_there_is_and_never_more_than_cells_tell(
    trees: list[dict[Key, int]],
) -> None:
    whole, shown = publication(trees)
    for (measure, word), total in whole.items():
        exact = with_sums(whole_of(trees))[measure, word]
        if total.bound is Bound.MORE_THAN:
            assert total.value is not None
            assert total.value < exact
        cells = [
            value
            for each in shown
            for (own, w), value in each.items()
            if own is measure and is_cell((own, w)) and covers(word, w) and value != ZERO
        ]
        if total.bound is Bound.MORE_THAN:
            assert total.value is not None
            assert total.value < sum(least_of(measure, each) for each in cells)


TOWNS = range(4)
CHILD = st.tuples(
    st.sampled_from(TOWNS), st.sampled_from(TOWNS),
    st.frozensets(st.sampled_from(["left_behind", "orphan", "poverty"]), max_size=3),
)  # fmt: skip
"""Where a child lives, where it learns, and its categories."""

Children = list[tuple[int, int, frozenset[str]]]


def by_category(children: Children) -> dict[Key, int]:
    found: dict[Key, int] = {(M.CHILDREN, ALL): len(children)}
    for _home, _school, held in children:
        for word in held or {WITHOUT}:
            found[M.CHILDREN, word] = found.get((M.CHILDREN, word), 0) + 1
    return found


def by_town(children: Children) -> list[dict[Key, int]]:
    return [by_category([one for one in children if town in one[:2]]) for town in TOWNS]


@given(st.lists(st.tuples(CHILD, st.integers(1, 30)), max_size=12))
@settings(max_examples=500, deadline=None)
def test_totals_of_children_hold_however_much_they_overlap(
    groups: list[tuple[tuple[int, int, frozenset[str]], int]],
) -> None:
    """In several categories, living in one town and learning in another."""
    children = [child for child, number in groups for _ in range(number)]
    whole, towns = by_category(children), by_town(children)
    given = [
        (given_out_whole(whole, towns), whole),
        *zip(map(given_out, towns), towns, strict=True),
    ]
    for shown, exact in given:
        for key, total in shown.items():
            if total.value and total.bound is Bound.MORE_THAN:
                assert total.value < exact[key], key
            if total == ZERO:
                assert exact[key] == 0, key


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("left_behind", "orphan", WITHOUT), NUMBERS)),
        min_size=1, max_size=5,
    ),
    st.data(),
)  # fmt: skip
@settings(max_examples=500, deadline=None)
def test_totals_of_children_say_one_of_three_numbers_that_the_cells_say_too(
    towns: list[dict[str, int]], data: st.DataObject
) -> None:
    """So a town that is masked does not follow from the county less the other towns."""

    def published(exact: int, masked: list[dict[str, int]]) -> Given:
        counts: list[dict[Key, int]] = [
            {(M.CHILDREN, word): number for word, number in town.items()} for town in masked
        ]
        return given_out_whole({(M.CHILDREN, ALL): exact}, counts)

    most = sum(number for town in towns for number in town.values())
    least = max(number for town in towns for number in town.values())
    said = {
        published(exact, towns)[M.CHILDREN, ALL]
        for exact in range(max(least, 1), min(most, least + 200) + 1)
    }
    said |= {published(most, towns)[M.CHILDREN, ALL]} if most else set()
    assert len(said) <= 3

    other = [
        {
            word: data.draw(st.integers(1, SMALL)) if 0 < n <= SMALL else n
            for word, n in town.items()
        }
        for town in towns
    ]
    assert published(most, towns) == published(most, other)
    assert published(0, towns) == published(0, other)


def test_children_of_no_category_are_counted_and_given_out() -> None:
    shown = given_out({(M.CHILDREN, ALL): 14, (M.CHILDREN, WITHOUT): 14})
    assert shown[M.CHILDREN, WITHOUT].value == 15
    assert shown[M.CHILDREN, ALL] == more_than(13)


def test_a_total_without_cells_is_masked_and_never_nothing() -> None:
    """Pairs of children who are in no category: there is no cell that tells of them."""
    assert given_out({(M.PAIRED, ALL): 14})[M.PAIRED, ALL].value is None


def test_grants_are_given_out_by_scheme_and_term_and_by_each_of_them() -> None:
    counts = {(M.GRANTS, of_term(s, t)): 20 for s in ("aaaa", "bbbb") for t in YEAR.terms}
    shown = given_out(counts | {(M.AIDED, ALL): 80})
    assert shown[M.GRANTS, "aaaa/2023-1"] == Shown(value=20, bound=Bound.ABOUT)
    for word in ("aaaa", "/2023-2"):
        assert shown[M.GRANTS, word] == more_than(2 * 18)
    assert shown[M.GRANTS, ALL] == shown[M.AIDED, ALL] == more_than(4 * 18)
    assert given_out(counts | {(M.AIDED, ALL): 20})[M.AIDED, ALL] == more_than(18)


def test_money_that_is_too_little_to_round_is_masked() -> None:
    assert mask_money(8 * 50_00, 8).value is None


@given(st.integers(0, 10**7))
def test_a_mask_keeps_its_bounds(value: int) -> None:
    shown = mask(value)
    if shown.value is None:
        assert 1 <= value <= SMALL
    else:
        assert abs(shown.value - value) <= 2
        assert shown.value % 5 == 0
        assert shown.least <= value


@given(st.integers(0, 10**9), st.integers(1, 10**5))
def test_money_is_masked_by_its_count(fen: int, count: int) -> None:
    shown = mask_money(fen, count)
    assert (shown.value is None) == (count <= SMALL or fen < 500_00)
    assert shown.value is None or shown.value % 1_000_00 == 0
    assert least_of(M.PAID, shown) <= fen


def test_three_orphans_leave_the_office_as_a_star() -> None:
    """F31: 168, 73 and 3 of a town."""
    counts: Counts = {
        (M.PAIRED, "left_behind"): 168, (M.PAIRED, "single_parent"): 73, (M.PAIRED, "orphan"): 3,
        (M.PAIRED, ALL): 244,
    }  # fmt: skip
    shown = given_out(counts)
    assert shown[M.PAIRED, "left_behind"].value == 170
    assert shown[M.PAIRED, "single_parent"].value == 75
    assert shown[M.PAIRED, "orphan"].value is None
    assert shown[M.PAIRED, ALL] == Shown(value=240, bound=Bound.MORE_THAN)


def persons(word: str, value: int) -> Figure:
    made = figure((M.PAIRED, word), value, unit_id="x" * 12, period=YEAR.period)
    assert made is not None
    return made


THREE = [persons("left_behind", 168), persons("single_parent", 73), persons("orphan", 3)]


def test_244_are_children_only_where_categories_are_exclusive() -> None:
    """domain.md 5.10."""
    assert children_of(THREE, persons("in_several", 0)) == 244
    with pytest.raises(FiguresDiffer, match="overlap"):
        children_of(THREE, persons("in_several", 1))


def test_children_of_two_towns_are_not_added() -> None:
    with pytest.raises(FiguresDiffer, match="same persons"):
        add(M.PAIRED, THREE[:2], unit_id="x" * 12)


def test_grants_are_not_added_to_money() -> None:
    grants = figure((M.GRANTS, "a"), 295, unit_id="x" * 12, period=YEAR.period)
    money = figure((M.PAID, "a"), 146_125_00, unit_id="x" * 12, period=YEAR.period)
    assert grants is not None
    assert money is not None
    with pytest.raises(FiguresDiffer):
        grants.plus(money, unit_id="x" * 12)
    assert (grants.basis, money.basis) == (Basis.GRANTS, Basis.FEN)


def test_two_more_than_figures_give_no_average() -> None:
    """domain.md 5.9: more than 5,000,000 yuan over more than 10,000 pupils bounds nothing."""
    more = Shown(value=10_000, bound=Bound.MORE_THAN)
    total = figure((M.PAID, ALL), Shown(value=5_000_000_00, bound=Bound.MORE_THAN),
                   unit_id="x" * 12, period=YEAR.period)  # fmt: skip
    count = figure((M.AIDED, ALL), more, unit_id="x" * 12, period=YEAR.period)
    assert total is not None
    assert count is not None
    assert average(total, count) is None


def test_a_masked_number_is_no_figure() -> None:
    assert figure((M.AIDED, ALL), Shown(value=None), unit_id="x" * 12, period=YEAR.period) is None


def test_a_year_runs_from_march_to_february() -> None:
    assert (YEAR.first, YEAR.last) == (date(2023, 3, 1), date(2024, 2, 29))
    assert YEAR.terms == ("2023-1", "2023-2")
    assert [year_of(day).number for day in (date(2023, 2, 28), YEAR.first, YEAR.last)] == [
        2022, 2023, 2023,
    ]  # fmt: skip


def test_a_year_that_is_not_over_is_not_closed() -> None:
    with pytest.raises(RuleBroken, match="yearbook_not_over"):
        check_closable(YEAR, date(2024, 2, 29))
    check_closable(YEAR, date(2024, 3, 1))


def test_an_edition_stands_alone_for_four_weeks() -> None:
    with pytest.raises(RuleBroken, match="yearbook_given_out_lately"):
        check_gap(YEAR.first, YEAR.first + GAP - timedelta(days=1))
    check_gap(YEAR.first, YEAR.first + GAP)


def test_counts_of_children_are_known() -> None:
    """Measures of persons never add up; a new one must be said to be so."""
    assert {m for m, basis in BASES.items() if basis is Basis.PERSONS} == OF_PERSONS
