"""A page's rows as a file for a spreadsheet: CSV with a byte-order mark, or XLSX."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import xlsxwriter
from django.http import Http404, HttpResponse

from mingtian.core.clock import SHANGHAI

Cell = str | int | float | datetime | None
"""An instant is written as people read it, to the minute in Asia/Shanghai."""

Row = Sequence[Cell]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
"""A cell beginning so is run by spreadsheet programs, the wide forms by some; names may not."""


def download(rows: Iterable[Row], *, name: str, form: str) -> HttpResponse:
    """Return the rows as a file ``name.form``; 404 for a form that there is not.

    ``name`` is of ASCII letters, digits and hyphens.
    """
    if form not in FORMS:
        raise Http404
    make, content_type = FORMS[form]
    response = HttpResponse(make(rows), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return comma-separated text that spreadsheet programs open in the right encoding."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(_plain(cell)) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """Return a workbook of one sheet; text stays text, whatever it begins with."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 12, 14)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [_plain(cell) for cell in row])
    return made.getvalue()


def _plain(cell: Cell) -> str | int | float | None:
    return f"{cell.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


FORMS: dict[str, tuple[Callable[[Iterable[Row]], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
