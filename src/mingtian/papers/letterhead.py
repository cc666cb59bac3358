"""The plain letterhead: page, grid, typefaces and placeholders of GB/T 9704 for docxtpl."""

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from mingtian.papers import measures as m

FANGSONG, HEITI, KAITI, XIAOBIAOSONG, SONGTI = (
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "方正小标宋简体",
    "宋体",
)
RED = RGBColor(0xD7, 0x00, 0x0F)
STYLES = ("Paper Body", "Paper Heading 1", "Paper Heading 2", "Paper Heading 3", "Paper Heading 4")
"""Styles of the body by level; 0 is a paragraph."""

FLAT, CELL, TABLE = "Paper Flat", "Paper Cell", "Table Grid"
_FACES = (FANGSONG, HEITI, KAITI, FANGSONG, FANGSONG)
TWIPS_PER_POINT = 20
GRID_PARTS_PER_POINT = 4096
"""Word counts what its grid adds to a character in 4096ths of a point."""

RULE_EIGHTHS = 16
"""The red rule, in eighths of a point."""


def make(*, body: str) -> DocumentType:
    """Return the letterhead with its placeholders; ``body`` is the one for the body."""
    document = Document()
    ensure_styles(document)
    section = document.sections[0]
    _page(section)
    _footers(document, section)
    _head(document)
    document.add_paragraph("{%p if addressee %}", style=FLAT)
    document.add_paragraph("{{ addressee }}：", style=FLAT)
    document.add_paragraph("{%p endif %}", style=FLAT)
    document.add_paragraph(body, style=STYLES[0])
    _tail(document)
    return document


def ensure_styles(document: DocumentType) -> None:
    """Add the styles that the body needs where the letterhead lacks them."""
    known = {style.name for style in document.styles}
    for name, face in zip(STYLES, _FACES, strict=True):
        if name not in known:
            _style(document, name, face, indent=True)
    if FLAT not in known:
        _style(document, FLAT, FANGSONG, indent=False)
    if CELL not in known:
        _style(document, CELL, FANGSONG, indent=False).font.size = Pt(m.SIZE_FOUR_PT)


def _style(document: DocumentType, name: str, face: str, *, indent: bool) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(m.SIZE_THREE_PT)
    _face(style, face)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(m.LINE_PT)
    if indent:
        form.first_line_indent = Pt(2 * m.PITCH_PT)
    return style


def _face(style: ParagraphStyle, face: str) -> None:
    """Name the typeface for Latin and for Chinese letters: Word keeps the two apart."""
    style.font.name = face
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for letters in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(letters), face)


def _page(section: Section) -> None:
    section.page_width, section.page_height = (Mm(side) for side in m.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(m.TOP_MM), Mm(m.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(m.LEFT_MM), Mm(m.RIGHT_MM)
    section.footer_distance = Mm(m.BOTTOM_MM - m.NUMBER_BELOW_MM) - Pt(m.SIZE_FOUR_PT)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(m.LINE_PT * TWIPS_PER_POINT)))
    narrower = (m.PITCH_PT - m.SIZE_THREE_PT) * GRID_PARTS_PER_POINT
    grid.set(qn("w:charSpace"), str(round(narrower)))


def _footers(document: DocumentType, section: Section) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(m.SIZE_FOUR_PT)
        for text, code in (("— ", ""), ("", "PAGE"), (" —", "")):
            _page_number(line, text, code)


def _page_number(line: Paragraph, text: str, code: str) -> None:
    run = line.add_run(text)
    run.font.size, run.font.name = Pt(m.SIZE_FOUR_PT), SONGTI
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONGTI)
    if code:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        line._p.append(field)
        field.append(run._r)


def _head(document: DocumentType) -> None:
    document.add_paragraph("{{ urgency }}", style=STYLES[1]).paragraph_format.first_line_indent = 0
    mark = document.add_paragraph(style=FLAT)
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    form = mark.paragraph_format
    form.space_before = Mm(m.MARK_BELOW_MM) - Pt(m.LINE_PT)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _run(mark, "{{ mark }}{{ form }}", XIAOBIAOSONG, 36, RED)
    number = document.add_paragraph(
        "{% if signer %}{{ number }}\t签发人：{{ signer }}{% else %}{{ number }}{% endif %}",
        style=FLAT,
    )
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.tab_stops.add_tab_stop(Mm(m.AREA_MM[0]), WD_TAB_ALIGNMENT.RIGHT)
    number.paragraph_format.space_before = Pt(2 * m.LINE_PT)
    _red_rule(number)
    title = document.add_paragraph(style=FLAT)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(2 * m.LINE_PT)
    title.paragraph_format.space_after = Pt(m.LINE_PT)
    title.paragraph_format.line_spacing = Pt(1.2 * m.LINE_PT)
    _run(title, "{{ title }}", XIAOBIAOSONG, m.SIZE_TWO_PT, None)


def _run(paragraph: Paragraph, text: str, face: str, size: float, colour: RGBColor | None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour


def _red_rule(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    facts = {
        "w:val": "single",
        "w:sz": str(RULE_EIGHTHS),
        "w:space": str(round(m.RULE_BELOW_MM * m.POINTS_PER_MM)),
        "w:color": str(RED),
    }
    for name, value in facts.items():
        below.set(qn(name), value)
    borders.append(below)
    # Word takes the parts of a paragraph's form in one order only: borders stand before these.
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *after)


def _tail(document: DocumentType) -> None:
    flat, first = FLAT, STYLES[0]
    for line in ("{%p if attachments %}", "", "附件：{{ attachments[0] }}", "{%p endif %}"):
        document.add_paragraph(line, style=first)
    document.add_paragraph("{%p for each in attachments[1:] %}", style=first)
    following = document.add_paragraph("{{ each }}", style=first)
    following.paragraph_format.first_line_indent = Pt(5 * m.PITCH_PT)
    for line in ("{%p endfor %}", "", ""):
        document.add_paragraph(line, style=first)
    document.add_paragraph("{%p for each in issuers %}", style=flat)
    _to_the_right(document.add_paragraph("{{ each }}", style=flat), 2)
    document.add_paragraph("{%p endfor %}", style=flat)
    _to_the_right(document.add_paragraph("{{ day }}", style=flat), 4)
    document.add_paragraph("{%p if copies %}", style=CELL)
    document.add_paragraph("抄送：{{ copies }}。", style=CELL)
    document.add_paragraph("{%p endif %}", style=CELL)
    document.add_paragraph("{%p if printed_by %}", style=CELL)
    printed = document.add_paragraph("{{ printed_by }}\t{{ day }}印发", style=CELL)
    printed.paragraph_format.tab_stops.add_tab_stop(Mm(m.AREA_MM[0]), WD_TAB_ALIGNMENT.RIGHT)
    document.add_paragraph("{%p endif %}", style=CELL)


def _to_the_right(paragraph: Paragraph, characters: int) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = Pt(characters * m.PITCH_PT)
