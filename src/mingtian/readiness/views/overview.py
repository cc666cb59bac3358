"""How ready a unit is: the school's three taps, the counts above it (PUB-2)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import UnitKind
from mingtian.readiness import access, actions
from mingtian.readiness.access import Place
from mingtian.readiness.forms import ItemForm
from mingtian.readiness.pages import overview_of
from mingtian.readiness.queries.checklists import find_checklist
from mingtian.readiness.queries.duty import list_evenings, list_staff
from mingtian.readiness.rules import Item, checklist_due_on, state_of
from mingtian.readiness.views.common import address, do, school_of, ways
from mingtian.readiness.words import STATE_CHIPS, STATE_WORDS
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the own unit in the newest campaign."""
    assert isinstance(request.user, User)
    found = access.own_place(request.user, clock.now())
    if found is None:
        return render(request, "readiness/none.html")
    campaign, unit = found
    name = "sheet" if unit.kind is UnitKind.CLASS else "unit"
    return redirect(f"readiness:{name}", campaign, unit.public_id)


@login_required
@require_GET
def unit(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show a school's checklist, or how many schools below are ready."""
    now = clock.now()
    return _show(request, access.get_place_for(request.user, campaign, unit, now), now)


@login_required
@require_POST
def fill(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Note one point of the school's checklist."""
    now = clock.now()
    place = access.get_school_to_keep(request.user, campaign, unit, now)
    form = ItemForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise RuleBroken("choice_unknown")
        sent = form.cleaned_data
        actions.fill_item(
            school=school_of(place), item=sent["item"], day=sent["day"], who=sent["who"],
            by=actor(request), now=now,
        )  # fmt: skip

    return do(
        request, act, back=address("unit", place), said=_("Noted. Thank you."),
        show=lambda refusal: _show(request, place, now, refusal),
    )  # fmt: skip


def _show(
    request: HttpRequest, place: Place, now: datetime, refusal: RuleBroken | None = None
) -> HttpResponse:
    shown = {"place": place, "ways": ways(place), "here": "unit", **told(refusal)}
    template = "readiness/school.html" if place.is_school else "readiness/unit.html"
    shown |= _school(place, now) if place.is_school else overview_of(place, now)
    return render(request, template, shown, status=422 if refusal else 200)


def _school(place: Place, now: datetime) -> dict[str, object]:
    if not place.direct:
        return {}
    found = find_checklist(place.campaign.id, place.unit.id)
    state = state_of(found.points, place.campaign.first_on)
    evenings = list_evenings(place.campaign.id, place.unit.id, now)
    return {
        "checklist": found,
        "points": found.points,
        "done": found.points.done,
        "of": len(Item),
        "state_chip": STATE_CHIPS[state],
        "state_word": STATE_WORDS[state],
        "due_on": checklist_due_on(place.campaign.first_on),
        "staff": list_staff(place.leads, place.today) if place.may_keep else [],
        "gaps": [each for each in evenings if each.is_gap],
        "evenings": evenings,
    }
