"""What the class teacher's pages share: where the class stands, what follows a deed, no copies."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingtian.boards import beside
from mingtian.boards.access import Seat
from mingtian.boards.outlines import outline_of
from mingtian.certificates.actions import settle_class
from mingtian.core import clock
from mingtian.org.queries import UnitRow


def class_unit(seat: Seat, now: datetime) -> UnitRow:
    """Return the class as it was called on the evening."""
    return outline_of(seat.evening.id, seat.unit_id, seat.line.value, now).unit


def class_address(seat: Seat) -> str:
    """Return where the class's lists stand."""
    return reverse("boards:board", args=[seat.evening.id, seat.public_id]) + "#my-class"


def follow(request: HttpRequest, seat: Seat, told: str) -> None:
    """Let board and certificates follow what the teacher has just done, and say what that was."""
    beside.forget_class(seat.evening.id, seat.unit_id)
    settle_class(
        campaign_id=seat.evening.campaign_id, unit_id=seat.unit_id, now=clock.now(),
        actor=request.user.get_username(),
    )  # fmt: skip
    messages.success(request, told)


def page_of_names(
    request: HttpRequest, template: str, shown: dict[str, object], *, refused: bool
) -> HttpResponse:
    """Return a page that holds names, of which nobody on the way keeps a copy."""
    response = render(request, template, shown, status=422 if refused else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response
