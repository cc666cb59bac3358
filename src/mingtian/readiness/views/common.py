"""What the pages of this module share: who acts, the refusal that is shown, the ways between."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.errors import RuleBroken
from mingtian.readiness.access import Place
from mingtian.readiness.actions.checklists import School
from mingtian.readiness.queries.work import Under


def school_of(place: Place) -> School:
    return School(campaign=place.campaign, unit=place.unit, path=place.leads)


def under(place: Place) -> Under:
    return Under(campaign_id=place.campaign.id, path=place.subtree, line=place.line, day=place.day)


def address(name: str, place: Place, *more: str) -> str:
    return reverse(
        f"readiness:{name}", args=[place.campaign.public_id, place.unit.public_id, *more]
    )


def do(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    back: str,
    said: str,
    show: Callable[[RuleBroken], HttpResponse],
) -> HttpResponse:
    """Act and lead back, or show the page again with the reason."""
    try:
        act()
    except RuleBroken as refusal:
        return show(refusal)
    messages.success(request, said)
    return redirect(back)


def ways(place: Place) -> list[tuple[str, str, str]]:
    """Return the parts of a unit's page that are there for the reader."""
    parts = [("unit", _("Overview"))]
    if place.more:
        parts.append(("plan", _("Plan")))
    if place.more and place.is_school:
        parts += [("sheet", _("Rules")), ("duty", _("Duty"))]
    if place.more and place.has_helpers:
        parts.append(("volunteers", _("Five-old")))
    if place.more:
        parts.append(("log", _("Log")))
    if place.more and place.has_helpers:
        parts.append(("pilots", _("Pilots")))
    return [(name, word, address(name, place)) for name, word in parts]
