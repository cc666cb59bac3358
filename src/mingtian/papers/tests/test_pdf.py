"""The paper as PDF, measured: margins, 28 by 22, page numbers (GB/T 9704, domain.md 11.1, 14)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from mingtian.core.errors import RuleBroken
from mingtian.papers import measures as m
from mingtian.papers.paper import Grid, Heading, Paper, Paragraph, Urgency
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.tests.samples import LONG, letter, sample

Box = tuple[str, float, float]
"""A character with its left edge and its lower edge, in points from the page's lower left."""

ONE_MM = m.POINTS_PER_MM


@contextmanager
def opened(paper: Paper) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(draw_pdf(paper))
    try:
        yield document
    finally:
        document.close()


def characters(document: pypdfium2.PdfDocument, page: int) -> list[Box]:
    text = document[page].get_textpage()
    boxes = []
    for index in range(text.count_chars()):
        left, bottom, _right, _top = text.get_charbox(index, loose=True)
        boxes.append((text.get_text_range(index, 1), left, bottom))
    return [box for box in boxes if box[0].strip()]


def words(document: pypdfium2.PdfDocument) -> str:
    pages = (document[each].get_textpage().get_text_range() for each in range(len(document)))
    return "".join("".join(pages).split())


def test_a_full_page_holds_22_lines_of_28_characters_in_the_type_area() -> None:
    with opened(sample(body=[Paragraph(text=LONG)])) as document:
        body = [box for box in characters(document, 1) if box[0] == "大"]
        size = document[1].get_size()

    lines = Counter(round(bottom) for _sign, _left, bottom in body)
    lefts = sorted({round(left, 1) for _sign, left, _bottom in body})
    assert [round(side / ONE_MM) for side in size] == list(m.PAGE_MM)
    assert len(lines) == m.LINES
    assert set(lines.values()) == {m.CHARACTERS}
    assert lefts[0] == pytest.approx(m.LEFT_MM * ONE_MM, abs=ONE_MM)
    assert lefts[-1] + m.PITCH_PT == pytest.approx((210 - m.RIGHT_MM) * ONE_MM, abs=ONE_MM)


def test_page_numbers_stand_outside_right_on_odd_pages_and_left_on_even() -> None:
    with opened(sample(body=[Paragraph(text=LONG)])) as document:
        dashes = [
            [left for sign, left, bottom in characters(document, page) if bottom < 30 * ONE_MM]
            for page in (0, 1)
        ]

    odd, even = (min(found) for found in dashes)
    assert odd > 105 * ONE_MM
    assert even == pytest.approx(m.LEFT_MM * ONE_MM + m.SIZE_FOUR_PT, abs=2)


def test_everything_that_a_paper_may_hold_is_on_it() -> None:
    paper = sample(signer="林望舒", urgency=Urgency.URGENT)

    with opened(paper) as document:
        text = words(document)

    for word in (
        "加急", "岚山市关心下一代工作委员会文件", "岚关工委〔2023〕20号", "签发人：林望舒",
        "关于第三日收看情况的通报", "各县关工委：", "一、总体情况", "（一）分县情况", "二、存在问题",
        "安平县9,000", "附件：1.分县到课情况", "2.说明", "岚山市教育局", "2023年9月20日",
        "抄送：省关工委办公室。", "2023年9月20日印发",
    ):  # fmt: skip
        assert word in text


def test_the_mark_stands_35_mm_below_the_type_area_and_in_one_line() -> None:
    with opened(sample()) as document:
        text = document[0].get_textpage()
        tops = [
            text.get_charbox(index)[3]
            for index in range(text.count_chars())
            if text.get_text_range(index, 1) == "岚"
        ]

    expected = (297 - m.TOP_MM - m.MARK_BELOW_MM) * ONE_MM
    assert max(tops) == pytest.approx(expected, abs=2 * ONE_MM)


def rules(document: pypdfium2.PdfDocument, page: int) -> list[tuple[float, ...]]:
    """Return what is drawn as wide as a letter's rules, from below: left, bottom, right, top in mm."""
    drawn = [each for each in document[page].get_objects() if each.type == FPDF_PAGEOBJ_PATH]
    places = sorted(
        (tuple(side / ONE_MM for side in each.get_bounds()) for each in drawn),
        key=lambda place: place[1],
    )
    return [each for each in places if each[2] - each[0] > m.AREA_MM[0] + 1]


def test_a_letter_has_its_mark_high_its_number_right_and_double_rules() -> None:
    paper = letter(urgency=Urgency.URGENT, body=[Paragraph(text=LONG)])
    with opened(paper) as document:
        first, second = characters(document, 0), characters(document, 1)
        drawn = rules(document, 0)
        later = rules(document, 1)
        text = document[0].get_textpage()
        mark = max(text.get_charbox(place)[3] for place in range(13)) / ONE_MM

    assert mark == pytest.approx(297 - m.LETTER_MARK_MM, abs=1.5)
    edges = [(m.PAGE_MM[0] - m.LETTER_RULE_MM) / 2, (m.PAGE_MM[0] + m.LETTER_RULE_MM) / 2]
    assert [each[side] for each in drawn for side in (0, 2)] == pytest.approx(edges * 4, abs=0.5)
    weights = [each[3] - each[1] for each in drawn]
    thick, thin = m.LETTER_THICK_MM, m.LETTER_THIN_MM
    assert weights == pytest.approx([thick, thin, thin, thick], abs=0.1), "thick outside"
    assert drawn[0][1] == pytest.approx(m.LETTER_FOOT_MM, abs=0.5)
    assert later == []
    number = [(left, bottom) for sign, left, bottom in first if sign == "〔"]
    assert number[0][0] > 105 * ONE_MM
    urgent = [bottom for sign, _left, bottom in first if sign == "急"]
    assert urgent == pytest.approx([number[0][1]], abs=2)
    foot = 30 * ONE_MM
    assert [sign for sign, _left, bottom in first if bottom < foot] == []
    assert [sign for sign, _left, bottom in second if bottom < foot] == ["—", "2", "—"]


def test_a_letter_bears_copies_and_nobody_who_printed_it() -> None:
    with opened(letter()) as document:
        text = words(document)

    assert "抄送：省关工委办公室。" in text
    assert "印发" not in text
    assert "文件" not in text


def test_a_letter_without_number_and_urgency_has_its_title_nearer_to_the_rule() -> None:
    def title(paper: Paper) -> float:
        with opened(paper) as document:
            return next(bottom for sign, _left, bottom in characters(document, 0) if sign == "龘")

    assert title(letter(title="龘", number="")) > title(letter(title="龘"))


def test_a_title_of_one_line_stands_in_the_middle() -> None:
    with opened(sample(title="龘龘")) as document:
        title = [left for sign, left, _bottom in characters(document, 0) if sign == "龘"]

    middle = (m.LEFT_MM + m.AREA_MM[0] / 2) * ONE_MM
    assert title == pytest.approx([middle - m.SIZE_TWO_PT, middle], abs=1)


def test_a_long_attachment_goes_on_below_its_own_name() -> None:
    paper = sample(attachments=["说明", "龘" * 40])
    with opened(paper) as document:
        lefts = [
            left
            for page in range(len(document))
            for sign, left, _bottom in characters(document, page)
            if sign == "龘"
        ]

    assert lefts.count(min(lefts)) == 2


def test_words_are_never_markup() -> None:
    hostile = "*粗* #panic() $x$ <script> {{ 7*7 }} \\"

    with opened(sample(title=hostile, body=[Paragraph(text=hostile)])) as document:
        assert words(document).count("".join(hostile.split())) == 2


def test_a_character_that_no_typeface_has_is_refused_by_name() -> None:
    with pytest.raises(RuleBroken, match="paper_undrawable") as refused:
        draw_pdf(sample(body=[Paragraph(text="林\U0003134f")]))
    assert refused.value.facts == {"characters": "\U0003134f"}


@pytest.mark.parametrize("lines", range(1, 24))
def test_the_signature_never_stands_on_a_page_without_words_of_the_text(lines: int) -> None:
    body = [*[Paragraph(text="字")] * lines, Paragraph(text="丙" * 28 * 3)]

    plain = sample(body=body, attachments=[], copies_to=[], printed_by="")
    with opened(plain) as document:
        last = {sign for sign, _left, _bottom in characters(document, len(document) - 1)}

    assert {"丙", "日"} <= last


@pytest.mark.parametrize("rows", range(2, 20))
def test_the_signature_never_stands_on_a_page_without_a_row_of_the_table(rows: int) -> None:
    body = [Grid(rows=[["龘位", "龘课"], *([["丙", "9"]] * rows)])]

    plain = sample(body=body, attachments=[], copies_to=[], printed_by="")
    with opened(plain) as document:
        pages = [
            [sign for sign, _left, _bottom in characters(document, number)]
            for number in range(len(document))
        ]

    assert {"丙", "日"} <= set(pages[-1])
    assert all(signs.count("龘") == 2 for signs in pages if "丙" in signs), "each has its head"
    assert sum(signs.count("丙") for signs in pages) == rows


@pytest.mark.parametrize("lines", range(1, 20))
def test_a_heading_is_never_the_last_line_of_a_page(lines: int) -> None:
    body = [
        *[Paragraph(text="字")] * lines,
        Heading(level=1, text="帽"),
        *[Paragraph(text="丙")] * 20,
    ]

    with opened(sample(body=body)) as document:
        pages = [
            {sign for sign, _left, _bottom in characters(document, number)}
            for number in range(len(document))
        ]

    assert all("丙" in signs for signs in pages if "帽" in signs)
