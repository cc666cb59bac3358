"""An edition is given out, and what is made from it: a paper, a file."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import audit, clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.queries import letterhead_of
from mingtian.org.rules import UnitKind
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.word import draw_docx
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.reader import person
from mingtian.yearbook import access, actions
from mingtian.yearbook.access import Sight
from mingtian.yearbook.outline import tables_of
from mingtian.yearbook.pages import LEGEND
from mingtian.yearbook.queries.editions import get_newest
from mingtian.yearbook.rows import Sheet
from mingtian.yearbook.views.books import show_book
from mingtian.yearbook.wording import paper_of

FORMS = {
    "pdf": (draw_pdf, "application/pdf"),
    "docx": (
        draw_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@login_required
@require_POST
def give_out(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Take today's numbers as an edition; with ``closing`` the year ends with it."""
    now = clock.now()
    sight = access.get_sight_to_give_out(request.user, unit, now)
    asked = access.get_year(year, day_of(now))
    closing = request.POST.get("closing") == "yes"

    def do() -> str:
        edition = actions.give_out(sight, asked, closing=closing, now=now, by=actor(request))
        if edition.closing:
            return _("The year is closed. Its numbers stand as they are.")
        return _("The numbers were given out. The city reads them from now on.")

    return act(
        request, do, to=reverse("yearbook:book", args=[unit, year]),
        again=lambda refusal: show_book(request, sight, asked, refusal),
    )  # fmt: skip


@login_required
@never_cache
@require_GET
def paper(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """Give the newest edition of a county as an official paper."""
    sight, sheet = _given(request, unit, year)
    if form not in FORMS:
        raise Http404
    draw, content_type = FORMS[form]
    edition = sheet.edition
    assert edition is not None, "what was given out has an edition"
    mark = letterhead_of(sight.unit).mark
    made = draw(paper_of(sheet, edition, mark=mark, issued_on=edition.taken_on))
    _note(request, sheet, form)
    reply = HttpResponse(made, content_type=content_type)
    reply.headers["Content-Disposition"] = f'attachment; filename="{_name(sheet)}.{form}"'
    return reply


@login_required
@never_cache
@require_GET
def figures(request: HttpRequest, unit: str, year: int, form: str) -> HttpResponse:
    """Give the newest edition of a county as CSV or XLSX: masked, whoever takes it."""
    _sight, sheet = _given(request, unit, year)
    edition = sheet.edition
    assert edition is not None, "what was given out has an edition"
    rows: list[tables.Row] = [
        [f"{sheet.unit.title} · {sheet.year.number}"],
        [_("As of"), edition.taken_on.isoformat()],
        [_("Fingerprint"), edition.digest],
        [_("Fingerprint of the books"), edition.book_head],
        [str(LEGEND)],
    ]
    for table in tables_of(sheet):
        rows += [[], *table.for_file()]
    reply = tables.download(rows, name=_name(sheet), form=form)
    _note(request, sheet, form)
    return reply


def _given(request: HttpRequest, unit: str, year: int) -> tuple[Sight, Sheet]:
    now = clock.now()
    sight = access.get_sight(request.user, unit, now)
    if sight.unit.kind is not UnitKind.COUNTY:
        raise Http404
    try:
        return sight, get_newest(sight.unit, access.get_year(year, day_of(now)))
    except RuleBroken:
        # The page has no link to what was not given out yet.
        raise Http404 from None


def _name(sheet: Sheet) -> str:
    return f"year-{sheet.year.number}-{sheet.unit.public_id}"


def _note(request: HttpRequest, sheet: Sheet, form: str) -> None:
    assert sheet.edition is not None, "only an edition is taken out"
    audit.record(
        actor=person(request).get_username(), action="yearbook.taken_out",
        subject=f"edition:{sheet.edition.public_id}", now=clock.now(), form=form,
    )  # fmt: skip
