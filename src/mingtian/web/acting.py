"""Act for a page that was sent: thank and lead on, or show it again with why not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken

Again = Callable[[RuleBroken], HttpResponse]


def actor(request: HttpRequest) -> Actor:
    """Return who acts."""
    return Actor(username=request.user.get_username(), user_id=request.user.pk)


def act(request: HttpRequest, do: Callable[[], str], *, to: str, again: Again) -> HttpResponse:
    """Do it, say what ``do`` returns and lead on to an address; refused, show the page again.

    Where ``do`` returns nothing to say, nothing is said.
    """
    try:
        said = do()
    except RuleBroken as refusal:
        return again(refusal)
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(to)
