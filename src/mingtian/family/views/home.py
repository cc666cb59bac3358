"""The family's first page: opening it from the phone, eight evenings, homes, leaving."""

import json
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from mingtian.certificates.pages import shown_progress
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.family.access import (
    PATH,
    Visit,
    choose,
    forget_visit,
    remember,
    seats_of_tokens,
    visit_of,
)
from mingtian.family.actions.certificates import read_progress
from mingtian.family.pages import home_choices, person_views
from mingtian.family.queries.evenings import read_evenings
from mingtian.family.rules import MOST_SEATS
from mingtian.family.views.visiting import for_family, own_path, personal, refused, still_open
from mingtian.family.words import label_of
from mingtian.screenshots.queries import uploads_open

LONGEST_POSTED = MOST_SEATS * 400


@require_GET
@ensure_csrf_cookie
def my(request: HttpRequest) -> HttpResponseBase:
    """Show the evenings of the home; a phone that has not shown its seats does so first."""
    now = clock.now()
    visit = visit_of(request, now)
    if visit is None:
        shown = {"to": own_path(request.GET.get("to", PATH)), "left": "left" in request.GET}
        return personal(render(request, "family/open.html", shown))
    return still_open(request, _evenings(request, visit, now), visit, now)


@require_POST
def open_page(request: HttpRequest) -> HttpResponseBase:
    """Check the tokens that the phone shows, and let it see the homes of those that are ours."""
    now = clock.now()
    seats = seats_of_tokens(_tokens(request), now)
    if not seats:
        return refused(request, RuleBroken("family_no_seat"))
    response = redirect(own_path(request.POST.get("to", PATH)))
    remember(response, seats, now=now, secure=request.is_secure())
    return personal(response)


@require_POST
@for_family
def switch_home(request: HttpRequest, visit: Visit, _now: datetime) -> HttpResponseBase:
    """Look at another home of this phone."""
    response = redirect("family:my")
    wanted = request.POST.get("home", "")
    if wanted in {str(home.number) for home in visit.homes}:
        choose(response, int(wanted), secure=request.is_secure())
    return response


@require_POST
def leave(_request: HttpRequest) -> HttpResponseBase:
    """Close the page on this browser; the phone stays entered."""
    response = redirect(reverse("family:my") + "?left=1")
    forget_visit(response)
    return response


def _evenings(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponse:
    evenings = read_evenings(visit.home, now)
    progress = read_progress(home=visit.home, now=now)
    shown = {
        "home": visit.home,
        "homes": home_choices(visit.homes, visit.home, now),
        "tonight": evenings.tonight,
        "upcoming": evenings.upcoming,
        "persons": person_views(evenings, progress),
        "certificates": shown_progress(
            progress,
            names={one.id: label_of(one) for one in visit.home.members},
            address=f"{PATH}/certificates",
            left=visit.home.has_left,
        ),
        "uploads": uploads_open(
            campaign_id=visit.home.campaign.id, household_id=visit.home.household_id, now=now
        ),
        "send_to": reverse("family:picture"),
    }
    return render(request, "family/my.html", shown)


def _tokens(request: HttpRequest) -> list[str]:
    """Return what the phone posted, as far as it is a list of texts."""
    text = request.POST.get("seats", "")
    try:
        posted = json.loads(text) if len(text) <= LONGEST_POSTED else []
    except ValueError:
        return []
    tokens = posted if isinstance(posted, list) else []
    return [token for token in tokens[:MOST_SEATS] if isinstance(token, str)]
