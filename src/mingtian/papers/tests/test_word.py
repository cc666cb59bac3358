"""The paper as a Word file: page, grid, typefaces, and words that stay words."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from mingtian.papers import measures as m
from mingtian.papers.letterhead import CELL, MARK, STYLES
from mingtian.papers.paper import Grid, Paragraph, Shape, Urgency
from mingtian.papers.tests.samples import letter, sample
from mingtian.papers.word import draw_docx, open_docx, own_letterhead

HALF_MM = Mm(0.5)


@pytest.fixture(autouse=True)
def var(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_page_and_grid_are_those_of_the_norm() -> None:
    section = open_docx(draw_docx(sample())).sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))

    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    wanted = (m.TOP_MM, m.LEFT_MM, m.RIGHT_MM, m.BOTTOM_MM)
    for side, millimetres in zip(sides, wanted, strict=True):
        assert side is not None
        assert abs(side - Mm(millimetres)) < HALF_MM
    assert grid is not None
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (grid.get(qn("w:linePitch")), grid.get(qn("w:charSpace"))) == ("580", "-848")


def test_the_body_is_fangsong_for_chinese_letters_too() -> None:
    style = open_docx(draw_docx(sample())).styles[STYLES[0]]
    fonts = style.element.rPr.rFonts

    assert {fonts.get(qn(kind)) for kind in ("w:ascii", "w:eastAsia")} == {"仿宋_GB2312"}
    assert style.font.size.pt == m.SIZE_THREE_PT


def test_page_numbers_stand_outside() -> None:
    document = open_docx(draw_docx(sample()))
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert section.even_page_footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT


def test_all_parts_come_in_their_order() -> None:
    document = open_docx(draw_docx(sample(signer="林望舒")))
    text = "\n".join(each.text for each in document.paragraphs)

    parts = [
        "岚山市关心下一代工作委员会文件", "岚关工委〔2023〕20号\t签发人：林望舒",
        "关于第三日收看情况的通报", "各县关工委：", "一、总体情况", "（一）分县情况", "二、存在问题",
        "附件：1.分县到课情况", "2.说明", "岚山市教育局", "2023年9月20日",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    body, imprint = document.tables
    assert [cell.text for cell in body.rows[1].cells] == ["安平县", "9,000"]
    assert [row.cells[0].text for row in imprint.rows] == [
        "抄送：省关工委办公室。",
        "岚山市关工委办公室\t2023年9月20日印发",
    ]


def test_words_are_never_a_template() -> None:
    hostile = "{{ 7*7 }} {% raw %} <w:br/> & 𠮷"

    document = open_docx(draw_docx(sample(title=hostile, body=[Paragraph(text=hostile)])))

    texts = [each.text for each in document.paragraphs]
    assert texts.count(hostile) == 2


def test_an_own_letterhead_is_used_and_its_pattern_never_overwritten() -> None:
    told = StringIO()
    call_command("write_letterhead", stdout=told)
    pattern = open_docx(own_letterhead().read_bytes())
    pattern.paragraphs[0].insert_paragraph_before("（岚山市专用）")
    pattern.save(str(own_letterhead()))

    document = open_docx(draw_docx(sample()))

    assert told.getvalue().strip() == str(own_letterhead())
    assert document.paragraphs[0].text == "（岚山市专用）"
    with pytest.raises(CommandError, match="already"):
        call_command("write_letterhead")


def test_a_letter_has_a_letterhead_of_its_own_and_a_pattern() -> None:
    call_command("write_letterhead", stdout=StringIO())
    call_command("write_letterhead", "--letter", stdout=StringIO())
    pattern = open_docx(own_letterhead(Shape.LETTER).read_bytes())
    pattern.paragraphs[0].insert_paragraph_before("（岚山市专用）")
    pattern.save(str(own_letterhead(Shape.LETTER)))

    assert open_docx(draw_docx(letter())).paragraphs[0].text == "（岚山市专用）"
    assert open_docx(draw_docx(sample())).paragraphs[0].text != "（岚山市专用）"


def test_a_letter_has_its_mark_above_the_text_of_page_one_between_double_rules() -> None:
    made = open_docx(draw_docx(letter(mark="关" * 40)))
    section = made.sections[0]
    head, foot = (
        list(part._element.iter(qn("w:p")))
        for part in (section.first_page_header, section.first_page_footer)
    )

    def rule(line: BaseOxmlElement) -> str:
        return str(line.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}").get(qn("w:val")))

    assert section.different_first_page_header_footer
    assert section.header_distance is not None
    assert abs(section.header_distance - Mm(m.LETTER_MARK_MM)) < HALF_MM
    assert "".join(each.text or "" for each in head[0].iter(qn("w:t"))) == "关" * 40
    size = int(next(head[0].iter(qn("w:sz"))).get(qn("w:val"))) / 2
    assert size * 40 <= m.AREA_MM[0] * m.POINTS_PER_MM
    assert (rule(head[1]), rule(foot[0])) == ("thickThinSmallGap", "thinThickSmallGap")
    assert list(foot[0].iter(qn("w:fldSimple"))) == [], "page one bears no number"
    assert section.footer_distance is not None
    assert abs(section.footer_distance - Mm(m.LETTER_FOOT_MM)) < HALF_MM


def test_a_letter_bears_urgency_and_number_in_one_line_and_copies_alone() -> None:
    made = open_docx(draw_docx(letter(urgency=Urgency.URGENT)))
    bare = open_docx(draw_docx(letter(number="", copies_to=[])))

    assert made.paragraphs[0].text == "加急\t岚关工委〔2023〕20号"
    imprint = made.tables[-1]
    assert [row.cells[0].text for row in imprint.rows] == ["抄送：省关工委办公室。"]
    assert imprint._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert bare.paragraphs[0].text == "关于第三日收看情况的通报"
    assert len(bare.tables) == 1, "the body's"


def test_minutes_end_their_mark_with_their_own_word() -> None:
    made = open_docx(draw_docx(sample(mark="岚山市", form="会议纪要")))

    assert "岚山市会议纪要" in [each.text for each in made.paragraphs]


def test_tables_are_set_as_the_body_is_and_hold_over_pages() -> None:
    rows = [["单位", "到课"], *(["安平县", "9,000"] for _row in range(40))]
    document = open_docx(draw_docx(sample(body=[Grid(rows=rows), Grid(rows=rows)])))

    first, second = document.tables[:2]
    head, row = first.rows[:2]
    assert head._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
    assert row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
    name, number = (cell.paragraphs[0] for cell in row.cells)
    assert (name.style, number.style) == (document.styles[CELL], document.styles[CELL])
    assert (name.alignment, number.alignment) == (
        WD_ALIGN_PARAGRAPH.LEFT,
        WD_ALIGN_PARAGRAPH.RIGHT,
    )
    assert [bool(each.cells[0].paragraphs[0].paragraph_format.keep_with_next)
            for each in first.rows] == [True, *[False] * 38, True, True]  # fmt: skip
    assert first._tbl.getnext() is not second._tbl, "Word would make one of two that touch"


def test_all_programs_set_28_characters_a_line() -> None:
    document = open_docx(draw_docx(sample()))
    style = document.styles[STYLES[0]]
    spacing = style.element.rPr.find(qn("w:spacing"))
    pitch = m.SIZE_THREE_PT + int(spacing.get(qn("w:val"))) / 20

    assert m.AREA_MM[0] * m.POINTS_PER_MM - pitch < m.CHARACTERS * pitch
    assert m.CHARACTERS * pitch <= m.AREA_MM[0] * m.POINTS_PER_MM
    assert style.element.pPr.find(qn("w:snapToGrid")).get(qn("w:val")) == "0"
    assert style.paragraph_format.line_spacing.pt == pytest.approx(m.LINE_PT, abs=0.05)
    assert document.styles["Normal"].font.size.pt == m.SIZE_THREE_PT


@pytest.mark.parametrize("mark", ["岚山市", "岚山市关心下一代工作委员会", "关" * 40])
def test_the_mark_stands_in_one_line(mark: str) -> None:
    document = open_docx(draw_docx(sample(mark=mark)))

    style = document.styles[MARK]
    line = next(each for each in document.paragraphs if each.style == style)
    length = line.runs[0].font.size
    assert length is not None
    size = length.pt
    assert size <= m.MARK_PT
    assert size * len(line.text) <= 0.98 * m.AREA_MM[0] * m.POINTS_PER_MM


def test_the_number_stands_in_the_middle_and_to_the_left_of_a_signer() -> None:
    def number(signer: str) -> WordParagraph:
        made = open_docx(draw_docx(sample(signer=signer))).paragraphs
        return next(each for each in made if each.text.startswith("岚关工委〔2023〕20号"))

    assert number("").alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert number("林望舒").alignment is None
    assert number("林望舒").runs[-1].font.name == "楷体_GB2312"


def test_a_paper_without_a_number_has_one_line_between_its_mark_and_the_rule() -> None:
    lines = open_docx(draw_docx(sample(number="", urgency=Urgency.ORDINARY))).paragraphs

    mark = next(place for place, line in enumerate(lines) if "委员会文件" in line.text)
    rule = next(
        place
        for place, line in enumerate(lines)
        if line._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None
    )
    assert rule == mark + 2
    assert lines[mark + 1].text == ""
    assert not lines[mark + 1].paragraph_format.space_before


def test_the_signature_is_kept_with_the_end_of_the_text() -> None:
    document = open_docx(draw_docx(sample(body=[Paragraph(text="字")], attachments=["说明"])))

    lines = document.paragraphs
    first = next(place for place, line in enumerate(lines) if line.text == "字")
    last = next(place for place, line in enumerate(lines) if line.text == "2023年9月20日")
    assert all(line.paragraph_format.keep_with_next for line in lines[first:last])
    assert not lines[last].paragraph_format.keep_with_next


def test_the_imprint_stands_at_the_foot_between_its_rules() -> None:
    imprint = open_docx(draw_docx(sample(copies_to=[]))).tables[-1]

    place = imprint._tbl.tblPr.find(qn("w:tblpPr"))
    rules = imprint._tbl.tblPr.find(qn("w:tblBorders"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    assert [int(rule.get(qn("w:sz"))) for rule in rules] == [8, 8, 6]
    assert [row.cells[0].text for row in imprint.rows] == ["岚山市关工委办公室\t2023年9月20日印发"]
    plain = open_docx(draw_docx(sample(copies_to=[], printed_by="", body=[Paragraph(text="字")])))
    assert plain.tables == []


def test_the_file_says_what_it_is_and_whose_in_chinese() -> None:
    document = open_docx(draw_docx(sample()))
    facts = document.core_properties

    assert facts.title == "关于第三日收看情况的通报"
    assert facts.author == "岚山市关心下一代工作委员会、岚山市教育局"
    assert (facts.comments, facts.language) == ("", "zh-CN")
    languages = {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}
    assert facts.created is not None
    assert facts.created.date() == sample().issued_on


def test_the_parts_of_a_form_stand_in_the_order_that_word_takes() -> None:
    document = open_docx(draw_docx(sample()))
    order = [
        "keepNext", "tabs", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc",
    ]  # fmt: skip

    for name in (*STYLES, CELL, MARK):
        form = document.styles[name].element.pPr
        found = [order.index(part.tag.rpartition("}")[2]) for part in form]
        assert found == sorted(found), name
