"""The paper as a Word file: page, grid, typefaces, and words that stay words."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from mingtian.papers import measures as m
from mingtian.papers.letterhead import STYLES
from mingtian.papers.paper import Paragraph
from mingtian.papers.tests.samples import sample
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
        "附件：1.分县到课情况", "2.说明", "岚山市教育局", "2023年9月20日", "抄送：省关工委办公室。",
    ]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["安平县", "9,000"]


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


def test_minutes_end_their_mark_with_their_own_word() -> None:
    made = open_docx(draw_docx(sample(mark="岚山市", form="会议纪要")))

    assert "岚山市会议纪要" in [each.text for each in made.paragraphs]
