"""What the pages of this module have in common."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence

Row = TypeVar("Row", bound=Model)

PAGE = 50
REFUSED = 422
TABLE = 5_000
"""So many rows a file for a spreadsheet holds at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One page of a long list; ``earlier`` and ``later`` are numbers of pages, 0 for none."""

    number: int
    earlier: int
    later: int


def show(
    request: HttpRequest, template: str, shown: dict[str, object], refusal: RuleBroken | None = None
) -> HttpResponse:
    """Show a page, with the reason when something that was sent was refused."""
    told = {"refusal": refusal, "told": sentence(refusal) if refusal else ""}
    form = shown.get("form")
    wrong = refusal is not None or bool(getattr(form, "errors", None))
    return render(request, template, {**shown, **told}, status=REFUSED if wrong else 200)


def cut(found: QuerySet[Row], asked: str) -> tuple[QuerySet[Row], Sheet]:
    """Return one page of the rows; a page that is asked for in no number is the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = max(number, 1)
    start = (number - 1) * PAGE
    more = found[start + PAGE : start + PAGE + 1].exists()
    sheet = Sheet(number=number, earlier=number - 1, later=number + 1 if more else 0)
    return found[start : start + PAGE], sheet
