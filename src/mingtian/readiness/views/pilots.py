"""Pilot communities and key families (PIL-1)."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.campaigns.queries import list_lectures
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Line
from mingtian.readiness import access, actions
from mingtian.readiness.access import Place
from mingtian.readiness.actions import FamilyWish, PilotWish
from mingtian.readiness.forms import FamilyForm, FindingForm, PilotForm
from mingtian.readiness.queries.pilots import (
    list_coordinators,
    list_families,
    list_homes_of,
    list_pilots,
    list_villages,
)
from mingtian.readiness.rules import BOARDS_OF_PILOTS
from mingtian.readiness.views.common import address, do, under, ways
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_http_methods(["GET", "POST"])
def pilots(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show the pilot communities below; an office of county or city chooses them."""
    now = clock.now()
    sending = request.method == "POST"
    door = access.get_place_to_choose if sending else access.get_place_of_helpers
    place = door(request.user, campaign, unit, now)
    form = _pilot_form(place, request.POST if sending else None)
    if not sending or not form.is_valid():
        return _show(request, place, form)
    wish = PilotWish(**form.cleaned_data)

    def act() -> None:
        actions.choose_pilot(
            campaign=place.campaign, under=under(place), wish=wish, by=actor(request), now=now
        )

    return do(
        request, act, back=address("pilots", place), said=_("Chosen as a pilot."),
        show=lambda refusal: _show(request, place, form, refusal),
    )  # fmt: skip


@login_required
@require_POST
def pilot_end(request: HttpRequest, campaign: str, unit: str, pilot: str) -> HttpResponse:
    """End a pilot; its families are let go."""
    place = access.get_place_to_choose(request.user, campaign, unit, now := clock.now())

    def act() -> None:
        actions.end_pilot(
            campaign=place.campaign, under=under(place), pilot=pilot, by=actor(request), now=now
        )

    return _do_to_pilot(request, place, act, _("The pilot has ended."))


@login_required
@require_POST
def pilot_finding(request: HttpRequest, campaign: str, unit: str, pilot: str) -> HttpResponse:
    """Keep what a pilot has taught."""
    place = access.get_place_to_choose(request.user, campaign, unit, now := clock.now())
    form = FindingForm(request.POST)
    typed = {"pilot": pilot, "text": request.POST.get("text", "")}

    def act() -> None:
        if not form.is_valid():
            raise RuleBroken("readiness_words_missing")
        actions.tell_finding(
            campaign=place.campaign, under=under(place), pilot=pilot,
            text=form.cleaned_data["text"], by=actor(request), now=now,
        )  # fmt: skip

    return do(
        request, act, back=address("pilots", place), said=_("Kept for all who see this pilot."),
        show=lambda refusal: _show(
            request, place, _pilot_form(place, None), refusal, typed=typed
        ),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def families(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show the key families of a community under their numbers, to its own offices."""
    now = clock.now()
    sending = request.method == "POST"
    door = access.get_families_to_keep if sending else access.get_place_of_families
    place = door(request.user, campaign, unit, now)
    form = _family_form(place, request.POST if sending else None)
    if not sending or not form.is_valid():
        return _show_families(request, place, form)
    wish = FamilyWish(**form.cleaned_data)

    def act() -> None:
        actions.write_family(
            campaign=place.campaign, unit=place.unit, wish=wish, by=actor(request), now=now
        )

    return do(
        request, act, back=address("families", place), said=_("Written down."),
        show=lambda refusal: _show_families(request, place, form, refusal),
    )  # fmt: skip


@login_required
@require_POST
def family_drop(request: HttpRequest, campaign: str, unit: str, family: str) -> HttpResponse:
    """Let a key family go."""
    now = clock.now()
    place = access.get_families_to_keep(request.user, campaign, unit, now)
    actions.drop_family(
        campaign=place.campaign, unit=place.unit, family=family, by=actor(request), now=now
    )
    return redirect(address("families", place))


def _do_to_pilot(
    request: HttpRequest, place: Place, act: Callable[[], None], said: str
) -> HttpResponse:
    return do(
        request, act, back=address("pilots", place), said=said,
        show=lambda refusal: _show(request, place, _pilot_form(place, None), refusal),
    )  # fmt: skip


def _pilot_form(place: Place, sent: object) -> PilotForm:
    villages = list_villages(under(place)) if place.may_choose else []
    offered = [(each.public_id, each.title) for each in villages if not each.is_pilot]
    if sent is not None:
        # One that was chosen meanwhile gets a sentence of its own.
        offered = [(each.public_id, each.title) for each in villages]
    people = list_coordinators(place.unit.id, place.today) if place.may_choose else []
    return PilotForm(sent, villages=offered, people=people)


def _family_form(place: Place, sent: object) -> FamilyForm:
    homes = list_homes_of(place.unit, place.day)
    offered = [
        (
            home,
            ngettext("Home %(home)s, %(size)s person", "Home %(home)s, %(size)s persons", size)
            % {"home": home[:4], "size": size},
        )
        for home, _key, size in homes
    ]
    return FamilyForm(sent, homes=offered)


def _show(
    request: HttpRequest, place: Place, form: PilotForm, refusal: RuleBroken | None = None,
    *, typed: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the pilots; ``typed`` is what was refused of one pilot's finding, kept in its box."""
    found = list_pilots(under(place))
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "pilots",
        "pilots": found,
        "findings": [each for each in found if each.finding],
        "compared": _compared(place) if any(each.ended_on is None for each in found) else None,
        "form": form,
        "typed": typed,
        **told(refusal),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "readiness/pilots.html", shown, status=status)


def _compared(place: Place) -> int | None:
    """Return the latest lecture by key, on whose board pilots stand beside all others, or None."""
    if place.unit.kind not in BOARDS_OF_PILOTS or place.line is not Line.LEADS:
        return None
    held = [each.id for each in list_lectures(place.campaign.id) if each.held_on <= place.today]
    return held[-1] if held else None


def _show_families(
    request: HttpRequest, place: Place, form: FamilyForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    pilot = next(iter(list_pilots(under(place))), None)
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "pilots",
        "pilot": pilot,
        "families": list_families(place.campaign.id, place.unit.id),
        "may_write": access.may_write_families(request.user, place),
        "form": form,
        **told(refusal),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "readiness/families.html", shown, status=status)
