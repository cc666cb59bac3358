"""Who is looking: a view of a family's page gets the visit, or the phone opens one first."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.family.access import PATH, Visit, remember, visit_of
from mingtian.web.refusals import sentence

P = ParamSpec("P")
FamilyView = Callable[Concatenate[HttpRequest, Visit, datetime, P], HttpResponseBase]


def for_family(view: FamilyView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view its visit and the time; without one, send the phone to open the page.

    What was pressed then is refused, so that nobody takes it for done (``family_closed``). Each
    page that is looked at keeps the others open for the next half hour, so that nobody's words
    are lost who writes for long.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = clock.now()
        visit = visit_of(request, now)
        if visit is None and request.method == "POST":
            return refused(request, RuleBroken("family_closed"), knows_home=True)
        if visit is None:
            return redirect(opening(_page_of(request)))
        try:
            return still_open(request, view(request, visit, now, *args, **kwargs), visit, now)
        except RuleBroken as refusal:
            return refused(request, refusal, knows_home=True)

    return answer


def refused(
    request: HttpRequest, refusal: RuleBroken, *, knows_home: bool = False
) -> HttpResponseBase:
    """Show a refusal with a way out on the family's side; the staff's first page is not theirs."""
    shown = {"code": refusal.code, "sentence": sentence(refusal), "knows_home": knows_home}
    return personal(render(request, "family/refused.html", shown, status=409))


def opening(to: str) -> str:
    """Return the address at which the phone shows its seats and then goes on to ``to``."""
    return reverse("family:my") + ("" if to == PATH else f"?{urlencode({'to': to})}")


def still_open(
    request: HttpRequest, response: HttpResponseBase, visit: Visit, now: datetime
) -> HttpResponseBase:
    """Begin the half hour anew when a page was looked at."""
    if request.method == "GET":
        seats = [seat for home in visit.homes for seat in home.seats]
        remember(response, seats, now=now, secure=request.is_secure())
    return personal(response)


def _page_of(request: HttpRequest) -> str:
    """Return the page to go on to: what was asked for, or where its file stands."""
    kept_file = reverse("family:kept-file")
    return reverse("family:kept") if request.path == kept_file else request.path


def personal(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a page out of every store but the screen."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def own_path(wanted: str) -> str:
    """Return ``wanted`` when it is a page of the family, else the first one."""
    is_own = wanted == PATH or (wanted.startswith(f"{PATH}/") and "//" not in wanted)
    return wanted if is_own and "\\" not in wanted and wanted.isprintable() else PATH
