"""What pages of gifts share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.gifts.access import Desk, any_desk_for, desk_for
from mingtian.gifts.pages import Page
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.papers.paper import Paper
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.word import draw_docx
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAWN: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (draw_pdf, "application/pdf"),
    "docx": (draw_docx, WORD),
}


def desk_of(request: HttpRequest) -> Desk:
    """Return the places for which the reader records gifts, or 404."""
    return desk_for(person(request), clock.now())


@contextmanager
def inside(
    request: HttpRequest,
    desk: Desk | None = None,
    *,
    carrying: bool = False,
    purpose: Purpose = Purpose.AID,
) -> Iterator[tuple[Desk, Door]]:
    """Open the door for the reader's desk: 404 without one; ``carrying`` lets helpers in too."""
    now = clock.now()
    if desk is None:
        desk = (any_desk_for if carrying else desk_for)(person(request), now)
    with enter(person(request), now=now, purpose=purpose) as door:
        yield desk, door


def show(request: HttpRequest, page: Page, refusal: RuleBroken | None = None) -> HttpResponse:
    """Show a page, with why not if something was refused. Stands outside the door."""
    wrong = refusal is not None or (page.form is not None and bool(page.form.errors))
    shown = {"page": page, **told(refusal)}
    return render(request, "gifts/page.html", shown, status=422 if wrong else 200)


def paper(made: Paper, name: str, form: str) -> HttpResponse:
    """Return a paper as a file; 404 for a form that there is not."""
    if form not in DRAWN:
        raise Http404
    draw, content_type = DRAWN[form]
    reply = HttpResponse(draw(made), content_type=content_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return reply


def county_row(desk: Desk, unit_id: int) -> UnitRow:
    """Return the county in whose book a place's stock stands."""
    county = desk.county_of[unit_id]
    rows = unit_rows([county], clock.day_of(clock.now()))
    if county not in rows:
        raise Http404
    return rows[county]


def county_choices(desk: Desk, *, deciding: bool = False) -> list[tuple[str, str]]:
    """Return the counties of the desk's places for a form."""
    wanted = {desk.county_of[unit] for unit in desk.units if not deciding or unit in desk.deciding}
    rows = unit_rows(sorted(wanted), clock.day_of(clock.now()))
    return [(row.public_id, row.title) for row in rows.values()]


def county_id(desk: Desk, public_id: str) -> int:
    """Return the key of one of the desk's counties, or 404."""
    rows = unit_rows(desk.counties, clock.day_of(clock.now()))
    found = next((row.id for row in rows.values() if row.public_id == public_id), None)
    if found is None:
        raise Http404
    return found
