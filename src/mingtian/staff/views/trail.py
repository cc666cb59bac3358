"""The audit trail of a reach: who did what, in words, with ids and counts; by day and area."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.core import audit, clock
from mingtian.core.clock import SHANGHAI
from mingtian.org.queries import PostRow
from mingtian.staff.access import posts_reading_trail
from mingtian.staff.forms import TrailForm
from mingtian.staff.noted import told
from mingtian.staff.queries.trail import MOST_EXPORTED, MOST_SHOWN, Asked, list_trail
from mingtian.staff.words import deed_word
from mingtian.web import tables
from mingtian.web.reader import person


@login_required
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    posts, asked, form = _asked(request)
    rows = list_trail(posts, asked)
    shown = {
        "rows": [(row, deed_word(row.action), told(row.action, row.detail)) for row in rows],
        "form": form,
        "asked": asked,
        "more": len(rows) == MOST_SHOWN,
        "query": request.GET.urlencode(),
    }
    return render(request, "staff/trail.html", shown)


@login_required
@require_GET
def trail_file(request: HttpRequest, form: str) -> HttpResponse:
    """Take the entries out; who reads a trail leaves an entry in it."""
    now = clock.now()
    posts, asked, _form = _asked(request)
    rows = list_trail(posts, asked, most=MOST_EXPORTED + 1)
    heads = (
        _("When"), _("Who"), _("Account"), _("What"), _("Code of the action"), _("Unit"),
        _("About what"), _("Noted with it"),
    )  # fmt: skip
    cells = [
        (f"{row.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", row.name, row.actor,
         deed_word(row.action), row.action, row.unit, row.subject, told(row.action, row.detail))
        for row in rows
    ]  # fmt: skip
    name = f"trail-{asked.first}-{asked.last}"
    reply = tables.download([heads, *cells], name=name, form=form, most=MOST_EXPORTED)
    audit.record(
        actor=person(request).get_username(), action="staff.trail_taken", now=now,
        subject=f"unit:{posts[0].unit.public_id}", entries=min(len(rows), MOST_EXPORTED),
    )  # fmt: skip
    return reply


def _asked(request: HttpRequest) -> tuple[list[PostRow], Asked, TrailForm]:
    day = clock.day_of(clock.now())
    posts = posts_reading_trail(person(request), day)
    form = TrailForm(request.GET)
    form.is_valid()
    first, last = form.days(day)
    asked = Asked(
        first=first,
        last=last,
        actor=form.cleaned_data.get("actor", "").strip(),
        action=form.cleaned_data.get("action", "").strip(),
    )
    return posts, asked, form
