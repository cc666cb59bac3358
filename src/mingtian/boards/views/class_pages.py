"""What the class teacher's pages share: where the class stands, what follows a deed, no copies."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingtian.boards import beside
from mingtian.boards.access import Seat
from mingtian.boards.outlines import outline_of
from mingtian.certificates.actions import settle_class
from mingtian.core import clock
from mingtian.org.queries import UnitRow
from mingtian.web.acting import Again, act


def class_unit(seat: Seat, now: datetime) -> UnitRow:
    """Return the class as it was called on the evening."""
    return outline_of(seat.evening.id, seat.unit_id, seat.line.value, now).unit


def class_address(seat: Seat) -> str:
    """Return where the class's lists stand."""
    return reverse("boards:board", args=[seat.evening.id, seat.public_id]) + "#my-class"


def act_in_class(
    request: HttpRequest, seat: Seat, do: Callable[[], str], *, to: str, again: Again
) -> HttpResponse:
    """Act for the teacher, and let board and certificates follow what was done."""

    def do_and_follow() -> str:
        said = do()
        beside.forget_class(seat.evening.id, seat.unit_id)
        settle_class(
            campaign_id=seat.evening.campaign_id, unit_id=seat.unit_id, now=clock.now(),
            actor=request.user.get_username(),
        )  # fmt: skip
        return said

    return act(request, do_and_follow, to=to, again=again)


def page_of_names(
    request: HttpRequest, template: str, shown: dict[str, object], *, refused: bool
) -> HttpResponse:
    """Return a page that holds names, of which nobody on the way keeps a copy."""
    response = render(request, template, shown, status=422 if refused else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response
