"""The public page on which anyone can check a learning code (COD-1, domain.md 10.2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingtian.campaigns.queries import code_check
from mingtian.campaigns.rules import grouped_code
from mingtian.core import clock
from mingtian.core.clock import day_of

LONGEST_TYPED = 40


@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the form and, when a code was typed or followed, what it is.

    The answer looks alike for every code, names no person, and lists nothing.
    """
    typed = (code or request.GET.get("code", "")).strip()[:LONGEST_TYPED]
    found = code_check(typed, day_of(clock.now())) if typed else None
    shown = {
        "typed": typed,
        "check": found,
        "grouped": grouped_code(found.code) if found else "",
    }
    response = render(request, "campaigns/check.html", shown)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
