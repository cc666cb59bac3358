"""What stands on a paper: numbers, headings, and what is refused (domain.md 11.1)."""

from datetime import date

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.papers.paper import (
    Grid,
    Heading,
    Paragraph,
    check,
    chinese_number,
    day_in_words,
    document_number,
    numbered,
)
from mingtian.papers.tests.samples import sample


def test_the_number_stands_in_six_sided_brackets_without_zeros() -> None:
    assert document_number("岚关工委", 2023, 7) == "岚关工委〔2023〕7号"


def test_a_date_has_its_full_year_and_no_zeros() -> None:
    assert day_in_words(date(2023, 9, 5)) == "2023年9月5日"


def test_headings_count_by_level_and_begin_anew_below_the_next() -> None:
    body = [Heading(level=level, text="") for level in (1, 2, 2, 3, 4, 1, 2)]

    labels = [label for _block, label in numbered([Paragraph(text="先"), *body])]

    assert labels == ["", "一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）"]


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")],
)
def test_numbers_in_words(number: int, word: str) -> None:
    assert chinese_number(number) == word


@pytest.mark.parametrize("level", [0, 5])
def test_there_are_four_levels(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        numbered([Heading(level=level, text="")])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "paper_without_title"),
        ({"body": []}, "paper_without_body"),
        ({"issuers": []}, "paper_without_issuer"),
        ({"body": [Grid(rows=[["a", "b"], ["c"]])]}, "paper_table_torn"),
    ],
)
def test_a_paper_that_cannot_be_laid_out_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check(sample(**changes))
