"""A page's rows as a file for a spreadsheet: CSV with a byte-order mark, or XLSX."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from unicodedata import east_asian_width

import xlsxwriter
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from mingtian.core.clock import SHANGHAI
from mingtian.web.rules import grouped

Cell = str | int | float | Decimal | datetime | None
"""An instant is written as people read it, to the minute in Asia/Shanghai; a Decimal is yuan."""

Row = Sequence[Cell]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
"""A cell beginning so is run by spreadsheet programs, the wide forms by some; names may not."""


MOST_FROZEN = 8
"""A head that stands lower is not kept in sight: it would leave no room on a small screen."""

NARROWEST, WIDEST = 8, 48
_PERCENT = re.compile(r"\d{1,3}\.\d%")
"""A share as the house writes it (:func:`mingtian.web.rules.percent`); what people type stays."""


def download(rows: Iterable[Row], *, name: str, form: str, most: int | None = None) -> HttpResponse:
    """Return the rows as a file ``name.form``; 404 for a form that there is not.

    ``name`` is of ASCII letters, digits and hyphens. ``most`` rows below the head are given; whoever
    asks for one more than that lets the file say at its end that it does not hold all.
    """
    if form not in FORMS:
        raise Http404
    if most is not None and len(kept := list(rows)) > most + 1:
        said = _(
            "Only the first %(most)s are in this file. Narrow the list to take out the others."
        )
        rows = [*kept[: most + 1], [said % {"most": grouped(most)}]]
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
    """Return a workbook of one sheet; text stays text, whatever it begins with.

    Columns are as wide as what stands in them. What heads a table is bold; the head of the last
    one stays in sight.
    """
    kept = [list(row) for row in rows]
    heads = _heads(kept)
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        forms = {
            "": None,
            "head": book.add_format({"bold": True, "bottom": 1}),
            "head of numbers": book.add_format({"bold": True, "bottom": 1, "align": "right"}),
            "yuan": book.add_format({"num_format": "#,##0.00"}),
            "percent": book.add_format({"num_format": "0.0%"}),
        }
        for column, width in enumerate(_widths(kept)):
            sheet.set_column(column, column, width)
        for number, row in enumerate(kept):
            below = kept[number + 1] if number in heads and number + 1 < len(kept) else ()
            for column, cell in enumerate(row):
                value, form = _counted(cell)
                if number in heads:
                    form = _form_of_head(below[column] if column < len(below) else None)
                sheet.write(number, column, _plain(value), forms[form])
        _to_print(sheet)
        if heads and heads[-1] < MOST_FROZEN:
            sheet.freeze_panes(heads[-1] + 1, 0)
            sheet.repeat_rows(heads[-1])
    return made.getvalue()


def _to_print(sheet: Worksheet) -> None:
    """Let the sheet be printed on A4, as wide as the page and as long as it is."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _form_of_head(below: Cell) -> str:
    return "head" if isinstance(_counted(below)[0], str | datetime | None) else "head of numbers"


def _heads(rows: Sequence[Row]) -> list[int]:
    """Return which rows head a table: the first, or those behind an empty one.

    Where a title of one cell stands there, the row below it heads the table as well.
    """
    empty = [place for place, row in enumerate(rows) if not row]
    heads = []
    for place in [each + 1 for each in empty] or [0]:
        below = place + 1 if place < len(rows) and len(rows[place]) == 1 else place
        heads += [each for each in dict.fromkeys((place, below)) if each < len(rows) and rows[each]]
    return heads


def _widths(rows: Sequence[Row]) -> list[int]:
    """Return the width of each column in characters.

    What ends a row that is shorter than others, as titles do, runs on over its empty neighbours.
    """
    columns = max((len(row) for row in rows), default=0)
    widths = [NARROWEST] * columns
    for row in rows:
        for column, cell in enumerate(row if len(row) == columns else row[:-1]):
            text = str(_plain(cell)) if cell is not None else ""
            wide = sum(1 + (east_asian_width(sign) in "WFA") for sign in text)
            widths[column] = max(widths[column], min(wide + 2, WIDEST))
    return widths


def _counted(cell: Cell) -> tuple[Cell, str]:
    """Return a cell as what can be reckoned with, and how it is shown."""
    if isinstance(cell, Decimal):
        return cell, "yuan"
    if isinstance(cell, str) and _PERCENT.fullmatch(cell):
        return float(cell[:-1]) / 100, "percent"
    return cell, ""


def _plain(cell: Cell) -> str | int | float | Decimal | None:
    return f"{cell.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


FORMS: dict[str, tuple[Callable[[Iterable[Row]], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
