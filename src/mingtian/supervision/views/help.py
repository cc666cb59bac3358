"""Where help is wanted on an evening, at the unit where the reader stands."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.org.queries import list_posts
from mingtian.supervision import access, pages
from mingtian.supervision.queries.help import latest_lecture
from mingtian.supervision.rules import VISITING
from mingtian.web import tables

TABLES = {
    "below": pages.below_table,
    "calls": pages.call_table,
    "tickets": pages.ticket_table,
}


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the own unit and the evening that has begun last."""
    now = clock.now()
    assert request.user.pk is not None
    for post in list_posts(request.user.pk, day_of(now)):
        lecture = latest_lecture(post.unit.id, now)
        if lecture is not None:
            return redirect("supervision:help", lecture, post.unit.public_id)
    return render(request, "supervision/none.html")


@login_required
@require_GET
def show(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show what fell, who is called, who asks for help."""
    now = clock.now()
    day, place = access.get_evening_for(request.user, lecture, unit, now)
    page = pages.help_page(day, place, now)
    shown = {
        "place": place,
        "day": day,
        "page": page,
        "own_mark": pages.mark_words(page.mark) if page.mark else "",
        "visits": place.reads and (place.unit.kind in VISITING or place.unit.kind == "school"),
    }
    return render(request, "supervision/help.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, lecture: int, unit: str, what: str, form: str) -> HttpResponse:
    """Give one of the page's tables as CSV or XLSX."""
    now = clock.now()
    day, place = access.get_evening_for(request.user, lecture, unit, now)
    if what not in TABLES or (what != "below" and not place.reads):
        raise Http404
    rows = TABLES[what](pages.help_page(day, place, now), place, day)
    return tables.download(rows, name=f"{what}-{day.held_on}-{place.unit.public_id}", form=form)
