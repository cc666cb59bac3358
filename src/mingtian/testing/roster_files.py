"""Roster files as people make them: workbooks and text tables."""

import io
from collections.abc import Sequence

import xlsxwriter

Cells = Sequence[object]
HEADINGS = ["学校", "年级", "班级", "学号", "姓名"]


def workbook(rows: Sequence[Cells], headings: Cells = HEADINGS, *, above: int = 0) -> bytes:
    """Return an XLSX file; ``above`` empty rows stand before the headings."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    for line, row in enumerate([headings, *rows], start=above):
        for column, cell in enumerate(row):
            page.write(line, column, cell)
    book.close()
    return target.getvalue()


def text_table(
    rows: Sequence[Cells], headings: Cells = HEADINGS, *, encoding: str = "utf-8", by: str = ","
) -> bytes:
    """Return a CSV file."""
    lines = [by.join(str(cell) for cell in row) for row in [headings, *rows]]
    return "\r\n".join(lines).encode(encoding)
