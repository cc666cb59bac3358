"""The plain letterheads: page, grid, typefaces and placeholders of GB/T 9704 for docxtpl."""

from math import floor

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from mingtian.papers import imprint
from mingtian.papers import measures as m
from mingtian.papers.paper import Shape, em_width

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

FLAT, CELL, TABLE, MARK = "Paper Flat", "Paper Cell", "Table Grid", "Paper Mark"
_FACES = (FANGSONG, HEITI, KAITI, FANGSONG, FANGSONG)
TWIPS_PER_POINT = 20
GRID_PARTS_PER_POINT = 4096
"""Word counts what its grid adds to a character in 4096ths of a point."""

RULE_EIGHTHS, DOUBLE_EIGHTHS = 16, 18
"""The red rule, and the thick one of a letter's two, in eighths of a point."""

THICK_ABOVE, THIN_ABOVE = "thickThinSmallGap", "thinThickSmallGap"
"""Word's double rules, said from above."""

_AFTER_SWITCHES = ("w:spacing", "w:ind", "w:jc", "w:rPr", "w:color", "w:sz", "w:szCs")
"""Word takes the parts of a form in one order only: what is switched on or off stands before these."""

MARK_WIDTH_PT = 0.98 * m.AREA_MM[0] * m.POINTS_PER_MM
"""Programs do not agree to the point what fills a line."""

MARK_LINE = 1.1
"""The line of the issuer's mark, as a multiple of its size."""

NUMBER_DISTANCE = Mm(m.BOTTOM_MM - m.NUMBER_BELOW_MM) - Pt(m.SIZE_FOUR_PT)
"""From the page's edge up to the page number."""

CELL_LINE_PT, CELL_GAP_PT = 20.0, 2.0


def make(shape: Shape, *, body: str) -> DocumentType:
    """Return the letterhead of a shape with its placeholders; ``body`` is the one for the body."""
    document = Document()
    _plain_words(document)
    ensure_styles(document)
    section = document.sections[0]
    _page(section)
    _footers(document, section)
    _style(document, MARK, XIAOBIAOSONG)
    if shape is Shape.LETTER:
        _letter_frame(section)
        _letter_number(document)
    else:
        _head(document)
    _title(document)
    document.add_paragraph("{%p if addressee %}", style=FLAT)
    document.add_paragraph("{{ addressee }}：", style=FLAT)
    document.add_paragraph("{%p endif %}", style=FLAT)
    document.add_paragraph(body, style=STYLES[0])
    _tail(document, shape)
    return document


def ensure_styles(document: DocumentType) -> None:
    """Add the styles that the body needs where the letterhead lacks them."""
    known = {style.name for style in document.styles}
    for level, (name, face) in enumerate(zip(STYLES, _FACES, strict=True)):
        if name not in known:
            style = _style(document, name, face)
            _pitch(style)
            form = style.paragraph_format
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            form.first_line_indent = Pt(2 * m.PITCH_PT)
            # A heading stays with its text.
            form.keep_with_next = level > 0
    if FLAT not in known:
        _pitch(_style(document, FLAT, FANGSONG))
    if CELL not in known:
        cell = _style(document, CELL, FANGSONG)
        cell.font.size = Pt(m.SIZE_FOUR_PT)
        cell.paragraph_format.line_spacing = Pt(CELL_LINE_PT)
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(CELL_GAP_PT)


def fit_mark(document: DocumentType, mark: str) -> None:
    """Set the place of a long mark smaller, never in two lines. An own letterhead without the style stays."""
    wide = em_width(mark) * m.MARK_PT
    part = min(1.0, MARK_WIDTH_PT / wide) if wide else 1.0
    # Word keeps half points.
    size = int(2 * part * m.MARK_PT) / 2
    for paragraph in [*document.paragraphs, *document.sections[0].first_page_header.paragraphs]:
        if paragraph.style is not None and paragraph.style.name == MARK:
            paragraph.paragraph_format.line_spacing = Pt(MARK_LINE * size)
            for run in paragraph.runs:
                run.font.size = Pt(size)


def _plain_words(document: DocumentType) -> None:
    """Let words be Chinese and of size three: the grid counts its characters from there."""
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size = Pt(m.SIZE_THREE_PT)
    _face(normal, FANGSONG)
    for language in document.styles.element.iter(qn("w:lang")):
        # Digits and Latin letters are not Chinese: else 867 may be broken after its 8.
        language.set(qn("w:eastAsia"), "zh-CN")


def _style(document: DocumentType, name: str, face: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(m.SIZE_THREE_PT)
    _face(style, face)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(m.LINE_PT)
    # Programs would set digits apart from the Chinese beside them, and 9月20日 would fall to pieces.
    for apart in ("w:autoSpaceDE", "w:autoSpaceDN"):
        _switch_off(style.element.get_or_add_pPr(), apart)
    _off_grid(style)
    return style


def _off_grid(style: ParagraphStyle) -> None:
    """Take a style off the page's grid.

    Some programs give a character two places of a grid that is narrower than it is. Lines have
    their height and characters their pitch from the style, so that all of them set 28 by 22.
    """
    _switch_off(style.element.get_or_add_pPr(), "w:snapToGrid")
    _switch_off(style.element.get_or_add_rPr(), "w:snapToGrid")


def _pitch(style: ParagraphStyle) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(floor((m.PITCH_PT - m.SIZE_THREE_PT) * TWIPS_PER_POINT)))
    style.element.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs")


def _switch_off(form: BaseOxmlElement, name: str) -> None:
    off = OxmlElement(name)
    off.set(qn("w:val"), "0")
    form.insert_element_before(off, *_AFTER_SWITCHES)


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
    section.footer_distance = NUMBER_DISTANCE
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
    mark = document.add_paragraph(style=MARK)
    _mark(mark)
    mark.paragraph_format.space_before = Mm(m.MARK_BELOW_MM) - Pt(m.LINE_PT)
    _number(document)


def _mark(line: Paragraph) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.line_spacing = Pt(MARK_LINE * m.MARK_PT)
    _run(line, "{{ mark }}{{ form }}", XIAOBIAOSONG, m.MARK_PT, RED)


def _letter_frame(section: Section) -> None:
    """Put the mark above the text of page one, and a red double rule above and below that text.

    A head that is higher than the margin moves the text down, in every program.
    """
    section.different_first_page_header_footer = True
    section.header_distance = Mm(m.LETTER_MARK_MM)
    # What stands in feet ends where the lower rule does; page numbers keep their place above it.
    numbers_above = NUMBER_DISTANCE - Mm(m.LETTER_FOOT_MM)
    section.footer_distance = Mm(m.LETTER_FOOT_MM)
    for footer in (section.footer, section.even_page_footer):
        footer.paragraphs[0].paragraph_format.space_after = numbers_above
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    mark = head.paragraphs[0]
    mark.style = MARK
    _mark(mark)
    _double_rule(head.add_paragraph(style=FLAT), THICK_ABOVE, Mm(m.RULE_BELOW_MM))
    lower = foot.paragraphs[0]
    lower.style = FLAT
    _double_rule(lower, THIN_ABOVE, imprint.ALMOST_NOTHING)


def _double_rule(line: Paragraph, kind: str, above: Length) -> None:
    """Draw a letter's rule below a line of so much height, in the middle of the page."""
    line.paragraph_format.line_spacing = above
    beside = (m.PAGE_MM[0] - m.LETTER_RULE_MM) / 2
    line.paragraph_format.left_indent = Mm(beside - m.LEFT_MM)
    line.paragraph_format.right_indent = Mm(beside - m.RIGHT_MM)
    _red_rule(line, kind, DOUBLE_EIGHTHS)


def _letter_number(document: DocumentType) -> None:
    document.add_paragraph("{%p if urgency or number %}", style=FLAT)
    line = document.add_paragraph(style=FLAT)
    _run(line, "{{ urgency }}", HEITI, m.SIZE_THREE_PT, None)
    line.add_run("\t{{ number }}")
    line.paragraph_format.tab_stops.add_tab_stop(Mm(m.AREA_MM[0]), WD_TAB_ALIGNMENT.RIGHT)
    document.add_paragraph("{%p endif %}", style=FLAT)


def _title(document: DocumentType) -> None:
    title = document.add_paragraph(style=FLAT)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(2 * m.LINE_PT)
    title.paragraph_format.space_after = Pt(m.LINE_PT)
    title.paragraph_format.line_spacing = Pt(1.2 * m.LINE_PT)
    _run(title, "{{ title }}", XIAOBIAOSONG, m.SIZE_TWO_PT, None)


def _number(document: DocumentType) -> None:
    """Add the number: in the middle, or to the left where somebody signs to the right."""
    document.add_paragraph("{%p if signer %}", style=FLAT)
    upward = document.add_paragraph("{{ number }}\t签发人：", style=FLAT)
    _run(upward, "{{ signer }}", KAITI, m.SIZE_THREE_PT, None)
    upward.paragraph_format.left_indent = Pt(m.PITCH_PT)
    end = Mm(m.AREA_MM[0]) - Pt(m.PITCH_PT)
    upward.paragraph_format.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)
    document.add_paragraph("{%p elif number %}", style=FLAT)
    plain = document.add_paragraph("{{ number }}", style=FLAT)
    plain.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A paper without a number has its rule nearer to the mark.
    document.add_paragraph("{%p else %}", style=FLAT)
    document.add_paragraph(style=FLAT)
    document.add_paragraph("{%p endif %}", style=FLAT)
    for line in (upward, plain):
        line.paragraph_format.space_before = Pt(2 * m.LINE_PT)
    # The rule is a line of its own: it is as wide as the type area, whatever the number's indents.
    rule = document.add_paragraph(style=FLAT)
    rule.paragraph_format.line_spacing = Mm(m.RULE_BELOW_MM)
    _red_rule(rule)


def _run(paragraph: Paragraph, text: str, face: str, size: float, colour: RGBColor | None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour


def _red_rule(paragraph: Paragraph, kind: str = "single", eighths: int = RULE_EIGHTHS) -> None:
    borders = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    facts = {
        "w:val": kind,
        "w:sz": str(eighths),
        "w:space": "0",
        "w:color": str(RED),
    }
    for name, value in facts.items():
        below.set(qn(name), value)
    borders.append(below)
    # Word takes the parts of a paragraph's form in one order only: borders stand before these.
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *after)


def _tail(document: DocumentType, shape: Shape) -> None:
    _attachments(document)
    signature = [document.add_paragraph(style=FLAT) for _line in range(2)]
    for tag, characters in (
        ("{%p for each in issuers %}", 0),
        ("{{ each }}", 2),
        ("{%p endfor %}", 0),
        ("{{ day }}", 4),
    ):
        line = document.add_paragraph(tag, style=FLAT)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(characters * m.PITCH_PT)
        signature.append(line)
    for line in signature[:-1]:
        line.paragraph_format.keep_with_next = True
    imprint.put(document, shape, style=CELL, last=FLAT)


def _attachments(document: DocumentType) -> None:
    """Add the note of what is attached; a long name goes on below its own first character."""
    document.add_paragraph("{%p if attachments %}", style=FLAT)
    document.add_paragraph(style=FLAT).paragraph_format.keep_with_next = True
    first = document.add_paragraph("附件：{{ attachments[0] }}", style=FLAT)
    document.add_paragraph("{%p endif %}", style=FLAT)
    document.add_paragraph("{%p for each in attachments[1:] %}", style=FLAT)
    following = document.add_paragraph("{{ each }}", style=FLAT)
    document.add_paragraph("{%p endfor %}", style=FLAT)
    for line, before in ((first, 3), (following, 0)):
        form = line.paragraph_format
        form.left_indent, form.first_line_indent = Pt(5 * m.PITCH_PT), Pt(-before * m.PITCH_PT)
        form.keep_with_next = True
