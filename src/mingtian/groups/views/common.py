"""What the pages of groups share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.groups.actions import Sender

Show = Callable[[RuleBroken | None], HttpResponse]


def doer(request: HttpRequest) -> Actor:
    """Return who asks."""
    return Actor(username=request.user.get_username(), user_id=request.user.pk)


def sender(request: HttpRequest, unit_id: int) -> Sender:
    """Return who asks, for a unit."""
    return Sender(username=request.user.get_username(), user_id=request.user.pk, unit_id=unit_id)


def do(request: HttpRequest, act: Callable[[], str], then: str, show: Show) -> HttpResponse:
    """Act and lead on to ``then``, or show the page again with why not."""
    try:
        said = act()
    except RuleBroken as refusal:
        return show(refusal)
    if said:
        messages.success(request, said)
    return redirect(then)
