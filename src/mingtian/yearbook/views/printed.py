"""Figures as reports printed them, beside what is counted now."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told
from mingtian.yearbook import access, actions
from mingtian.yearbook.access import Sight
from mingtian.yearbook.forms import PrintedForm
from mingtian.yearbook.printed import compare, printable
from mingtian.yearbook.queries import count_book
from mingtian.yearbook.queries.printed import list_printed
from mingtian.yearbook.rows import Book
from mingtian.yearbook.rules import Year


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def printed(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Show a county's printed figures with their lines; its office notes one more."""
    now = clock.now()
    sight = access.get_sight(request.user, unit, now)
    if not sight.takes or sight.unit.kind is not UnitKind.COUNTY:
        raise Http404
    asked = access.get_year(year, day_of(now))
    book = count_book(sight.unit, sight.subtree, asked, day_of(now))
    places = _places(book)
    form = PrintedForm(
        request.POST if request.method == "POST" else None, numbers=printable(book),
        places=[(key, book.units[place or book.unit.id].title) for key, place in places.items()],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            actions.note_printed(sight, asked, form.row(places), now=now, by=actor(request))
            return ""

        return act(
            request, do, to=reverse("yearbook:printed", args=[unit, year]),
            again=lambda refusal: _page(request, sight, asked, book, form, refusal),
        )  # fmt: skip
    return _page(request, sight, asked, book, form)


def _page(
    request: HttpRequest, sight: Sight, year: Year, book: Book, form: PrintedForm,
    refusal: RuleBroken | None = None,
) -> HttpResponse:  # fmt: skip
    shown = {
        "unit": sight.unit, "year": year, "form": form,
        "rows": compare(book, list_printed(sight.unit.id, year)), **told(refusal),
    }  # fmt: skip
    wrong = refusal is not None or bool(form.errors)
    return render(request, "yearbook/printed.html", shown, status=422 if wrong else 200)


def _places(book: Book) -> dict[str, int | None]:
    """Return the whole and the places below by public id; the whole is None."""
    below = {unit.public_id: key for key, unit in book.units.items() if key != book.unit.id}
    return {book.unit.public_id: None} | below
