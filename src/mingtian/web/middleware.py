"""What every page that Django serves has in common: its security policy, its refusals."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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


class RefusedPages:
    """Shows a refusal that no view met itself: its sentence, a way back, status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a broken rule; every other exception takes its usual way."""
        if not isinstance(exception, RuleBroken):
            return None
        shown = {"code": exception.code, "sentence": refusals.sentence(exception)}
        return render(request, "web/refused.html", shown, status=409)
