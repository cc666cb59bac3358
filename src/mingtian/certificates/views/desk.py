"""Certificates at the desk: the rules of a campaign, the rates of units, paper for a class."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.certificates import access, pages
from mingtian.certificates.actions.printing import print_booklet
from mingtian.certificates.actions.revoke import reissue, revoke
from mingtian.certificates.actions.rules import is_late, set_rule
from mingtian.certificates.forms import RuleForm, TakeBackForm, rule_typed
from mingtian.certificates.queries.certificates import is_of_campaign
from mingtian.certificates.queries.demands import list_demands
from mingtian.certificates.queries.rates import figures_of, rate_of, unlock_rates_below
from mingtian.certificates.rules import Refusal, RevokedFor, grouped_serial
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Status
from mingtian.org.queries import list_ancestors, unit_rows
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

MOST_CHOICES = 5


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """Show what the campaign asks of each kind; its office may change it."""
    user, day = person(request), day_of(clock.now())
    row = access.get_campaign_row_for(user, campaign, day)
    may_set = access.can_set_rules(user, row, day)
    lectures = list_lectures(row.id)
    late = is_late(lectures, clock.now())
    typed: dict[int, Form] = {}
    if request.method == "POST":
        if not may_set:
            raise Http404
        kind, form = _saved(request, user, row, late=late)
        if not form.errors:
            messages.success(request, _("The rule is saved."))
            return redirect("certificates:rules", row.public_id)
        typed[kind] = form
    demands = list_demands(row, len(lectures))
    forms = {
        kind: typed.get(kind) or _form(kind, initial=rule_typed(each.demand), late=late)
        for kind, each in demands.items()
    }
    shown = {
        "campaign": row,
        "evenings": len(lectures),
        "late": late,
        "may_set": may_set,
        "take_back": TakeBackForm(),
        "rows": pages.shown_demands(demands.values(), forms, len(lectures)),
    }
    return render(request, "certificates/rules.html", shown)


@login_required
@require_POST
def take_back(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """Revoke a certificate that was issued in error, or give a new one for it; by its number."""
    user, day = person(request), day_of(clock.now())
    row = access.get_campaign_row_for(user, campaign, day)
    if not access.can_set_rules(user, row, day):
        raise Http404
    form = TakeBackForm(request.POST)
    if form.is_valid():
        try:
            told = _taken_back(form.serial(), row, request.POST.get("again") == "yes", user)
            messages.success(request, told)
        except RuleBroken as refusal:
            messages.error(request, sentence(refusal))
    else:
        messages.error(request, sentence(RuleBroken(Refusal.UNKNOWN)))
    return redirect("certificates:rules", row.public_id)


@login_required
@require_GET
def rates_own(request: HttpRequest) -> HttpResponseBase:
    """Send the reader to the own unit in the latest campaign; a class teacher prints from here."""
    user, day = person(request), day_of(clock.now())
    campaigns = access.campaigns_with_certificates(user, day)
    units = access.own_units(user, day)
    if campaigns and units:
        return redirect("certificates:rates", campaigns[0].public_id, units[0].public_id)
    classes = access.own_classes(user, day) if campaigns else []
    shown = {"campaign": campaigns[0] if campaigns else None, "classes": classes}
    return render(request, "certificates/rates.html", shown)


@login_required
@require_GET
def rates(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show the unlock rate of a unit and of those below it, never of a class (CER-2)."""
    user, day = person(request), day_of(clock.now())
    row = access.get_campaign_row_for(user, campaign, day)
    standing = access.get_standpoint_for(user, unit, day, tree_on=row.last_on)
    found = unlock_rates_below(
        campaign=row,
        path=".".join(map(str, standing.path)),
        line=standing.line.value,
        day=row.last_on,
    )
    rate = rate_of(found)
    status = Status.PROVISIONAL if row.state == "open" else Status.CONFIRMED
    below = unit_rows([each.group for each in found if each.group is not None], row.last_on)
    below = {key: each for key, each in below.items() if each.kind in access.COMPARED}
    trail = list_ancestors(standing.unit.id, row.last_on, standing.line)
    shown = {
        "campaign": row,
        "unit": standing.unit,
        "trail": [(each.title, "") for each in trail],
        "choices": _choices(user, day, unit),
        "classes": access.own_classes(user, day),
        "rate": rate,
        "rate_note": f"{rate.unlocked:,} / {rate.eligible:,}",
        "figures": figures_of(found, campaign=row, unit_id=standing.unit.public_id, status=status),
        "headers": pages.kind_headers(),
        "kinds": pages.shown_kinds(found),
        "below": pages.shown_below(found, below, {key: _url(row, each.public_id) for key, each in below.items()}),
    }  # fmt: skip
    return render(request, "certificates/rates.html", shown)


@login_required
@require_GET
def booklet(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Give the class teacher the certificates of the class as one PDF, with names; recorded."""
    user, day = person(request), day_of(clock.now())
    row = access.get_campaign_row_for(user, campaign, day)
    klass = access.get_class_for(user, unit, day)
    body = print_booklet(user=user, unit=klass, campaign=row, now=clock.now())
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificates-{unit}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _taken_back(serial: str, row: CampaignRow, again: bool, user: User) -> str:
    """Revoke, or issue anew, and say what was done."""
    if not is_of_campaign(serial, row.id):
        raise RuleBroken(Refusal.UNKNOWN)
    actor, now = user.get_username(), clock.now()
    if again:
        made = reissue(serial=serial, actor=actor, now=now)
        return _("A new certificate was issued: %(number)s") % {"number": grouped_serial(made)}
    if not revoke(serial=serial, reason=RevokedFor.IN_ERROR, actor=actor, now=now):
        raise RuleBroken(Refusal.ALREADY_REVOKED)
    return _("The certificate is not valid any more. Its check page says so from now on.")


def _saved(request: HttpRequest, user: User, row: CampaignRow, *, late: bool) -> tuple[int, Form]:
    """Save the rule that was typed; the form tells what keeps it from being saved."""
    number = request.POST.get("kind", "")
    kind = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    if kind not in row.kinds:
        raise Http404
    form = _form(kind, request.POST, late=late)
    if form.is_valid():
        try:
            set_rule(
                campaign=row,
                kind=kind,
                demand=form.demand(),
                reason=form.cleaned_data["reason"],
                user=user,
                now=clock.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, sentence(refusal))
    return kind, form


def _form(kind: int, *posted: Any, **options: Any) -> RuleForm:
    """Return the form of one kind; each has ids of its own on the page."""
    return RuleForm(*posted, auto_id=f"id_{kind}_%s", **options)


def _choices(user: User, day: date, unit: str) -> list[tuple[str, str, str]]:
    latest = access.campaigns_with_certificates(user, day)[:MOST_CHOICES]
    return [(each.public_id, each.title, _url(each, unit)) for each in latest]


def _url(row: CampaignRow, unit: str) -> str:
    return reverse("certificates:rates", args=[row.public_id, unit])
