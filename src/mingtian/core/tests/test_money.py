"""Amounts as people type and read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.money import parse_yuan, yuan


@given(st.integers(0, 10**13 - 1))
def test_an_amount_that_is_shown_reads_back_as_itself(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    "text",
    ["1250", "1,250", "１，２５０", "¥1250.00", "￥1250", " 1250 元 ", "1250.000", "1250 yuan"],
)
def test_one_amount_is_typed_in_many_ways(text: str) -> None:
    assert parse_yuan(text) == 125_000


@pytest.mark.parametrize("text", ["", "-5", "1.234", "=1+1", "12e3", "五百", "²", "1" * 12])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert parse_yuan(text) is None
