"""Campaigns at the desk: list, plan, open, close."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.campaigns import access, actions, queries
from mingtian.campaigns.actions.campaigns import DEFAULT_NEEDED_SLOTS
from mingtian.campaigns.forms import (
    CampaignForm,
    LectureForm,
    MandateForm,
    PlanForm,
    campaign_typed,
)
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.rules import Refusal
from mingtian.campaigns.views.detail import detail_page
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, list_children, unit_rows
from mingtian.org.rules import COUNTING_KINDS, UnitKind
from mingtian.people.rules import PersonKind
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

FIELD_OF_REFUSAL: dict[str, str] = {
    Refusal.NAME_MISSING: "name",
    Refusal.DAYS_REVERSED: "last_on",
    Refusal.NO_KINDS: "kinds",
    Refusal.NEEDED_SLOTS: "needed_slots",
    Refusal.TITLES_DIFFER: "titles",
    Refusal.TITLE_MISSING: "titles",
    Refusal.TITLE_TOO_LONG: "titles",
    Refusal.LENGTH: "minutes",
}
"""At which field a refusal is shown, where the form has one of that name."""


@login_required
@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    user, day = person(request), day_of(clock.now())
    rows = [queries.campaign_row(each) for each in access.campaigns_visible_to(user, day)]
    shown = {"campaigns": rows, "may_found": bool(_scopes(request, clock.now()))}
    return render(request, "campaigns/campaign_list.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponseBase:
    now = clock.now()
    scopes = _scopes(request, now)
    if not scopes:
        raise Http404
    choices = [(row.public_id, row.title) for row in scopes]
    if request.method != "POST":
        usual = {"kinds": list(PersonKind), "needed_slots": DEFAULT_NEEDED_SLOTS}
        return _form_page(request, CampaignForm(initial=usual, scopes=choices))
    form = CampaignForm(request.POST, scopes=choices)
    if not form.is_valid():
        return _form_page(request, form)
    scope = next(row for row in scopes if row.public_id == form.cleaned_data["scope"])
    try:
        campaign = actions.create_campaign(
            spec=form.spec(scope.id), actor=person(request).get_username(), now=now
        )
    except RuleBroken as refusal:
        refuse(form, refusal)
        return _form_page(request, form)
    return redirect("campaigns:campaign-detail", campaign.public_id)


@login_required
@require_GET
def campaign_detail(request: HttpRequest, campaign: str) -> HttpResponse:
    now = clock.now()
    found = access.get_campaign_for(person(request), campaign, day_of(now))
    return detail_page(request, found, now)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_change(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    row = queries.campaign_row(found)
    choices = [(found.scope.public_id, row.scope)]
    if request.method != "POST":
        typed = campaign_typed(row, found.scope.public_id)
        return _form_page(request, CampaignForm(initial=typed, scopes=choices), found)
    form = CampaignForm(request.POST, scopes=choices)
    if form.is_valid():
        try:
            _act(request, found, "change_campaign", spec=form.spec(found.scope_id))
        except RuleBroken as refusal:
            refuse(form, refusal)
    if form.errors:
        return _form_page(request, form, found)
    return redirect("campaigns:campaign-detail", found.public_id)


@login_required
@require_POST
def mandate_set(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    form = MandateForm(request.POST)
    if form.is_valid():
        _act(request, found, "set_mandate", mandate=form.mandate())
    return _back_or_form(request, found, mandate=form)


@login_required
@require_POST
def lectures_plan(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    form = PlanForm(request.POST)
    if form.is_valid():
        typed = {"start": form.cleaned_data["start"], "length": form.length()}
        try:
            _act(request, found, "plan_lectures", titles=form.pairs(), **typed)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _back_or_form(request, found, plan=form)


@login_required
@require_POST
def lecture_add(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    form = LectureForm(request.POST)
    if form.is_valid():
        try:
            _act(request, found, "add_lecture", lecture=form.spec())
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _back_or_form(request, found, lecture=form)


@login_required
@require_POST
def lecture_remove(request: HttpRequest, campaign: str, number: int) -> HttpResponseBase:
    found = _to_change(request, campaign)
    _act(request, found, "remove_lecture", number=number)
    return redirect("campaigns:campaign-detail", found.public_id)


@login_required
@require_POST
def lecture_broadcast(request: HttpRequest, campaign: str, number: int) -> HttpResponseBase:
    found = _to_change(request, campaign)
    chosen = request.POST.get("broadcast", "").replace("\x00", "")
    _act(request, found, "choose_broadcast", number=number, broadcast=chosen)
    return redirect("campaigns:campaign-detail", found.public_id)


@login_required
@require_POST
def campaign_open(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """Open it; what keeps it from opening is shown beside the parts of the plan."""
    found = _to_change(request, campaign)
    try:
        _act(request, found, "open_campaign")
    except RuleBroken as refusal:
        return detail_page(request, found, clock.now(), refused=refusal)
    messages.success(request, _("The campaign is open. Issue the learning codes next."))
    return redirect("campaigns:campaign-detail", found.public_id)


@login_required
@require_POST
def campaign_close(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    _act(request, found, "close_campaign")
    messages.success(request, _("The campaign is closed. Its codes let nobody in any more."))
    return redirect("campaigns:campaign-detail", found.public_id)


@login_required
@require_POST
def codes_issue(request: HttpRequest, campaign: str) -> HttpResponseBase:
    found = _to_change(request, campaign)
    issued = _act(request, found, "issue_codes")
    told = ngettext("%(number)s code was issued.", "%(number)s codes were issued.", issued)
    messages.success(request, told % {"number": f"{issued:,}"})
    return redirect("campaigns:campaign-detail", found.public_id)


def refuse(form: Form, refusal: RuleBroken) -> None:
    """Show a refusal at the field it speaks of, or above the form."""
    field = FIELD_OF_REFUSAL.get(refusal.code, "")
    if field == "titles" and "titles" not in form.fields:
        field = "title"
    form.add_error(field if field in form.fields else None, sentence(refusal))


def _to_change(request: HttpRequest, public_id: str) -> Campaign:
    return access.get_campaign_to_change_for(person(request), public_id, day_of(clock.now()))


def _act(request: HttpRequest, campaign: Campaign, verb: str, **arguments: Any) -> Any:
    """Run an action of the campaign for who is signed in."""
    action = getattr(actions, verb)
    actor = person(request).get_username()
    return action(campaign_id=campaign.pk, actor=actor, now=clock.now(), **arguments)


def _back_or_form(request: HttpRequest, campaign: Campaign, **forms: Form) -> HttpResponseBase:
    if any(form.errors for form in forms.values()):
        return detail_page(request, campaign, clock.now(), forms=forms)
    return redirect("campaigns:campaign-detail", campaign.public_id)


def _form_page(
    request: HttpRequest, form: CampaignForm, campaign: Campaign | None = None
) -> HttpResponse:
    shown = {"form": form, "campaign": queries.campaign_row(campaign) if campaign else None}
    return render(request, "campaigns/campaign_form.html", shown)


def _scopes(request: HttpRequest, now: datetime) -> list[UnitRow]:
    """Return the units below which the reader may found a campaign: the own ones and the next."""
    user, day = person(request), day_of(now)
    own = list(unit_rows(access.scopes_offered_to(user, day), day).values())
    offered = {row.id: row for row in own}
    for row in own:
        offered |= {each.id: each for each in list_children(row.id, day)}
    inner = COUNTING_KINDS | {UnitKind.GRADE}
    return [row for row in offered.values() if row.kind not in inner]
