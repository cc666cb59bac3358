"""What stands on a paper: numbers, headings, and what is refused (domain.md 11.1)."""

from datetime import date

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.papers.paper import (
    Grid,
    Heading,
    Paragraph,
    broken,
    check,
    chinese_number,
    column_shares,
    day_in_words,
    document_number,
    numbered,
    of_numbers,
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


def test_a_long_title_breaks_before_what_it_adds_in_brackets() -> None:
    long = "关于11月21日大讲堂第7讲情况的通报（待确认的数据，第2次）"

    assert broken(long) == "关于11月21日大讲堂第7讲情况的通报\n（待确认的数据，第2次）"
    assert broken("关于收看情况的通报（待确认）") == "关于收看情况的通报（待确认）"
    assert broken("甲" * 30) == "甲" * 30
    assert broken("甲" * 25 + "\n（乙）") == "甲" * 25 + "\n（乙）"


def test_a_long_title_breaks_behind_a_name_where_both_lines_fit() -> None:
    long = "关于开展2023年“关爱明天、普法先行”青少年法治教育大讲堂第三日收看情况的通报"

    assert broken(long) == long.replace("”", "”\n")
    assert broken("“" + "甲" * 30 + "”乙") == "“" + "甲" * 30 + "”乙"


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["9,000", "12人", "95.3%", "—", "*", "> ¥1,000", "超过5人次"], True),
        (["¥300.00", "3"], True),
        (["2023-09-20"], False),
        (["2023-0007", "2023-0008"], False),
        (["大米2袋、棉衣1件"], False),
        (["安平县", "3"], False),
    ],
)
def test_columns_of_numbers_are_known_by_their_cells(cells: list[str], right: bool) -> None:
    assert of_numbers(Grid(rows=[["单位"], *([cell] for cell in cells)])) == [right]


def test_columns_share_the_width_by_what_stands_in_them() -> None:
    short = Grid(rows=[["序号", "物品"], ["1", "大米2袋、棉衣1件"]])
    long = Grid(rows=[["单位", "到课", "说明"], ["安平县", "9,000", "字" * 90]])

    narrow, wide = column_shares(short, 31.0)
    unit, came, words = column_shares(long, 20.0)

    assert narrow + wide == pytest.approx(1)
    assert wide > 2 * narrow
    assert unit * 20 >= 4
    assert came * 20 >= 3.5
    assert words > unit
