"""The imprint at the foot of the last page: copies and printing between rules; of a letter the copies."""

from docx.document import Document as DocumentType
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from mingtian.papers import measures as m
from mingtian.papers.paper import Shape

LINES = (("copies", "抄送：{{ copies }}。"), ("printed_by", "{{ printed_by }}\t{{ day }}印发"))
ALMOST_NOTHING = Pt(1)
"""The height of a paragraph that Word must have behind a table and nobody should see."""

WIDTH = Mm(m.AREA_MM[0]) - Pt(0.5)
"""As wide as the type area, or some programs would not set it at the foot."""


def put(document: DocumentType, shape: Shape, *, style: str, last: str) -> None:
    """Add the imprint with its placeholders; ``last`` is the style of what stands behind it."""
    lines = LINES[:1] if shape is Shape.LETTER else LINES
    asked = " or ".join(tag for tag, _words in lines)
    document.add_paragraph(f"{{%p if {asked} %}}", style=last)
    table = document.add_table(rows=0, cols=1)
    table.autofit = False
    table.columns[0].width = WIDTH
    _at_the_foot(table)
    if shape is not Shape.LETTER:
        _rules(table)
    for tag, words in lines:
        for text in (f"{{%tr if {tag} %}}", words, "{%tr endif %}"):
            cell = table.add_row().cells[0]
            cell.width = WIDTH
            line = cell.paragraphs[0]
            line.style = document.styles[style]
            line.add_run(text)
            _one_character_in(line)
    behind = document.add_paragraph(style=last)
    behind.paragraph_format.line_spacing = ALMOST_NOTHING
    document.add_paragraph("{%p endif %}", style=last)


def _one_character_in(line: Paragraph) -> None:
    """Keep the line from both sides; a second line stands below the first word behind the colon."""
    form = line.paragraph_format
    form.left_indent, form.right_indent = Pt(4 * m.SIZE_FOUR_PT), Pt(m.SIZE_FOUR_PT)
    form.first_line_indent = Pt(-3 * m.SIZE_FOUR_PT)
    form.space_before = form.space_after = Pt(1)
    form.keep_with_next = True
    end = WIDTH - Pt(m.SIZE_FOUR_PT)
    form.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)


def _at_the_foot(table: Table) -> None:
    form = table._tbl.tblPr
    place = {
        "horzAnchor": "margin",
        "vertAnchor": "margin",
        "tblpXSpec": "left",
        "tblpYSpec": "bottom",
    }
    form.insert_element_before(_element("tblpPr", place), "w:tblW", "w:jc")
    edges = _element("tblCellMar", {})
    for side in ("left", "right"):
        edges.append(_element(side, {"w": "0", "type": "dxa"}))
    form.insert_element_before(edges, "w:tblLook")


def _rules(table: Table) -> None:
    borders = _element("tblBorders", {})
    for side, thick in (
        ("top", m.THICK_RULE_MM),
        ("bottom", m.THICK_RULE_MM),
        ("insideH", m.THIN_RULE_MM),
    ):
        eighths = str(round(thick * m.POINTS_PER_MM * 8))
        rule = {"val": "single", "sz": eighths, "space": "0", "color": "auto"}
        borders.append(_element(side, rule))
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _element(name: str, facts: dict[str, str]) -> BaseOxmlElement:
    made = OxmlElement(f"w:{name}")
    for key, value in facts.items():
        made.set(qn(f"w:{key}"), value)
    return made
