"""What the pages of groups share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingtian.core.errors import RuleBroken
from mingtian.groups.actions import Doer, Sender
from mingtian.web.refusals import sentence

Show = Callable[[RuleBroken | None], HttpResponse]


def doer(request: HttpRequest) -> Doer:
    """Return who asks."""
    return Doer(username=request.user.get_username(), user_id=request.user.pk)


def sender(request: HttpRequest, unit_id: int) -> Sender:
    """Return who asks, for a unit."""
    return Sender(username=request.user.get_username(), user_id=request.user.pk, unit_id=unit_id)


def told(refusal: RuleBroken | None) -> dict[str, object]:
    """Return what a page says about a refusal."""
    return {"refusal": refusal, "told": sentence(refusal) if refusal else ""}


def do(request: HttpRequest, act: Callable[[], str], then: str, show: Show) -> HttpResponse:
    """Act and lead on to ``then``, or show the page again with why not."""
    try:
        said = act()
    except RuleBroken as refusal:
        return show(refusal)
    if said:
        messages.success(request, said)
    return redirect(then)
