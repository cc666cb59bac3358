"""A paper as PDF/A, laid out by typst with free typefaces in the place of those the norm names."""

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec
import typst

from mingtian.core.errors import RuleBroken
from mingtian.core.fonts import SANS, SERIF, families, fonts, undrawable
from mingtian.papers import measures
from mingtian.papers.paper import (
    Grid,
    Heading,
    Paper,
    Shape,
    all_words,
    broken,
    check,
    column_shares,
    day_in_words,
    numbered,
    of_numbers,
)

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
ARCHIVAL: Literal["a-2b"] = "a-2b"
# One compiler serves one caller at a time; it keeps what it has read for the next.
_drawing = Lock()


def draw_pdf(paper: Paper) -> bytes:
    """Return the paper as PDF/A-2b.

    Raises RuleBroken as :func:`check` does, and for a character that no typeface here has.
    """
    check(paper)
    if missing := undrawable(all_words(paper)):
        raise RuleBroken("paper_undrawable", characters=" ".join(missing))
    inputs = {"facts": msgspec.json.encode(_facts(paper)).decode()}
    with _drawing:
        made = _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=[ARCHIVAL])
    assert isinstance(made, bytes), "a PDF is one file"
    return made


def _facts(paper: Paper) -> dict[str, object]:
    return {
        "mark": paper.mark,
        "form": paper.form,
        "is_letter": paper.shape is Shape.LETTER,
        "number": paper.number,
        "signer": paper.signer,
        "urgency": paper.urgency.value,
        "title": broken(paper.title),
        "addressee": paper.addressee,
        "body": _blocks(paper),
        "attachments": list(paper.attachments),
        "issuers": list(paper.issuers),
        "day": day_in_words(paper.issued_on),
        "copies": "，".join(paper.copies_to),
        "printed_by": paper.printed_by,
        "serif": families(SERIF),
        "sans": families(SANS),
        "measures": {
            name.lower(): value for name, value in vars(measures).items() if name.isupper()
        },
    }


def _blocks(paper: Paper) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = []
    for block, label in numbered(paper.body):
        if isinstance(block, Grid):
            shown.append(_table(block))
        elif isinstance(block, Heading):
            shown.append({"kind": f"heading-{block.level}", "text": label + block.text})
        else:
            shown.append({"kind": "paragraph", "text": block.text})
    return shown


def _table(block: Grid) -> dict[str, object]:
    return {
        "kind": "grid",
        "rows": [list(row) for row in block.rows],
        "shares": column_shares(block, measures.CELL_CHARACTERS),
        "numbers": of_numbers(block),
    }


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts())
