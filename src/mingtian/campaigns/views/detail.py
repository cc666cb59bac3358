"""The page of one campaign: what is planned, what is missing, what is running."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.campaigns import access, queries
from mingtian.campaigns.forms import LectureForm, MandateForm, PlanForm
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries import CampaignRow, CountRow, LectureRow
from mingtian.campaigns.rules import CampaignState, Refusal
from mingtian.campaigns.sheets.booklet import hours_of
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import unit_rows
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

PART_OF_REFUSAL = {
    Refusal.MANDATE_MISSING: "mandate",
    Refusal.MANDATE_YEAR: "mandate",
    Refusal.MANDATE_LATER: "mandate",
    Refusal.NO_LECTURES: "lectures",
    Refusal.OUTSIDE_DAYS: "lectures",
    Refusal.OVERLAP: "lectures",
    Refusal.REPLAY_TOO_SHORT: "lectures",
    Refusal.AUDIENCE_EMPTY: "audience",
}
"""Beside which part of the page a reason not to open is told."""

USUAL_EVENING = {"start": "20:00", "minutes": 60}


def detail_page(
    request: HttpRequest,
    campaign: Campaign,
    now: datetime,
    *,
    forms: Mapping[str, Form] | None = None,
    refused: RuleBroken | None = None,
) -> HttpResponse:
    """Show the campaign; ``forms`` are those that were found wrong, by part of the page."""
    day = day_of(now)
    row = queries.campaign_row(campaign)
    lectures = queries.list_lectures(row.id)
    draft = row.state is CampaignState.DRAFT
    may_change = access.can_change_campaigns_of(person(request), row.scope_id, day)
    counted = access.counted_unit_for(person(request), row.scope_id, day) or row.scope_id
    invited = queries.invited_units(replace(row, scope_id=counted), day)
    context = {
        "campaign": row,
        "draft": draft,
        "may_change": may_change,
        "names_go_on": row.last_on + timedelta(days=settings.KEEP_DAYS + 1),
        "lectures": [(each, hours_of(each), _failure(each)) for each in lectures],
        "kinds": [PEOPLE_WORDS[kind] for kind in row.kinds],
        "sees_phrases": access.stands_in_office_of(person(request), row.scope_id, day),
        "counted_at": unit_rows([counted], day).get(counted) if counted != row.scope_id else None,
        "expected": _expected(replace(row, scope_id=counted), day),
        "invited": invited,
        "codes_missing": any(each.with_code < each.units for each in invited),
        "missing": _missing(campaign, day) if draft else {},
        "refused": sentence(refused) if refused else "",
        "broadcasts": queries.list_broadcasts() if may_change else [],
        "forms": {**(_forms(row, bool(lectures)) if draft and may_change else {}), **(forms or {})},
    }
    wrong = bool(forms or refused)
    return render(request, "campaigns/campaign_detail.html", context, status=422 if wrong else 200)


def _expected(row: CampaignRow, day: date) -> list[tuple[str, CountRow]]:
    """Return who is expected by kind: frozen once it has opened, as it would be before."""
    if row.opened_at is None:
        counts = queries.rostered(row.scope_id, row.kinds, day)
    else:
        counts = queries.denominators(row.id, row.scope_id, day_of(row.opened_at))
    return [(str(PEOPLE_WORDS[each.kind]), each) for each in counts]


def _missing(campaign: Campaign, day: date) -> dict[str, list[str]]:
    """Return what keeps a draft from opening, in words, by part of the page."""
    found: dict[str, list[str]] = {}
    for code in queries.opening_refusals(campaign, day):
        found.setdefault(PART_OF_REFUSAL[code], []).append(sentence(RuleBroken(code)))
    return found


def _failure(lecture: LectureRow) -> str:
    """Say why what was chosen cannot be shown, or nothing."""
    code = lecture.broadcast_failure
    return sentence(RuleBroken(code)) if code else ""


def _forms(row: CampaignRow, planned: bool) -> dict[str, Any]:
    mandate = row.mandate
    typed = {
        "issuer": mandate.issuer,
        "issuer_en": mandate.issuer_en,
        "symbol": mandate.symbol,
        "number": mandate.number,
        "year": mandate.year,
        "issued_on": mandate.issued_on,
    }
    forms: dict[str, Any] = {
        "mandate": MandateForm(initial=typed),
        "lecture": LectureForm(initial={**USUAL_EVENING, "day": row.first_on}),
    }
    if not planned:
        forms["plan"] = PlanForm(initial=USUAL_EVENING)
    return forms
