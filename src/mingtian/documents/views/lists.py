"""The inbox, and the register of what was issued and received."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.documents import access
from mingtian.documents.queries import list_received, list_register, list_unissued, rows_of
from mingtian.documents.rules import HANDLERS, Genre
from mingtian.documents.words import GENRES, STATE_CHIPS, STATES
from mingtian.web import tables
from mingtian.web.paging import cut

MOST_TAKEN_OUT = 5000


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what the reader's units have received, have in hand, and are writing."""
    now = clock.now()
    posts = access.posts_of_reader(request.user, now)
    units = access.units_of(posts)
    received = list_received(units)
    shown = {
        "may_read": bool(posts),
        "answered": access.units_of(posts, HANDLERS),
        "new": [each for each in received if each.received_at is None],
        "in_hand": [each for each in received if each.received_at is not None],
        "drafts": [
            (row, STATES[row.state], STATE_CHIPS[row.state], GENRES[row.genre])
            for row in list_unissued(units)
        ],
        "writing": access.writing_posts(request.user, now),
        "genres": GENRES.items(),
        "many_units": len(units) > 1,
    }
    return render(request, "documents/inbox.html", shown)


@login_required
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show what was issued or received at the reader's units; searched by number and title."""
    units = access.units_of(access.posts_of_reader(request.user, clock.now()))
    q = request.GET.get("q", "")[:100]
    found, page = cut(list_register(units, q), request)
    rows = rows_of(found)
    shown = {
        "q": q,
        "page": page,
        "own": set(units),
        "rows": [(row, GENRES[row.genre]) for row in rows],
        "file_query": request.GET.urlencode(),
    }
    return render(request, "documents/register.html", shown)


@login_required
@require_GET
def register_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the register, as it is searched, as CSV or XLSX."""
    units = access.units_of(access.posts_of_reader(request.user, clock.now()))
    found = rows_of(list_register(units, request.GET.get("q", "")[:100])[: MOST_TAKEN_OUT + 1])
    head = [
        _("Document number"),
        _("Title of the document"),
        _("Kind of document"),
        _("Issued by"),
        _("Issued at"),
        _("State"),
    ]
    body = [
        [
            row.reference, row.title, str(GENRES[Genre(row.genre)]), row.unit,
            row.issued_at,
            _("replaced") if row.replaced else str(STATES[row.state]),
        ]
        for row in found
    ]  # fmt: skip
    return tables.download([head, *body], name="documents", form=form, most=MOST_TAKEN_OUT)
