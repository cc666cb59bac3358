"""The printable sheet of a learning code, drawn by typst (COD-1).

Facts go in as one JSON value, never as markup, so a name with a star or a bracket is only a
name. The fonts are read once per process; a sheet then takes a few milliseconds.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

from mingtian.campaigns.rules import Refusal
from mingtian.core.errors import RuleBroken
from mingtian.core.fonts import SANS, families, fonts, undrawable

TEMPLATE = Path(__file__).parents[1] / "typst" / "sheet.typ"
PREVIEW_DOTS_PER_INCH = 150.0


class Evening(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list of sittings, in words."""

    number: str
    day: str
    time: str
    title: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One page: whose code it is, the code in groups, its address and its QR picture.

    ``choose_note`` and ``check`` are sentences that differ between classes and others.
    """

    above: str
    unit: str
    code: str
    address: str
    url: str
    qr: str
    choose_note: str
    check: str


class Booklet(msgspec.Struct, frozen=True, kw_only=True):
    """Sheets of one campaign in one language. ``words`` are the labels of the template.

    ``hours`` are the hours of every evening in words, or empty when they differ.
    """

    title: str
    issuer: str
    mandate: str
    campaign: str
    lang: str
    region: str
    words: dict[str, str]
    hours: str
    evenings: Sequence[Evening]
    sheets: Sequence[Sheet]


def booklet_pdf(booklet: Booklet) -> bytes:
    """Return a PDF with one A4 page for each sheet.

    Raises :class:`RuleBroken` when a name holds a character that no font here can draw.
    """
    return _compile(booklet, "pdf")


def sheet_png(booklet: Booklet) -> bytes:
    """Return the first sheet as a PNG, for a look before printing."""
    return _compile(booklet, "png")


def _compile(booklet: Booklet, form: Literal["pdf", "png"]) -> bytes:
    if missing := undrawable("".join(_texts(msgspec.to_builtins(booklet)))):
        raise RuleBroken(Refusal.NOT_PRINTABLE, characters=" ".join(missing))
    facts = msgspec.json.encode({**msgspec.structs.asdict(booklet), "fonts": families(SANS)})
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=fonts(),
        format=form,
        ppi=PREVIEW_DOTS_PER_INCH,
        sys_inputs={"facts": facts.decode()},
    )
    assert isinstance(made, bytes), "one page as a PNG, or a PDF, is one file"
    return made


def _texts(value: Any) -> Iterator[str]:
    """Walk through every string of the facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
