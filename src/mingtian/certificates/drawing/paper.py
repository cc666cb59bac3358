"""Draws certificates with typst: PDF/A for paper, a PNG for a chat.

Facts go in as one JSON value, never as markup, so a name with a star or a bracket is only a
name. A page takes about 6 ms; fonts and compiler are kept for the life of the process.
"""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec
import segno
import typst

from mingtian.certificates.rules import Refusal
from mingtian.core.errors import RuleBroken
from mingtian.core.fonts import SANS, SERIF, families, fonts, undrawable

FOLDER = Path(__file__).parents[1] / "typst"
ARCHIVAL: Literal["a-2b"] = "a-2b"
"""PDF/A-2b: everything is inside the file, and a character that no font has is an error."""

CARD_DOTS_PER_INCH = 72.0
QR_MASK = 2
# One compiler serves one caller at a time; it keeps what it has read for the next.
_drawing = Lock()


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """One page: whose it is and its own words. ``qr`` is a picture as SVG.

    An empty ``name`` leaves a line to write it on.
    """

    name: str
    kind: str
    body: str
    date: str
    serial: str
    qr: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True, rename={"campaign_line": "campaign-line"}):
    """Certificates of one campaign in one language. ``words`` are the labels of the template."""

    title: str
    issuer: str
    campaign_line: str
    lang: str
    region: str
    words: dict[str, str]
    certificates: Sequence[Face]


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return a PDF/A with one A4 page for each certificate.

    Raises :class:`RuleBroken` when a name holds a character that no font here can draw.
    """
    return _compile(sheet, "certificate.typ", "pdf")


def card_png(sheet: Sheet) -> bytes:
    """Return the first certificate as a picture of 1080 × 1440 dots."""
    return _compile(sheet, "card.typ", "png")


def qr_svg(address: str) -> str:
    """Return the address as a QR picture: level M, read from paper by any phone."""
    picture = io.BytesIO()
    # Readers take any of the eight masks; comparing them all would cost half a page.
    segno.make_qr(address, error="m", boost_error=False, mask=QR_MASK).save(
        picture, kind="svg", border=0, omitsize=True, xmldecl=False
    )
    return picture.getvalue().decode()


def _compile(sheet: Sheet, template: str, form: Literal["pdf", "png"]) -> bytes:
    for face in sheet.certificates:
        if missing := undrawable(face.name):
            raise RuleBroken(Refusal.NOT_PRINTABLE, characters=" ".join(missing))
    facts = {
        **msgspec.to_builtins(sheet),
        "serif": families(SERIF),
        "sans": families(SANS),
    }
    inputs = {"facts": msgspec.json.encode(facts).decode()}
    try:
        with _drawing:
            made = _compiler(template).compile(
                format=form,
                sys_inputs=inputs,
                pdf_standards=[ARCHIVAL] if form == "pdf" else [],
                ppi=CARD_DOTS_PER_INCH,
            )
    except typst.TypstError as error:
        # Only PDF/A tells of a glyph that no font draws; all else is a fault of the template.
        if "could not be displayed" not in str(error):
            raise
        raise RuleBroken(Refusal.NOT_PRINTABLE, characters="?") from error
    assert isinstance(made, bytes), "one picture, or a PDF, is one file"
    return made


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(str(FOLDER / template), root=str(FOLDER), font_paths=fonts())
