"""The text of a document between the page on which it is typed and the paper. Pure Python.

People type as they write: a line is a paragraph, and a short line that begins with 一、 or （一）
or 1. or （1） and ends without a stop is a heading of that level. Rows between bars are a table.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from mingtian.core.errors import RuleBroken
from mingtian.papers.paper import Block, Grid, Heading, Paragraph, numbered

LONGEST_HEADING = 60
_WORD = "[一二三四五六七八九十]{1,3}"
_HEADINGS = (
    re.compile(rf"{_WORD}、\s*(.+)"),
    re.compile(rf"[（(]{_WORD}[）)]\s*(.+)"),
    re.compile(r"[0-9]{1,2}[.．]\s*(?![0-9])(.+)"),
    re.compile(r"[（(][0-9]{1,2}[）)]\s*(.+)"),
)
_STOPS = tuple("。；：，！？;:,!?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

MOST_HEADINGS = 99
"""So many headings of one level have a Chinese number."""


def parse(text: str) -> list[Block]:
    """Return the blocks of what was typed. Empty lines part nothing and are left out."""
    lines = [line.strip() for line in _UNSEEN.sub("", text).splitlines()]
    blocks: list[Block] = []
    for is_row, group in groupby(filter(None, lines), key=lambda line: line.startswith("|")):
        run = list(group)
        blocks += _table(run) if is_row else [_block(line) for line in run]
    headings = sum(isinstance(block, Heading) for block in blocks)
    if headings > MOST_HEADINGS:
        raise RuleBroken("too_many_headings", most=MOST_HEADINGS)
    return blocks


def write(body: Sequence[Block]) -> str:
    """Return blocks as people type them; :func:`parse` gives the same blocks again."""
    return "\n".join(
        "\n".join("| " + " | ".join(row) + " |" for row in block.rows)
        if isinstance(block, Grid)
        else label + block.text
        for block, label in numbered(body)
    )


def to_plain(body: Sequence[Block]) -> list[dict[str, object]]:
    """Return blocks in the form that is kept."""
    return [
        {"rows": [list(row) for row in block.rows]}
        if isinstance(block, Grid)
        else {"heading": block.level, "text": block.text}
        if isinstance(block, Heading)
        else {"text": block.text}
        for block in body
    ]


def from_plain(kept: Iterable[dict[str, object]]) -> list[Block]:
    """Return the blocks of the form that is kept."""
    blocks: list[Block] = []
    for each in kept:
        rows, level, text = each.get("rows"), each.get("heading"), str(each.get("text", ""))
        if isinstance(rows, list):
            blocks.append(Grid(rows=rows))
        elif isinstance(level, int):
            blocks.append(Heading(level=level, text=text))
        else:
            blocks.append(Paragraph(text=text))
    return blocks


def _block(line: str) -> Block:
    if len(line) <= LONGEST_HEADING and not line.endswith(_STOPS):
        for level, form in enumerate(_HEADINGS, start=1):
            if found := form.fullmatch(line):
                return Heading(level=level, text=found[1].strip())
    return Paragraph(text=line)


def _table(lines: Iterable[str]) -> list[Block]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    return [Grid(rows=rows)] if rows else []
