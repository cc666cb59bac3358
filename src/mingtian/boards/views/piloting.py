"""The page of pilots: their own figures beside those of all other communities."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.boards import pages
from mingtian.boards.access import Seat, get_seat_for
from mingtian.boards.outlines import Outline, outline_of
from mingtian.boards.pilots import ABOVE_COMMUNITIES, Pilots, pilots_at
from mingtian.core import clock
from mingtian.org.queries import list_ancestors
from mingtian.org.rules import Line
from mingtian.web import tables
from mingtian.web.tables import Row
from mingtian.web.templatetags.mingtian import STATUS_WORDS


@login_required
@require_GET
def pilots(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show pilots and non-pilots below a unit; 404 where no community stands below."""
    seat, outline, found = _found(request, lecture, unit)
    ancestors = list_ancestors(seat.unit_id, seat.evening.held_on, seat.line)
    shown = {
        "seat": seat,
        "evening": seat.evening,
        "trail": pages.shown_trail(seat, ancestors),
        "unit": outline.unit,
        "pilots": found,
        "rows": _rows(found),
        "back": pages.board_url(seat.evening.id, seat.public_id),
    }
    response = render(request, "boards/pilots.html", shown)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_GET
def pilots_file(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the same table as a file: CSV (UTF-8 with BOM) or XLSX."""
    if form not in tables.FORMS:
        raise Http404
    seat, outline, found = _found(request, lecture, unit)
    table: list[Row] = [
        [outline.unit.title],
        [_("Lecture"), seat.evening.shown_title],
        [_("Day"), seat.evening.held_on.isoformat()],
        [_("Status"), str(STATUS_WORDS[found.status.value])],
        [],
        ["", _("Pilots"), _("All others")],
        *([word, own, others] for word, own, others in _rows(found)),
    ]
    name = f"pilots-{seat.evening.held_on}-{seat.public_id}"
    return tables.download(table, name=name, form=form)


def _found(request: HttpRequest, lecture: int, unit: str) -> tuple[Seat, Outline, Pilots]:
    now = clock.now()
    seat = get_seat_for(request.user, lecture, unit, now)
    outline = outline_of(seat.evening.id, seat.unit_id, seat.line.value, now)
    if outline.unit.kind not in ABOVE_COMMUNITIES or seat.line is not Line.LEADS:
        raise Http404
    return seat, outline, pilots_at(outline, now)


def _rows(found: Pilots) -> list[tuple[str, float | None, float | None]]:
    own, others = found.pilots, found.others
    return [
        (_("Communities"), own.communities, others.communities),
        (_("Arrived (persons)"), own.arrived, others.arrived),
        (_("Completed (persons)"), own.completed, others.completed),
        (_("Arrived for each community"), own.mean, others.mean),
    ]
