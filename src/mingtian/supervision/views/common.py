"""What the pages of supervision share."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingtian.core.errors import RuleBroken
from mingtian.supervision.actions import Actor
from mingtian.web.refusals import sentence

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


def told(refusal: RuleBroken | None) -> dict[str, object]:
    """Return what a template shows of a refusal."""
    return {"refusal": refusal, "told": sentence(refusal) if refusal else ""}


def status(refusal: RuleBroken | None) -> int:
    """Return the status of a page that is shown again."""
    return 422 if refusal else 200
