"""Pages of the boards, for staff within reach. Numbers are in the page; scripts keep them moving."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from mingtian.boards import class_lists, exports, pages, stream
from mingtian.boards.access import Seat, get_seat_for, may_see_names, own_units
from mingtian.boards.evenings import evening_to_open, list_evenings
from mingtian.boards.frames import FRAMES, Frame, Key
from mingtian.boards.outlines import Outline, outline_of
from mingtian.boards.pilots import has_pilots
from mingtian.boards.rules import Order
from mingtian.boards.series import evenings_so_far
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.org.queries import list_ancestors
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.rules import Leg
from mingtian.web import tables

BUSY_SECONDS = 30


@login_required
@require_GET
def board_own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the own unit and the evening that runs, or ran last."""
    now = clock.now()
    for unit_id, public_id in own_units(request.user, now):
        evening = evening_to_open(list_evenings(unit_id, day_of(now)), now)
        if evening is not None:
            return redirect("boards:board", evening.id, public_id)
    return render(request, "boards/none.html")


@login_required
@require_GET
def board(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the live board of a unit; for its class teacher, the names of the class as well."""
    now = clock.now()
    seat = get_seat_for(request.user, lecture, unit, now)
    shown = _shown(request, seat, "boards:board")
    shown["with_pilots"] = has_pilots(_outline(seat, now))
    if may_see_names(request.user, seat.unit_id, now):
        shown["names"] = class_lists.list_names(request.user, seat, _outline(seat, now).unit, now)
    return _private(render(request, "boards/board.html", shown))


@login_required
@require_GET
def board_wall(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the board on a big screen. No names, whoever looks."""
    seat = get_seat_for(request.user, lecture, unit, clock.now())
    return _private(render(request, "boards/wall.html", _shown(request, seat, "boards:wall")))


@login_required
@require_GET
def board_evenings(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the campaign to date, evening by evening, summed as person-times (STA-5)."""
    now = clock.now()
    seat = get_seat_for(request.user, lecture, unit, now)
    series = evenings_so_far(seat, now)
    shown = {
        "seat": seat,
        "evening": seat.evening,
        "trail": _trail(seat),
        "series": series,
        "legs": [LEG_WORDS[leg] for leg in Leg],
        "by_leg": [
            (each.evening, [(LEG_WORDS[leg.leg], leg) for leg in each.legs])
            for each in series.evenings
        ],
        "back": pages.board_url(seat.evening.id, seat.public_id),
    }
    return _private(render(request, "boards/evenings.html", shown))


@login_required
@require_GET
def board_evenings_file(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the campaign to date as CSV or XLSX."""
    now = clock.now()
    seat = get_seat_for(request.user, lecture, unit, now)
    return _private(exports.download_evenings(seat, evenings_so_far(seat, now), form))


@login_required
@require_GET
def board_export(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the board's numbers as a file: CSV (UTF-8 with BOM) or XLSX."""
    if form not in tables.FORMS:
        raise Http404
    seat = get_seat_for(request.user, lecture, unit, clock.now())
    frame = _frame(seat)
    return _private(exports.download(seat, frame, _outline(seat, frame.built_at), form))


@login_required
@require_GET
def board_frame(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Give the newest frame to a browser that asks for it; 304 when it has that one."""
    seat = get_seat_for(request.user, lecture, unit, clock.now())
    frame = _frame(seat)
    etag = f'"{frame.etag}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(frame.body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Read-At"] = pages.clock_seconds(frame.built_at)
    return _private(response)


@login_required
@require_GET
def board_stream(request: HttpRequest, lecture: int, unit: str) -> HttpResponseBase:
    """Send frames as they change (server-sent events). Needs an ASGI server."""
    seat = get_seat_for(request.user, lecture, unit, clock.now())
    if not stream.may_open():
        return HttpResponse(status=503, headers={"Retry-After": str(BUSY_SECONDS)})
    _give_back_connection()
    last_seen = request.headers.get("Last-Event-ID") or request.GET.get("etag", "")
    response = StreamingHttpResponse(
        stream.events(_key(seat), last_seen=last_seen), content_type="text/event-stream"
    )
    # A proxy that collects the answer before passing it on would show nothing.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def board_states(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Give the class teacher who is in, by public id, without names; 404 to anybody else."""
    now = clock.now()
    seat = get_seat_for(request.user, lecture, unit, now)
    if not may_see_names(request.user, seat.unit_id, now):
        raise Http404
    return _private(JsonResponse(class_lists.list_states(seat, now)))


def _shown(request: HttpRequest, seat: Seat, page: str) -> dict[str, object]:
    """Return what board and wall have in common."""
    asked = request.GET.get("by", "")
    order = pages.chosen_order(asked, seat)
    frame = _frame(seat)
    outline = _outline(seat, frame.built_at)
    groups = pages.shown_groups(frame.board, outline, order)
    return {
        "seat": seat,
        "evening": seat.evening,
        "unit": outline.unit,
        "board": frame.board,
        "figures": {figure.counts: figure for figure in frame.board.figures},
        "read_at": pages.clock_seconds(frame.built_at),
        "trail": _trail(seat),
        "evenings": list_evenings(seat.unit_id, seat.evening.held_on),
        "phases": pages.phase_words(seat.evening),
        "present_label": pages.present_label(frame.board),
        "kinds": pages.shown_kinds(frame.board),
        "beside": pages.shown_beside(frame.board),
        "other_kinds": pages.other_kinds(frame.board),
        "ends": pages.clock_time(seat.evening.times.ends_at),
        "slots": pages.shown_slots(frame.board, seat.evening),
        "groups": groups,
        "orders": pages.shown_orders(seat, groups, page),
        "order": order.value,
        "not_compared": order.value != asked and asked in {Order.NUMBER, Order.RATE},
        "facts": pages.facts(seat, frame, order),
        "words": pages.words(),
    }


def _trail(seat: Seat) -> list[tuple[str, str]]:
    return pages.shown_trail(seat, list_ancestors(seat.unit_id, seat.evening.held_on, seat.line))


def _outline(seat: Seat, now: datetime) -> Outline:
    return outline_of(*_key(seat), now)


def _key(seat: Seat) -> Key:
    return Key(lecture_id=seat.evening.id, unit_id=seat.unit_id, line=seat.line.value)


def _frame(seat: Seat) -> Frame:
    return FRAMES.frame(_key(seat), clock.now())


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the answer out of shared caches; a browser asks again each time."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _give_back_connection() -> None:
    # A stream lives for minutes; holding a pooled connection so long would stop the pages.
    if not connection.in_atomic_block:
        connection.close()
