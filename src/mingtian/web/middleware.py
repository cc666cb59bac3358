"""What every page that Django serves has in common: its security policy, its refusals."""

from collections.abc import Callable

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.core.errors import RuleBroken
from mingtian.web import refusals

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' https: blob:; connect-src 'self' https:; worker-src 'self' blob:; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)


class ContentSecurityPolicy:
    """Adds the policy: nothing from elsewhere but video, no inline script or style."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


NUMERIC_VALUE_OUT_OF_RANGE = "22003"
NEVER_SENT: None = None
"""The driver itself found a NUL, which no text of PostgreSQL can hold."""


class RefusedPages:
    """Shows a refusal that no view met itself: its sentence, a way back, status 409.

    What was asked for by a value that no row can hold is not there: 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a broken rule; every other exception takes its usual way."""
        if isinstance(exception, DataError) and _asks_for_the_impossible(exception):
            raise Http404 from exception
        if not isinstance(exception, RuleBroken):
            return None
        shown = {"code": exception.code, "sentence": refusals.sentence(exception)}
        return render(request, "web/refused.html", shown, status=409)


def _asks_for_the_impossible(exception: DataError) -> bool:
    state = getattr(exception.__cause__, "sqlstate", "")
    return state in {NEVER_SENT, NUMERIC_VALUE_OUT_OF_RANGE}
