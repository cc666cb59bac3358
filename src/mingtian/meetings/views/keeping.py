"""Enter a meeting, change it, call it off (DOC-2, DOC-5)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.campaigns.access import campaigns_visible_to
from mingtian.campaigns.queries import CampaignRow, campaign_row
from mingtian.campaigns.rules import CampaignState
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.documents.access import get_receipt_for
from mingtian.documents.queries import list_citable
from mingtian.meetings import access, actions
from mingtian.meetings.access import Place
from mingtian.meetings.forms import MeetingForm, Offers, just_now, meeting_typed
from mingtian.meetings.models import Meeting
from mingtian.meetings.rules import KINDS_AT, LONGEST_TITLE, OWNERS, Kind
from mingtian.meetings.views.meetings import show_meeting
from mingtian.meetings.views.shared import show
from mingtian.meetings.words import CHAIR_OF, KIND_WORDS
from mingtian.org.queries import list_holders, person_name
from mingtian.readiness.access import get_school_to_keep
from mingtian.readiness.queries.checklists import find_checklist
from mingtian.web.acting import actor


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str) -> HttpResponse:
    """Enter a meeting of the reader's unit.

    Kind, and document or campaign, may be chosen on the way here; then the way leads back there.
    """
    now = clock.now()
    place = access.get_place_to_keep(request.user, unit, now)
    campaigns = _campaigns(request, now)
    first, offers = _kind(request, place), _offers(place, campaigns, now)
    chosen = _chosen(request, offers)
    form = MeetingForm(
        request.POST or None,
        initial=_proposed(place, first, campaigns, now) | chosen,
        offers=offers,
        first=first,
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        try:
            made = actions.record(
                unit=place.unit, spec=form.spec(), once=once, by=actor(request), now=now
            )
        except RuleBroken as broken:
            refusal = broken
        else:
            return _entered(request, place, made, chosen, now)
    shown = {"place": place, "form": form, "word": KIND_WORDS[first], "open": form.is_wrong_inside}
    return show(request, "meetings/form.html", shown, refusal)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting: str) -> HttpResponse:
    """Write minutes, numbers and everything else of a meeting anew."""
    now = clock.now()
    found, place = access.get_meeting_to_keep(request.user, meeting, now)
    campaigns = _campaigns(request, now)
    form = MeetingForm(
        request.POST or None,
        initial=_standing(found, campaigns),
        offers=_offers(place, campaigns, now, found),
        first=Kind(found.kind),
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            actions.change(
                meeting_id=found.pk, unit=place.unit, spec=form.spec(), revision=revision,
                by=actor(request), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
            # Whoever saves a second time has been told, and means it.
            found.refresh_from_db()
            sent = request.POST.copy()
            sent["revision"] = str(found.revision)
            form.data = sent
        else:
            messages.success(request, _("Kept."))
            return redirect("meetings:meeting", found.public_id)
    shown = {"place": place, "meeting": found, "form": form, "open": True}
    return show(request, "meetings/form.html", shown, refusal)


@login_required
@require_POST
def call_off(request: HttpRequest, meeting: str) -> HttpResponse:
    """Say that a meeting does not take place, and why."""
    now = clock.now()
    found, place = access.get_meeting_to_keep(request.user, meeting, now)
    try:
        actions.call_off(
            meeting_id=found.pk, reason=request.POST.get("reason", "")[:500], by=actor(request),
            now=now,
        )  # fmt: skip
    except RuleBroken as refusal:
        return show_meeting(request, found, place, now, refusal)
    messages.success(request, _("The meeting is called off."))
    return redirect("meetings:meeting", found.public_id)


def _kind(request: HttpRequest, place: Place) -> Kind:
    """Return the kind that was chosen on the way here, else the first that the unit holds."""
    offered = KINDS_AT[place.unit.kind]
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    if asked in {kind.value for kind in offered}:
        return Kind(asked)
    return Kind.LEADERS if Kind.LEADERS in offered else Kind.PARENTS


def _chosen(request: HttpRequest, offers: Offers) -> dict[str, str]:
    """Return document and campaign that were chosen on the way here, if they are the unit's."""
    document, campaign = request.GET.get("document", ""), request.GET.get("campaign", "")
    found = {"document": document} if document in dict(offers.documents) else {}
    return found | ({"campaign": campaign} if campaign in offers.campaign_keys else {})


def _entered(
    request: HttpRequest, place: Place, made: Meeting, chosen: Mapping[str, str], now: datetime
) -> HttpResponse:
    """Lead to the meeting, or back to the document or checklist that it has just been told to."""
    unit, reader = place.unit.public_id, request.user
    document, campaign = chosen.get("document", ""), chosen.get("campaign", "")
    with suppress(Http404):
        if document:
            _at, receipt, _post = get_receipt_for(reader, document, unit, now)
            if receipt.met_in:
                said = _(
                    "The meeting is entered, and “own meeting held” is noted with the document."
                )
                messages.success(request, said)
                return redirect("documents:handle", document, unit)
        if campaign:
            school = get_school_to_keep(reader, campaign, unit, now)
            if find_checklist(school.campaign.id, place.unit.id).met_in:
                messages.success(request, _("The meeting is entered, and the checklist says so."))
                return redirect("readiness:unit", campaign, unit)
    messages.success(request, _("The meeting is entered."))
    return redirect("meetings:meeting", made.public_id)


def _campaigns(request: HttpRequest, now: datetime) -> list[CampaignRow]:
    return [campaign_row(each) for each in campaigns_visible_to(request.user, day_of(now))]


def _offers(
    place: Place, campaigns: Sequence[CampaignRow], now: datetime, meeting: Meeting | None = None
) -> Offers:
    kinds = KINDS_AT[place.unit.kind]
    staff = {
        str(post.user_id): post.name for post in list_holders([place.unit.id], day_of(now), OWNERS)
    }
    documents = {
        row.public_id: f"{row.reference} {row.title}" for row in list_citable([place.unit.id])
    }
    if meeting is not None:
        # Whoever has left since, and a document that is no longer offered, stay what they were.
        staff |= {str(each.pk): person_name(each) for each in meeting.staff.all()}
        if meeting.document is not None:
            documents.setdefault(meeting.document.public_id, meeting.document.title)
    return Offers(
        kinds=[kind for kind in Kind if kind in kinds],
        campaigns=[(each.public_id, each.title) for each in campaigns],
        documents=list(documents.items()),
        staff=list(staff.items()),
        campaign_keys={each.public_id: each.id for each in campaigns},
    )


def _proposed(
    place: Place, kind: Kind, campaigns: Sequence[CampaignRow], now: datetime
) -> dict[str, Any]:
    """Return the form as it is proposed: today, just now, about the campaign that is open."""
    running = [each for each in campaigns if each.state is CampaignState.OPEN]
    word = str(KIND_WORDS[kind])
    title = f"{running[0].title} · {word}" if running else word
    return {
        "once": public_id(),
        "kind": kind.value,
        "title": title[:LONGEST_TITLE],
        "chair": CHAIR_OF[place.keeper],
        "campaign": running[0].public_id if running else "",
        **just_now(now),
    }


def _standing(meeting: Meeting, campaigns: Sequence[CampaignRow]) -> dict[str, Any]:
    known = {each.id: each.public_id for each in campaigns}
    document = meeting.document.public_id if meeting.document else ""
    return meeting_typed(meeting, known.get(meeting.campaign_id or 0, ""), document)
