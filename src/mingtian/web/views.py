"""Switches that every page carries, and the living page of components."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from mingtian.web.specimens import SPECIMENS

YEAR_SECONDS = 365 * 24 * 3600
TYPE_COOKIE = "type"


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language asked for and go back; unknown languages change nothing."""
    response = _back(request)
    chosen = request.POST.get("lang", "")
    if chosen in dict(settings.LANGUAGES):
        _remember(request, response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def type_size(request: HttpRequest) -> HttpResponseBase:
    """Remember large or normal type and go back (domain.md 11.7); works without scripts."""
    response = _back(request)
    chosen = request.POST.get("type", "")
    if chosen in {"large", "normal"}:
        _remember(request, response, TYPE_COOKIE, chosen)
    return response


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with sample rows; only while DEBUG is on."""
    return render(request, "web/components.html", SPECIMENS)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Go to the page named by ``next`` when it is on this host, else to the first page."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


def _remember(request: HttpRequest, response: HttpResponseBase, cookie: str, value: str) -> None:
    # Not HttpOnly: the page's own scripts switch type at once and read the same cookie.
    response.set_cookie(
        cookie, value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure(), path="/"
    )
