"""A paper as a Word file: a letterhead with placeholders, filled by docxtpl, the body put in.

An operator may lay an own letterhead into ``var/papers/letterhead.docx``, and one for letters beside it
as ``letter.docx``: any Word file with the placeholders of :func:`plain_letterhead`, which ``manage.py
write_letterhead`` writes as a pattern.
The typefaces are named as the norm names them and not embedded; Word and WPS bring their own.
"""

import io
from datetime import datetime, time
from functools import cache
from pathlib import Path

from django.conf import settings
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate

from mingtian.papers import imprint, letterhead
from mingtian.papers import measures as m
from mingtian.papers.paper import (
    Grid,
    Heading,
    Paper,
    Shape,
    broken,
    check,
    column_shares,
    day_in_words,
    em_width,
    numbered,
    of_numbers,
)

LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BODY = "{{ body }}"
BODY_MARK = "\N{WORD JOINER}body\N{WORD JOINER}"
"""Stands in the filled letterhead where the body comes; nobody types it."""

_FILES = {Shape.DOCUMENT: "letterhead.docx", Shape.LETTER: "letter.docx"}


def draw_docx(paper: Paper) -> bytes:
    """Return the paper as a Word file. Raises RuleBroken as :func:`check` does."""
    check(paper)
    # Fitted in a copy of its own: the template's document does not stand being read before it is filled.
    head = open_docx(_letterhead(paper.shape))
    letterhead.fit_mark(head, paper.mark + paper.form)
    template = DocxTemplate(io.BytesIO(_saved(head)))
    # Words of people are data: with autoescape an ampersand or a brace stays what it is.
    template.render(_words(paper), autoescape=True)
    document: DocumentType = template.docx
    letterhead.ensure_styles(document)
    _name(document, paper)
    _put_body(document, paper)
    return _saved(document)


def own_letterhead(shape: Shape = Shape.DOCUMENT) -> Path:
    """Return where the operator's letterhead of a shape lies, whether or not there is one."""
    return Path(settings.VAR_DIR) / "papers" / _FILES[shape]


@cache
def plain_letterhead(shape: Shape = Shape.DOCUMENT) -> bytes:
    """Return the letterhead that is used as long as the operator has laid down no own."""
    return _saved(letterhead.make(shape, body=BODY))


def _letterhead(shape: Shape) -> bytes:
    own = own_letterhead(shape)
    return own.read_bytes() if own.is_file() else plain_letterhead(shape)


def _words(paper: Paper) -> dict[str, object]:
    attachments = [
        f"{place}.{name}" if len(paper.attachments) > 1 else name
        for place, name in enumerate(paper.attachments, 1)
    ]
    return {
        "mark": paper.mark,
        "form": paper.form,
        "number": paper.number,
        "signer": paper.signer,
        "urgency": paper.urgency.value,
        "title": broken(paper.title),
        "addressee": paper.addressee,
        "body": BODY_MARK,
        "attachments": attachments,
        "issuers": list(paper.issuers),
        "day": day_in_words(paper.issued_on),
        "copies": "，".join(paper.copies_to),
        "printed_by": paper.printed_by,
    }


def _name(document: DocumentType, paper: Paper) -> None:
    """Say in the file what it is and whose, instead of by which program it was made."""
    facts = document.core_properties
    facts.title = paper.title.replace("\n", "")
    facts.author = facts.last_modified_by = "、".join(paper.issuers)
    facts.comments = ""
    facts.created = facts.modified = datetime.combine(paper.issued_on, time())
    facts.language = "zh-CN"


def _put_body(document: DocumentType, paper: Paper) -> None:
    place = next(each for each in document.paragraphs if BODY_MARK in each.text)
    line = place
    for block, label in numbered(paper.body):
        if isinstance(block, Grid):
            line = _put_table(document, place, block)
        else:
            level = block.level if isinstance(block, Heading) else 0
            line = place.insert_paragraph_before(label + block.text, style=letterhead.STYLES[level])
    # The signature stands on a page with words of the text. Some programs put all of a paragraph
    # that is kept with the next on one page: a long one would leave half a page empty.
    line.paragraph_format.keep_with_next = em_width(line.text) <= m.CHARACTERS * m.LINES / 2
    place._p.getparent().remove(place._p)


def _put_table(document: DocumentType, place: WordParagraph, block: Grid) -> WordParagraph:
    """Put a table in, and return the line behind it, which parts it from a next table.

    Its last row stays with that line, so that nothing behind stands on a page of its own; neither
    do its head and its last row, which is often the sum.
    """
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = document.styles[letterhead.TABLE]
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(share * m.AREA_MM[0]) for share in column_shares(block, m.CELL_CHARACTERS)]
    sides = [RIGHT if is_number else LEFT for is_number in of_numbers(block)]
    kept = {0, len(block.rows) - 2, len(block.rows) - 1}
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        _hold_row(row, is_head=number == 0)
        for cell, text, width, side in zip(row.cells, texts, widths, sides, strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            line.style = document.styles[letterhead.CELL]
            line.alignment = side if number else CENTER
            line.paragraph_format.keep_with_next = number in kept or None
            line.add_run(text).bold = number == 0 or None
    place._p.addprevious(table._tbl)
    behind = place.insert_paragraph_before(style=letterhead.CELL)
    behind.paragraph_format.line_spacing = imprint.ALMOST_NOTHING
    return behind


def _hold_row(row: _Row, *, is_head: bool) -> None:
    """Keep a row on one page; the head comes again on each page."""
    form = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader")[: 1 + is_head]:
        form.append(OxmlElement(name))


def _saved(document: DocumentType) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def open_docx(content: bytes) -> DocumentType:
    """Return a Word file for reading."""
    return Document(io.BytesIO(content))
