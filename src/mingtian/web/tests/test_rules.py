import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.web.rules import Bar, as_bar, grouped, percent, rank_bars, shared_ranks


@pytest.mark.parametrize(
    ("measures", "ranks"),
    [([], []), ([5], [1]), ([7, 9, 7, 3], [2, 1, 2, 4]), ([4, 4, 4], [1, 1, 1])],
)
def test_equal_measures_share_a_place_and_the_next_is_skipped(
    measures: list[float], ranks: list[int]
) -> None:
    assert shared_ranks(measures) == ranks


@given(st.lists(st.integers(0, 50)))
def test_a_place_is_one_more_than_the_number_of_better_ones(measures: list[int]) -> None:
    ranks = shared_ranks(measures)

    for measure, rank in zip(measures, ranks, strict=True):
        assert rank == 1 + sum(other > measure for other in measures)


def test_by_share_a_small_unit_may_lead() -> None:
    bars = [Bar(name="large", value=90, of=100), Bar(name="small", value=10, of=10)]

    assert [each.bar.name for each in rank_bars(bars, by_share=True)] == ["small", "large"]
    assert [each.bar.name for each in rank_bars(bars, by_share=False)] == ["large", "small"]


def test_a_unit_where_nobody_is_expected_comes_last_by_share() -> None:
    bars = [Bar(name="empty", value=0, of=0), Bar(name="none in", value=0, of=10)]

    ranked = rank_bars(bars, by_share=True)

    assert [each.bar.name for each in ranked] == ["none in", "empty"]
    assert [each.width for each in ranked] == [0.0, 0.0]


def test_bars_are_read_from_rows_with_names_or_with_keys() -> None:
    class Row:
        name, value, of = "a", 3, 4

    assert (
        as_bar(Row()) == as_bar({"name": "a", "value": 3, "of": 4}) == Bar(name="a", value=3, of=4)
    )


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0.0%"), (0.97312, "97.3%"), (1, "100.0%"), (0.99999, "99.9%"), (0.00001, "0.1%")],
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(share: float, text: str) -> None:
    assert percent(share) == text


def test_thousands_are_grouped_by_commas() -> None:
    assert grouped(733680) == "733,680"
