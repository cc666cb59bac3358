"""What is sealed opens only in its place, with rare characters intact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.seal import Place, SealBroken, Sealer, fold

SEALER = Sealer({1: b"a" * 32, 2: b"b" * 32}, b"i" * 32)
HERE = Place("people_person", "name", "p1")


@given(st.text())
def test_sealed_text_opens_in_its_place(text: str) -> None:
    assert SEALER.open(SEALER.seal(text, HERE), HERE) == text


def test_rare_characters_outside_the_basic_plane_survive() -> None:
    name = "𬱖䶮〇𫖯"

    assert SEALER.open(SEALER.seal(name, HERE), HERE) == name


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = SEALER.seal("林小满", HERE)

    with pytest.raises(SealBroken):
        SEALER.open(sealed, Place("people_person", "name", "p2"))


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    old = Sealer({1: b"a" * 32}, b"i" * 32).seal("林小满", HERE)

    assert SEALER.open(old, HERE) == "林小满"
    assert SEALER.seal("林小满", HERE)[0] == 2


@pytest.mark.parametrize("sealed", [b"", b"\x07" + b"0" * 40])
def test_an_unknown_key_is_refused(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        SEALER.open(sealed, HERE)


def test_the_blind_index_ignores_spacing_and_width_but_not_the_scope() -> None:
    here = SEALER.index("name", "买买提·艾力", 7)

    assert SEALER.index("name", " 买买提 • 艾力", 7) == here
    assert SEALER.index("name", "买买提·艾力", 8) != here
    assert SEALER.index("number", "买买提·艾力", 7) != here


@pytest.mark.parametrize(
    ("typed", "same"), [("007", True), ("7", True), (" ７", True), ("70", False), ("A07", False)]
)
def test_a_number_may_be_typed_without_its_leading_zeros(typed: str, same: bool) -> None:
    kept = SEALER.index("number", "07", 3)

    assert (SEALER.index("number", typed, 3) == kept) is same
    assert SEALER.index("name", "07", 3) != SEALER.index("name", "7", 3)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
