"""Codes can be read aloud and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.ids import CROCKFORD, public_id, random_code, tidy_code


@pytest.mark.parametrize("typed", ["K7M2 Q9XD", " k7m2-q9xd ", "k7m2q9xd"])
def test_case_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    assert tidy_code(typed) == "k7m2q9xd"


def test_letters_that_look_like_digits_are_digits() -> None:
    assert tidy_code("OIl0") == "0110"


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    once = tidy_code(typed)
    assert tidy_code(once) == once


@given(st.integers(1, 40))
def test_a_code_has_its_length_and_is_already_tidy(length: int) -> None:
    code = random_code(length)
    assert len(code) == length
    assert set(code) <= set(CROCKFORD)
    assert tidy_code(code) == code


def test_identifiers_do_not_repeat() -> None:
    assert len({public_id() for _ in range(1000)}) == 1000
