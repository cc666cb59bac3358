"""What the pages of this module have in common."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence

REFUSED = 422
TABLE = 5_000
"""So many rows a file for a spreadsheet holds at most."""


def show(
    request: HttpRequest, template: str, shown: dict[str, object], refusal: RuleBroken | None = None
) -> HttpResponse:
    """Show a page, with the reason when something that was sent was refused."""
    told = {"refusal": refusal, "told": sentence(refusal) if refusal else ""}
    form = shown.get("form")
    wrong = refusal is not None or bool(getattr(form, "errors", None))
    return render(request, template, {**shown, **told}, status=REFUSED if wrong else 200)
