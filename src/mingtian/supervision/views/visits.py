"""Visits to schools: the list, a plan, what was found, what follows (SUP-2)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, find_unit
from mingtian.org.rules import Role
from mingtian.supervision import access, actions, pages
from mingtian.supervision.access import VisitPlace
from mingtian.supervision.actions import Plan, ToDo
from mingtian.supervision.forms import FollowUpForm, VisitForm, WordsForm
from mingtian.supervision.queries.help import (
    SchoolRow,
    list_follow_ups,
    list_schools,
    list_visits,
    visits_of_year,
)
from mingtian.supervision.rules import NORM, Visiting, earliest_visit
from mingtian.supervision.words import ROLE_WORDS, VISIT_WORDS
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told


@login_required
@require_GET
def listing(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the visits to a school, or to the schools below."""
    now = clock.now()
    place = access.get_place_of_visits(request.user, unit, now)
    today = day_of(now)
    visits = list_visits(place.subtree, place.line, today)
    shown = {
        "place": place,
        "now": now,
        "visits": [(each, VISIT_WORDS[each.kind], ROLE_WORDS[Role(each.role)]) for each in visits],
        "year": visits_of_year(place.subtree, place.line, today),
        "norm": NORM,
    }
    return render(request, "supervision/visits.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, unit: str, form: str) -> HttpResponse:
    """Give the visits as CSV or XLSX."""
    now = clock.now()
    place = access.get_place_of_visits(request.user, unit, now)
    rows = pages.visit_table(place, list_visits(place.subtree, place.line, day_of(now)))
    return tables.download(rows, name=f"visits-{place.unit.public_id}", form=form)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, unit: str) -> HttpResponse:
    """Plan a visit to a school below."""
    now = clock.now()
    today = day_of(now)
    place = access.get_place_to_visit_from(request.user, unit, now)
    schools = list_schools(place.subtree, place.line, today)
    initial = {"kind": Visiting.HELPING.value, "school": request.GET.get("school", "")}
    form = VisitForm(schools, request.POST or None, initial=initial)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        plan = Plan(
            kind=sent["kind"], role=Role(sent["role"]), visits_at=form.visits_at,
            announced_on=sent["announced_on"], purpose=sent["purpose"],
        )  # fmt: skip
        try:
            made = actions.plan_visit(
                school=_school(sent["school"], schools, now), visitor=place.unit, plan=plan,
                by=actor(request), now=now,
            )  # fmt: skip
            return redirect("supervision:visit", made.public_id)
        except RuleBroken as broken:
            refusal = broken
    shown = {
        "place": place,
        "form": form,
        "norm": NORM,
        "earliest": earliest_visit(today),
        **told(refusal),
    }
    wrong = request.method == "POST"
    return render(request, "supervision/plan.html", shown, status=422 if wrong else 200)


@login_required
@require_GET
def show(request: HttpRequest, visit: str) -> HttpResponse:
    """Show a visit, what was found and what follows."""
    now = clock.now()
    return _page(request, access.get_visit_for(request.user, visit, now), now)


@login_required
@require_POST
def findings(request: HttpRequest, visit: str) -> HttpResponse:
    """Keep what was found."""
    now = clock.now()
    place = access.get_visit_to_write(request.user, visit, now)

    def do() -> str:
        words = request.POST.get("words", "")
        actions.keep_findings(visit_id=place.visit.pk, findings=words, by=actor(request), now=now)
        return _("Kept.")

    return _do(request, place, now, do, WordsForm(request.POST))


@login_required
@require_POST
def call_off(request: HttpRequest, visit: str) -> HttpResponse:
    """Call a visit off."""
    now = clock.now()
    place = access.get_visit_to_write(request.user, visit, now)

    def do() -> str:
        actions.call_off(visit_id=place.visit.pk, by=actor(request), now=now)
        return _("The visit is called off.")

    return _do(request, place, now, do)


@login_required
@require_POST
def follow_up(request: HttpRequest, visit: str) -> HttpResponse:
    """Add what is to be done."""
    now = clock.now()
    place = access.get_visit_to_write(request.user, visit, now)
    form = FollowUpForm(_owners(place), request.POST)
    form.is_valid()

    def do() -> str:
        sent = form.cleaned_data
        owners = {unit.public_id: unit.id for unit in (place.school, place.visitor)}
        to_do = ToDo(
            words=request.POST.get("words", ""),
            owner_id=owners.get(sent.get("owner", ""), 0),
            due_on=sent.get("due_on"),
        )
        actions.follow_up(visit_id=place.visit.pk, to_do=to_do, by=actor(request), now=now)
        return _("Added.")

    return _do(request, place, now, do, follow_form=form)


@login_required
@require_POST
def follow_up_done(request: HttpRequest, follow_up: str) -> HttpResponse:
    """Say that it is done."""
    now = clock.now()
    found, place = access.get_follow_up_to_do(request.user, follow_up, now)

    def do() -> str:
        actions.do_follow_up(follow_up_id=found.pk, by=actor(request), now=now)
        return _("Done. Thank you.")

    return _do(request, place, now, do)


def _do(
    request: HttpRequest, place: VisitPlace, now: datetime, do: Callable[[], str],
    form: WordsForm | None = None, follow_form: FollowUpForm | None = None,
) -> HttpResponse:  # fmt: skip
    def again(refusal: RuleBroken) -> HttpResponse:
        fresh = access.get_visit_for(request.user, place.visit.public_id, now)
        shown = {"form": form, "follow_form": follow_form, **told(refusal)}
        return _page(request, fresh, now, {k: v for k, v in shown.items() if v is not None})

    to = reverse("supervision:visit", args=[place.visit.public_id])
    return act(request, do, to=to, again=again)


def _page(
    request: HttpRequest, place: VisitPlace, now: datetime, more: dict[str, object] | None = None
) -> HttpResponse:
    visit = place.visit
    owners = {unit.id: unit.title for unit in (place.school, place.visitor)}
    shown = {
        "place": place,
        "visit": visit,
        "kind": VISIT_WORDS[Visiting(visit.kind)],
        "role": ROLE_WORDS[Role(visit.role)],
        "begun": day_of(visit.visits_at) <= day_of(now),
        "open": place.may_write and visit.called_off_at is None,
        "follow_ups": [
            (each, owners.get(each.owner_id, ""), each.owner_id in place.acts_at)
            for each in list_follow_ups(visit.pk)
        ],
        "form": WordsForm(initial={"words": visit.findings}),
        "follow_form": FollowUpForm(_owners(place)),
        "norm": NORM,
        **(more or {}),
    }
    return render(request, "supervision/visit.html", shown, status=422 if more else 200)


def _owners(place: VisitPlace) -> list[tuple[str, str]]:
    return [(unit.public_id, unit.title) for unit in (place.school, place.visitor)]


def _school(public_id: str, schools: Sequence[SchoolRow], now: datetime) -> UnitRow | None:
    known = {each.public_id for each in schools}
    return find_unit(public_id, day_of(now)) if public_id in known else None
