"""Who is looking: a view of a family's page gets the visit, or the phone opens one first."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from mingtian.core import clock
from mingtian.family.access import PATH, Visit, visit_of

P = ParamSpec("P")
FamilyView = Callable[Concatenate[HttpRequest, Visit, datetime, P], HttpResponseBase]


def for_family(view: FamilyView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Give the view its visit and the time; without one, send the phone to open the page."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = clock.now()
        visit = visit_of(request, now)
        if visit is None:
            return redirect(opening(request.path if request.method == "GET" else PATH))
        return personal(view(request, visit, now, *args, **kwargs))

    return answer


def opening(to: str) -> str:
    """Return the address at which the phone shows its seats and then goes on to ``to``."""
    return reverse("family:my") + ("" if to == PATH else f"?{urlencode({'to': to})}")


def personal(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a page out of every store but the screen."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def own_path(wanted: str) -> str:
    """Return ``wanted`` when it is a page of the family, else the first one."""
    is_own = wanted == PATH or (wanted.startswith(f"{PATH}/") and "//" not in wanted)
    return wanted if is_own and "\\" not in wanted and wanted.isprintable() else PATH
