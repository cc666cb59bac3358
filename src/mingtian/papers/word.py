"""A paper as a Word file: a letterhead with placeholders, filled by docxtpl, the body put in.

An operator may lay an own letterhead into ``var/papers/letterhead.docx``: any Word file with the
placeholders of :func:`plain_letterhead`, which ``manage.py write_letterhead`` writes as a pattern.
The typefaces are named as the norm names them and not embedded; Word and WPS bring their own.
"""

import io
from functools import cache
from pathlib import Path

from django.conf import settings
from docx import Document
from docx.document import Document as DocumentType
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate

from mingtian.papers import letterhead
from mingtian.papers.paper import Grid, Heading, Paper, check, day_in_words, numbered

BODY = "{{ body }}"
BODY_MARK = "\N{WORD JOINER}body\N{WORD JOINER}"
"""Stands in the filled letterhead where the body comes; nobody types it."""


def draw_docx(paper: Paper) -> bytes:
    """Return the paper as a Word file. Raises RuleBroken as :func:`check` does."""
    check(paper)
    template = DocxTemplate(io.BytesIO(_letterhead()))
    # Words of people are data: with autoescape an ampersand or a brace stays what it is.
    template.render(_words(paper), autoescape=True)
    document: DocumentType = template.docx
    letterhead.ensure_styles(document)
    _put_body(document, paper)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def own_letterhead() -> Path:
    """Return where the operator's letterhead lies, whether or not there is one."""
    return Path(settings.VAR_DIR) / "papers" / "letterhead.docx"


@cache
def plain_letterhead() -> bytes:
    """Return the letterhead that is used as long as the operator has laid down no own."""
    made = io.BytesIO()
    letterhead.make(body=BODY).save(made)
    return made.getvalue()


def _letterhead() -> bytes:
    own = own_letterhead()
    return own.read_bytes() if own.is_file() else plain_letterhead()


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
        "title": paper.title.replace("\n", ""),
        "addressee": paper.addressee,
        "body": BODY_MARK,
        "attachments": attachments,
        "issuers": list(paper.issuers),
        "day": day_in_words(paper.issued_on),
        "copies": "，".join(paper.copies_to),
        "printed_by": paper.printed_by,
    }


def _put_body(document: DocumentType, paper: Paper) -> None:
    place = next(each for each in document.paragraphs if BODY_MARK in each.text)
    for block, label in numbered(paper.body):
        if isinstance(block, Grid):
            _put_table(document, place, block)
        else:
            level = block.level if isinstance(block, Heading) else 0
            place.insert_paragraph_before(label + block.text, style=letterhead.STYLES[level])
    place._p.getparent().remove(place._p)


def _put_table(document: DocumentType, place: WordParagraph, block: Grid) -> None:
    table = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = document.styles[letterhead.TABLE]
    for row, cells in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].style = document.styles[letterhead.CELL]
            cell.text = text
    place._p.addprevious(table._tbl)


def open_docx(content: bytes) -> DocumentType:
    """Return a Word file for reading."""
    return Document(io.BytesIO(content))
