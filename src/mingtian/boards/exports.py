"""The rows of files for a spreadsheet: a board, and a campaign so far."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mingtian.boards import pages
from mingtian.boards.access import Seat
from mingtian.boards.frames import Frame
from mingtian.boards.outlines import Outline
from mingtian.boards.queries import BoardUnitRow, KindRow
from mingtian.boards.rules import Order
from mingtian.boards.series import EveningCounts, Series
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.rules import Leg
from mingtian.web import tables
from mingtian.web.rules import percent
from mingtian.web.tables import Cell, Row
from mingtian.web.templatetags.mingtian import STATUS_WORDS, basis_word


def download(seat: Seat, frame: Frame, outline: Outline, form: str) -> HttpResponse:
    """Return the board as a file named after lecture and unit."""
    name = f"board-{seat.evening.held_on}-{seat.public_id}"
    return tables.download(table(seat, frame, outline), name=name, form=form)


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


def download_evenings(seat: Seat, series: Series, form: str) -> HttpResponse:
    """Return the campaign so far as a file named after its last day and the unit."""
    name = f"evenings-{seat.evening.held_on}-{seat.public_id}"
    return tables.download(evenings_table(seat, series), name=name, form=form)


def evenings_table(seat: Seat, series: Series) -> list[Row]:
    """Return an evening a row, with those who came by leg; above them the sums as person-times."""
    rows: list[Row] = [[_("Campaign"), seat.evening.shown_campaign]]
    if series.arrived and series.completed:
        sums = (
            (_("Arrived, all evenings so far"), series.arrived),
            (_("Completed, all evenings so far"), series.completed),
        )
        rows += [[word, each.value, basis_word(each.basis.value)] for word, each in sums]
    heads = [
        _("Evening"), _("Day"), _("Lecture"), _("Arrived"), _("Completed"), _("Expected"), _("Exempt"),
        _("Coverage"), _("Households"), _("Devices"),
    ]  # fmt: skip
    legs = [_("Arrived: %(leg)s") % {"leg": LEG_WORDS[leg]} for leg in Leg]
    rows += [[], [*heads, *legs, _("Status")]]
    return rows + [_evening_row(each) for each in series.evenings]


def _evening_row(each: EveningCounts) -> Row:
    covered = each.coverage
    by_leg = {leg.leg: leg.arrived for leg in each.legs}
    return [
        each.evening.number, each.evening.held_on.isoformat(), each.evening.shown_title,
        each.arrived.value, each.completed.value, covered.expected if covered else None,
        covered.exempt if covered else None, percent(covered.share) if covered else None,
        each.households, each.devices, *(by_leg.get(leg) for leg in Leg),
        str(STATUS_WORDS[each.status.value]),
    ]  # fmt: skip


def _count_heads() -> list[str]:
    return [_("Watching"), _("Arrived"), _("Completed"), _("Expected"), _("Exempt"), _("Coverage")]


def _rate(row: KindRow | BoardUnitRow) -> list[Cell]:
    share = percent(row.coverage.share) if row.coverage else None
    return [row.expected, row.exempt if row.expected else None, share]
