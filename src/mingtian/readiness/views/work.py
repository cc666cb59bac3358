"""Duties of the five-old (PER-1) and the log of levers (PER-2)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.readiness import access, actions
from mingtian.readiness.access import Place
from mingtian.readiness.actions import ActivityWish, DutyWish
from mingtian.readiness.forms import ActivityForm, DutyWishForm
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.queries.work import (
    lever_sums,
    list_activities,
    list_duties,
    list_groups,
)
from mingtian.readiness.views.common import address, do, under, ways
from mingtian.readiness.words import LEVER_WORDS, TASK_WORDS
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_http_methods(["GET", "POST"])
def volunteers(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show what the five-old do; the township's office shares it out."""
    now = clock.now()
    sending = request.method == "POST"
    door = access.get_place_to_share_out if sending else access.get_place_of_helpers
    place = door(request.user, campaign, unit, now)
    groups = list_groups(place.unit.id, place.day) if place.may_share_out else []
    offered = [(each.public_id, each.title) for each in groups]
    form = DutyWishForm(request.POST if sending else None, groups=offered)
    if not sending or not form.is_valid():
        return _show_volunteers(request, place, form)
    wish = DutyWish(**form.cleaned_data)

    def act() -> None:
        actions.write_duty(
            campaign=place.campaign, unit=place.unit, wish=wish, by=actor(request), now=now
        )

    return do(
        request, act, back=address("volunteers", place), said=_("Kept."),
        show=lambda refusal: _show_volunteers(request, place, form, refusal),
    )  # fmt: skip


@login_required
@require_POST
def volunteers_remove(request: HttpRequest, campaign: str, unit: str, duty: str) -> HttpResponse:
    """Take a duty of the five-old off."""
    now = clock.now()
    place = access.get_place_to_share_out(request.user, campaign, unit, now)
    actions.remove_duty(
        campaign=place.campaign, unit=place.unit, duty=duty, by=actor(request), now=now
    )
    return redirect(address("volunteers", place))


@login_required
@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show what each lever did here and below; the own office adds lines."""
    now = clock.now()
    sending = request.method == "POST"
    door = access.get_place_to_keep if sending else access.get_place_to_read
    place = door(request.user, campaign, unit, now)
    if not sending:
        return _show_log(request, place, ActivityForm(initial={"done_on": place.today}))
    form = ActivityForm(request.POST)
    if not form.is_valid():
        return _show_log(request, place, form)
    wish = ActivityWish(**form.cleaned_data)
    return _log(request, place, wish, form, now)


def _log(
    request: HttpRequest, place: Place, wish: ActivityWish, form: ActivityForm, now: datetime
) -> HttpResponse:
    def act() -> None:
        actions.log_activity(
            campaign=place.campaign, unit=place.unit, wish=wish, by=actor(request), now=now
        )

    return do(
        request, act, back=address("log", place), said=_("In the log."),
        show=lambda refusal: _show_log(request, place, form, refusal),
    )  # fmt: skip


@login_required
@require_POST
def log_remove(request: HttpRequest, campaign: str, unit: str, activity: str) -> HttpResponse:
    """Take a line off the own log."""
    now = clock.now()
    place = access.get_place_to_keep(request.user, campaign, unit, now)
    actions.remove_activity(
        campaign=place.campaign, unit=place.unit, activity=activity, by=actor(request), now=now
    )
    return redirect(address("log", place))


def _show_volunteers(
    request: HttpRequest, place: Place, form: DutyWishForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    found = list_duties(under(place))
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "volunteers",
        "rows": [(each, TASK_WORDS[each.task]) for each in found],
        "sums": [
            (word, sum(each.volunteers for each in found if each.task == task))
            for task, word in TASK_WORDS.items()
        ],
        "form": form,
        **told(refusal),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "readiness/volunteers.html", shown, status=status)


def _show_log(
    request: HttpRequest, place: Place, form: ActivityForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    below = under(place)
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "log",
        "sums": [
            (each, LEVER_WORDS[each.lever], LEG_WORDS[each.leg]) for each in lever_sums(below)
        ],
        "rows": [(each, LEVER_WORDS[each.lever]) for each in list_activities(below)],
        "form": form,
        **told(refusal),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "readiness/log.html", shown, status=status)
