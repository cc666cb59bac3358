"""The public page on which anyone can check a certificate (CER-3). It works without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mingtian.certificates.queries.certificates import check_serial
from mingtian.certificates.rules import grouped_serial, is_serial, tidy_serial

LONGEST_TYPED = 60


@require_safe
def check(request: HttpRequest, serial: str = "") -> HttpResponse:
    """Show the form and, when a number was typed or scanned, whether it is valid.

    Reveals validity, the issuing body and the campaign; nothing of the person. Numbers hold 75
    random bits, so trying them finds nothing.
    """
    typed = (serial or request.GET.get("number", "")).strip()[:LONGEST_TYPED]
    found = check_serial(typed.replace("\x00", "")) if typed else None
    certificate = found.certificate if found else None
    shown = {
        "typed": typed,
        "check": found,
        "certificate": certificate,
        "grouped": grouped_serial(found.serial) if found and not found.mistyped else typed,
        "issuer": certificate.campaign.issuer if certificate else "",
    }
    response = render(request, "certificates/check.html", shown)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def check_typed(request: HttpRequest) -> HttpResponse:
    """Show the empty form; a well-formed number gets an address of its own."""
    serial = tidy_serial(request.GET.get("number", "")[:LONGEST_TYPED])
    if is_serial(serial):
        response = redirect("certificates:check", serial)
        response.headers["Cache-Control"] = "private, no-store"
        return response
    return check(request)
