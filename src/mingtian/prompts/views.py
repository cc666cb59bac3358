"""Pages of reminders: what is to be passed on, how far the next link is (SGN-2, SUP-3)."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.prompts import access, actions, pages
from mingtian.prompts.access import Place
from mingtian.prompts.evenings import evening_at
from mingtian.prompts.queries import list_links
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told

LONGEST_ID = 20


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the own link and the evening whose prompts have begun, or comes next."""
    now = clock.now()
    for post in access.own_posts(request.user, now):
        lecture = evening_at(post.unit.id, now)
        if lecture is not None:
            return redirect("prompts:page", lecture, post.unit.public_id)
    return render(request, "prompts/none.html")


@login_required
@require_GET
def page(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show what the unit is to pass on, and how far those directly below are."""
    now = clock.now()
    return _show(request, access.get_place_for(request.user, lecture, unit, now), now)


@login_required
@require_GET
def export(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the chain below as CSV or XLSX."""
    place = access.get_place_for(request.user, lecture, unit, clock.now())
    if place.unit.kind is UnitKind.CLASS:
        raise Http404
    name = f"chain-{place.evening.held_on}-{place.unit.public_id}"
    return tables.download(pages.table_of(list_links(place)), name=name, form=form)


@login_required
@require_POST
def pass_on(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Note that the unit has passed on what it was asked."""
    now = clock.now()
    place = access.get_place_to_act(request.user, lecture, unit, now)

    def do() -> str:
        actions.pass_on(place=place, by=actor(request), now=now)
        return _("Noted. Thank you.")

    return _do(request, place, now, do)


@login_required
@require_POST
def prompt(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Prompt one unit directly below, or all of them where pupils are missing."""
    now = clock.now()
    place = access.get_place_to_act(request.user, lecture, unit, now)
    if place.unit.kind is UnitKind.CLASS:
        raise Http404
    to = request.POST.get("to", "")[:LONGEST_ID]

    def do() -> str:
        new = actions.prompt(place=place, to=to, by=actor(request), now=now)
        return ngettext("%(number)s unit was prompted.", "%(number)s units were prompted.", new) % {
            "number": new
        }

    return _do(request, place, now, do)


@login_required
@require_POST
def robot(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Let the robot of the unit's own group say the text, and note that it was passed on."""
    now = clock.now()
    place = access.get_place_to_act(request.user, lecture, unit, now)
    if place.unit.kind not in pages.AUDIENCES:
        raise Http404
    shown = pages.page_of(request.user, place, now)

    def do() -> str:
        actions.pass_on_by_robot(
            place=place, groups=shown.robots, text=shown.text, by=actor(request), now=now
        )
        return _("The group's robot says it within a minute.")

    return _do(request, place, now, do)


def _do(request: HttpRequest, place: Place, now: datetime, do: Callable[[], str]) -> HttpResponse:
    to = reverse("prompts:page", args=[place.evening.lecture_id, place.unit.public_id])
    return act(request, do, to=to, again=lambda refusal: _show(request, place, now, refusal))


def _show(
    request: HttpRequest, place: Place, now: datetime, refusal: RuleBroken | None = None
) -> HttpResponse:
    shown = {
        "place": place,
        "evening": place.evening,
        "page": pages.page_of(request.user, place, now),
        **told(refusal),
    }
    response = render(request, "prompts/page.html", shown, status=422 if refusal else 200)
    # A class's page holds names; nobody on the way keeps a copy.
    response.headers["Cache-Control"] = "private, no-store"
    return response
