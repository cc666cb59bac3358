"""What may stand in the columns of number and name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.people.rules import ValueFault, name_fault, number_fault

F = ValueFault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1", None),
        ("A07", None),
        ("2023010233", None),
        ("202301023345", None),
        ("123456789012345678", None),
        ("20230102334", None),
        ("", F.NUMBER_MISSING),
        ("  ", F.NUMBER_MISSING),
        ("1" * 33, F.NUMBER_TOO_LONG),
        ("1\x07", F.NUMBER_UNPRINTABLE),
        ("13912345678", F.NUMBER_IS_TELEPHONE),
        ("139 1234 5678", F.NUMBER_IS_TELEPHONE),
        ("+86-139-1234-5678", F.NUMBER_IS_TELEPHONE),
        ("１３９１２３４５６７８", F.NUMBER_IS_TELEPHONE),
        ("11010519491231002X", F.NUMBER_IS_CITIZEN),
        ("11010519491231002x", F.NUMBER_IS_CITIZEN),
        ("110105194912310021", F.NUMBER_IS_CITIZEN),
        ("G110105194912310021", F.NUMBER_IS_CITIZEN),
        ("110105 19491231 002X", F.NUMBER_IS_CITIZEN),
        ("110105491231002", F.NUMBER_IS_CITIZEN),
        ("230102201399990010", None),
        ("11010519491231002X和", F.NUMBER_IS_CITIZEN),
    ],
)
def test_numbers(text: str, fault: ValueFault | None) -> None:
    assert number_fault(text) is fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("林小满", None),
        ("买买提·艾力", None),
        ("𬱖䶮〇𫖯", None),
        ("\U000323af", None),
        ("=1+1", None),
        ("王小明2", None),
        ("Anna-Maria O'Neil", None),
        ("", F.NAME_MISSING),
        ("林" * 51, F.NAME_TOO_LONG),
        ("林\x00满", F.NAME_UNPRINTABLE),
        ("林小满13912345678", F.NAME_HOLDS_TELEPHONE),
        ("林小满 11010519491231002X", F.NAME_HOLDS_CITIZEN),
        ("林小满20230102", F.NAME_HOLDS_NUMBER),
    ],
)
def test_names(text: str, fault: ValueFault | None) -> None:
    assert name_fault(text) is fault


def with_check_digit(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


@given(st.dates(), st.integers(0, 999), st.sampled_from(["230102", "110105", "440301"]))
def test_no_valid_citizen_number_passes_in_either_column(
    born: object, serial: int, place: str
) -> None:
    digits = str(born).replace("-", "")
    number = with_check_digit(f"{place}{digits}{serial:03d}")

    assert number_fault(number) is F.NUMBER_IS_CITIZEN
    assert number_fault(f"G{number}") is F.NUMBER_IS_CITIZEN
    assert name_fault(f"林小满{number}") is F.NAME_HOLDS_CITIZEN


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_no_mobile_number_passes_in_either_column(number: str) -> None:
    assert number_fault(number) is F.NUMBER_IS_TELEPHONE
    assert name_fault(number) is F.NAME_HOLDS_TELEPHONE


@given(st.integers(1, 99))
def test_every_seat_number_passes(number: int) -> None:
    assert number_fault(str(number)) is None
