"""What allauth shows when somebody asks too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say to wait a minute, in the look of the house."""
    refusal = RuleBroken("too_many_tries", minutes=1)
    shown = {"code": refusal.code, "sentence": sentence(refusal)}
    return render(request, "web/refused.html", shown, status=429)
