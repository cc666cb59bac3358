"""Amounts as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.money import in_yuan, parse_yuan, yuan


@given(st.integers(0, 10**13 - 1))
def test_an_amount_that_is_shown_reads_back_as_itself(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == parse_yuan(str(in_yuan(fen))) == fen


def test_fen_are_written_only_where_there_are_some() -> None:
    assert [yuan(fen) for fen in (14_612_500, 31_250, -5)] == ["¥146,125", "¥312.50", "-¥0.05"]


def test_files_and_papers_always_have_two_places() -> None:
    assert [str(in_yuan(fen)) for fen in (14_612_500, 31_205)] == ["146125.00", "312.05"]


@pytest.mark.parametrize(
    "text",
    ["1250", "1,250", "１，２５０", "¥1250.00", "￥1250", " 1250 元 ", "1250.000", "1250 yuan"],
)
def test_one_amount_is_typed_in_many_ways(text: str) -> None:
    assert parse_yuan(text) == 125_000


@pytest.mark.parametrize("text", ["", "-5", "1.234", "=1+1", "12e3", "五百", "²", "1" * 12])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert parse_yuan(text) is None
