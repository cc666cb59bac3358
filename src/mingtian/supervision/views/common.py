"""What the pages of supervision share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken

Again = Callable[[RuleBroken], HttpResponse]


def actor(request: HttpRequest) -> Actor:
    """Return who acts."""
    return Actor(username=request.user.get_username(), user_id=request.user.pk)


def act(request: HttpRequest, do: Callable[[], str], *, to: tuple[object, ...], again: Again) -> HttpResponse:  # fmt: skip
    """Act, thank and lead on to an address; or show the page again with why not."""
    try:
        messages.success(request, do())
    except RuleBroken as refusal:
        return again(refusal)
    name, *parts = to
    return redirect(str(name), *parts)


def status(refusal: RuleBroken | None) -> int:
    """Return the status of a page that is shown again."""
    return 422 if refusal else 200
