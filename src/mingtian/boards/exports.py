"""A board as a file for a spreadsheet: CSV with a byte-order mark, or XLSX."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from mingtian.boards import pages
from mingtian.boards.access import Seat
from mingtian.boards.frames import Frame
from mingtian.boards.outlines import Outline
from mingtian.boards.queries import BoardUnitRow, KindRow
from mingtian.boards.rules import Order
from mingtian.web.rules import percent
from mingtian.web.templatetags.mingtian import STATUS_WORDS, basis_word

Cell = str | int | None
Row = Sequence[Cell]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning so is run by spreadsheet programs; names may not."""


def download(seat: Seat, frame: Frame, outline: Outline, form: str) -> HttpResponse:
    """Return the board as a file named after lecture and unit."""
    make, content_type = FORMS[form]
    response = HttpResponse(make(table(seat, frame, outline)), content_type=content_type)
    name = f"board-{seat.evening.held_on}-{seat.public_id}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table(seat: Seat, frame: Frame, outline: Outline) -> list[Row]:
    """Return the rows of the file: what it is, the figures, the kinds, the units below."""
    board = frame.board
    rows: list[Row] = [
        [outline.unit.title],
        [_("Campaign"), seat.evening.shown_campaign],
        [_("Lecture"), seat.evening.shown_title],
        [_("Day"), seat.evening.held_on.isoformat()],
        [_("Status"), str(STATUS_WORDS[board.status.value])],
        [_("Read at"), pages.clock_seconds(frame.built_at)],
        [],
        [_("Figure"), _("Value"), _("Basis")],
    ]
    rows += [
        [str(pages.FIGURE_WORDS[each.counts]), each.value, basis_word(each.basis.value)]
        for each in board.figures
    ]
    rows += [[], [_("Kind (persons)"), *_count_heads()]]
    rows += [
        [each.name, each.row.present, each.row.arrived, each.row.completed, *_rate(each.row)]
        for each in pages.shown_kinds(board)
    ]
    beside = [
        _("Noted by hand"), _("Classes that watched together"), _("Heads counted in class"),
        _("Households signed in with help"),
    ]  # fmt: skip
    rows += [[], [_("Unit (persons)"), *_count_heads(), _("Households"), _("Devices"), *beside]]
    for group in pages.shown_groups(board, outline, Order.TREE):
        rows += [
            [unit.name, unit.row.present, unit.row.arrived, unit.row.completed,
             *_rate(unit.row), unit.row.households, unit.row.devices, unit.row.by_hand,
             unit.row.class_viewings, unit.row.class_heads, unit.row.helped]
            for unit in group.units
        ]  # fmt: skip
    return rows


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return comma-separated text that spreadsheet programs open in the right encoding."""
    text = io.StringIO()
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """Return a workbook of one sheet; text stays text, whatever it begins with."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 12, 14)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def _count_heads() -> list[str]:
    return [_("Watching"), _("Arrived"), _("Completed"), _("Expected"), _("Exempt"), _("Coverage")]


def _rate(row: KindRow | BoardUnitRow) -> list[Cell]:
    share = percent(row.coverage.share) if row.coverage else None
    return [row.expected, row.exempt if row.expected else None, share]


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


FORMS: dict[str, tuple[Callable[[Iterable[Row]], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
