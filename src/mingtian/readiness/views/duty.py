"""The duty roster of a school, and each person's own turns (SUP-5)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import path_on
from mingtian.readiness import access, actions
from mingtian.readiness.access import Place
from mingtian.readiness.actions import Wanted
from mingtian.readiness.forms import DutyForm, SwapForm
from mingtian.readiness.queries.duty import (
    list_colleagues,
    list_evenings,
    list_open_swaps,
    list_staff,
    list_turns_of,
)
from mingtian.readiness.views.common import address, do, school_of, ways
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show who has charge of which evening; the school's head names them."""
    now = clock.now()
    door = access.get_school_to_keep if request.method == "POST" else access.get_school_for
    place = door(request.user, campaign, unit, now)
    if request.method == "GET":
        return _show(request, place, now)
    form = _form(place, now, request)
    if not form.is_valid():
        return _show(request, place, now, form)
    sent = form.cleaned_data
    wanted = [
        Wanted(
            lecture_id=each.lecture_id,
            first=sent[f"first_{each.lecture_id}"],
            substitute=sent[f"second_{each.lecture_id}"],
        )
        for each in form.evenings
        if f"first_{each.lecture_id}" in request.POST
    ]

    def act() -> None:
        actions.name_duty(school=school_of(place), wanted=wanted, by=actor(request), now=now)

    return do(
        request, act, back=address("duty", place), said=_("The roster is kept."),
        show=lambda refusal: _show(request, place, now, form, refusal),
    )  # fmt: skip


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's own turns, and who asks to change."""
    return _mine(request, clock.now())


@login_required
@require_http_methods(["GET", "POST"])
def swap_ask(request: HttpRequest, turn: str) -> HttpResponse:
    """Ask a colleague to take one of the reader's turns, in return for another or without."""
    now = clock.now()
    found = access.get_turn_for(request.user, turn, now)
    path = path_on(found.unit_id, now_day := found.lecture.held_on)
    assert request.user.pk is not None
    form = SwapForm(request.POST if request.method == "POST" else None)
    refusal: RuleBroken | None = None

    def show(refused: RuleBroken | None) -> HttpResponse:
        own = {request.user.get_username()}
        shown = {
            "turn": found,
            "form": form,
            "turns": [
                each
                for each in list_colleagues([found.unit_id], found.user_id, now)
                if each.starts_at != found.lecture.starts_at
            ],
            "staff": [each for each in list_staff(path, now_day) if each.username not in own],
            **told(refused),
        }
        return render(request, "readiness/swap.html", shown, status=422 if refused else 200)

    if request.method == "GET":
        return show(refusal)
    form.is_valid()
    sent = form.cleaned_data

    def act() -> None:
        actions.ask_swap(
            turn=found, whom=sent.get("whom", ""), back=sent.get("back", ""),
            words=sent.get("words", ""),
            by=actor(request), now=now,
        )  # fmt: skip

    return do(
        request, act, back=_mine_address(),
        said=_("Asked. The turn changes when your colleague agrees."), show=show,
    )  # fmt: skip


@login_required
@require_POST
def swap_answer(request: HttpRequest, swap: str) -> HttpResponse:
    """Agree to a change of turns, decline it, or take the own request back."""
    now = clock.now()
    found = access.get_swap_for(request.user, swap, now)
    said = request.POST.get("answer", "")

    def act() -> None:
        if said == "withdraw":
            actions.withdraw_swap(swap=found, by=actor(request), now=now)
        elif said in {"yes", "no"}:
            actions.answer_swap(swap=found, agreed=said == "yes", by=actor(request), now=now)
        else:
            raise RuleBroken("choice_unknown")

    return do(
        request, act, back=_mine_address(), said=_("Noted. Thank you."),
        show=lambda refusal: _mine(request, now, refusal),
    )  # fmt: skip


def _mine_address() -> str:
    return "readiness:mine"


def _mine(request: HttpRequest, now: datetime, refusal: RuleBroken | None = None) -> HttpResponse:
    assert request.user.pk is not None
    units = access.units_worked_at(request.user, now)
    asked, asking = list_open_swaps(request.user.pk, units, now)
    shown = {
        "turns": list_turns_of(request.user.pk, units, now),
        "asked": asked,
        "asking": asking,
        **told(refusal),
    }
    return render(request, "readiness/mine.html", shown, status=422 if refusal else 200)


def _form(place: Place, now: datetime, request: HttpRequest | None = None) -> DutyForm:
    return DutyForm(
        request.POST if request else None,
        evenings=list_evenings(place.campaign.id, place.unit.id, now),
        staff=list_staff(place.leads, place.today),
    )


def _show(
    request: HttpRequest,
    place: Place,
    now: datetime,
    form: DutyForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    evenings = list_evenings(place.campaign.id, place.unit.id, now)
    editing = (form or _form(place, now)) if place.may_keep else None
    rows = [
        (
            each,
            editing.of("first", each.lecture_id) if editing and not each.over else None,
            editing.of("second", each.lecture_id) if editing and not each.over else None,
        )
        for each in evenings
    ]
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "duty",
        "rows": rows,
        "editing": editing is not None and bool(editing.evenings),
        "gaps": [each for each in evenings if each.is_gap],
        **told(refusal),
    }
    status = 422 if refusal or (form is not None and form.errors) else 200
    return render(request, "readiness/duty.html", shown, status=status)
