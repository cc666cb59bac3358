"""Papers to try the layouts with."""

from dataclasses import replace
from datetime import date
from typing import Any

from mingtian.papers.paper import Grid, Heading, Paper, Paragraph, Shape, document_number

LONG = "大" * 28 * 50


def sample(**changes: Any) -> Paper:
    """Return a bulletin of a day with all that a paper may hold, changed as wanted."""
    paper = Paper(
        mark="岚山市关心下一代工作委员会",
        number=document_number("岚关工委", 2023, 20),
        title="关于第三日收看情况的通报",
        addressee="各县关工委",
        body=[
            Paragraph(text="现将有关情况通报如下。"),
            Heading(level=1, text="总体情况"),
            Heading(level=2, text="分县情况"),
            Grid(rows=[["单位", "到课"], ["安平县", "9,000"]]),
            Heading(level=1, text="存在问题"),
        ],
        issuers=["岚山市关心下一代工作委员会", "岚山市教育局"],
        issued_on=date(2023, 9, 20),
        attachments=["分县到课情况", "说明"],
        copies_to=["省关工委办公室"],
        printed_by="岚山市关工委办公室",
    )
    return replace(paper, **changes)


def letter(**changes: Any) -> Paper:
    """Return the same as a letter."""
    return sample(**{"shape": Shape.LETTER, "form": "", **changes})
