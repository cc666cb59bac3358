"""The family's rights from its phone: see, correct, take away, withdraw, erase."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.campaigns.queries import current_lecture
from mingtian.core.errors import RuleBroken
from mingtian.family.access import Home, Visit, forget_visit, get_member_of
from mingtian.family.actions.rights import check_number, erase, read_kept, take_off_home
from mingtian.family.files import kept_archive
from mingtian.family.forms import AgreeForm, KinForm, NumberForm
from mingtian.family.pages import going_away, kept_groups, short_notice, title_of
from mingtian.family.views.visiting import for_family
from mingtian.family.words import label_of
from mingtian.people.actions.consents import record_consent
from mingtian.people.actions.kin import change_kin
from mingtian.people.actions.leaving import withdraw
from mingtian.people.queries.homes import latest_consent
from mingtian.people.queries.words import KIN_WORDS
from mingtian.people.rules import KIND_OF_KIN, Kin
from mingtian.web.refusals import sentence

LAST_STEP = 600
"""Seconds for the last step of an erasure."""
_SALT = "mingtian.family.erase"


@require_GET
@for_family
def rights(request: HttpRequest, visit: Visit, _now: datetime) -> HttpResponseBase:
    """What the family may do with what is kept about it, and what it agreed to."""
    shown = {
        "home": visit.home,
        "title": title_of(visit.home),
        "consent": latest_consent(visit.home.household_id),
    }
    return render(request, "family/rights.html", shown)


@require_GET
@for_family
def kept(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """Everything that is kept, on the screen."""
    rows = read_kept(home=visit.home, purpose="screen", now=now)
    return render(request, "family/kept.html", {"groups": kept_groups(visit.home, rows)})


@require_GET
@for_family
def kept_file(_request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """The same as a file to take away: JSON for machines, a page for people."""
    rows = read_kept(home=visit.home, purpose="file", now=now)
    made = kept_archive(kept_groups(visit.home, rows), now)
    response = HttpResponse(made, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="mingtian-family.zip"'
    return response


@require_GET
@for_family
def correct(request: HttpRequest, visit: Visit, _now: datetime) -> HttpResponseBase:
    """Who stands on this home, with a way to put each right."""
    return render(request, "family/correct.html", {"members": _members(visit.home)})


@require_POST
@for_family
def correct_kin(request: HttpRequest, visit: Visit, now: datetime, person: str) -> HttpResponseBase:
    """Give a relative the right kin."""
    member = get_member_of(visit.home, person)
    form = KinForm(request.POST)
    if form.is_valid():
        kin = Kin(form.cleaned_data["kin"])
        change_kin(person_id=member.id, kin=kin, now=now, actor=visit.home.actor)
        messages.success(request, _("This has been corrected."))
    return redirect("family:done")


@require_http_methods(["GET", "POST"])
@for_family
def take_off(request: HttpRequest, visit: Visit, now: datetime, person: str) -> HttpResponseBase:
    """Take somebody off the home, after saying what goes with it."""
    member = get_member_of(visit.home, person)
    if request.method == "POST":
        take_off_home(home=visit.home, member=member, now=now)
        messages.success(request, _("The person has been taken off this home."))
        return redirect("family:done")
    shown = {"label": label_of(member), "on_roster": bool(member.number)}
    return render(request, "family/take_off.html", shown)


@require_http_methods(["GET", "POST"])
@for_family
def withdraw_home(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """Stop counting this home; what was recorded stays until it is erased."""
    if request.method == "POST":
        receipt = withdraw(visit.home.household_id, now=now, actor=visit.home.actor)
        return redirect("family:receipt", receipt.public_id)
    return render(request, "family/withdraw.html", {"title": title_of(visit.home)})


@require_http_methods(["GET", "POST"])
@for_family
def agree(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """Let a home that has withdrawn take part again, from now on."""
    home = visit.home
    if not home.has_left:
        return redirect("family:my")
    form = AgreeForm(
        request.POST if request.method == "POST" else None, kinds=[one.kind for one in home.members]
    )
    if request.method == "POST" and form.is_valid():
        record_consent(
            home.household_id,
            given_by=form.giver,
            language=get_language() or settings.LANGUAGE_CODE,
            now=now,
            actor=home.actor,
        )
        messages.success(request, _("Thank you. From now on your evenings are counted again."))
        tonight = current_lecture(home.campaign.id, now)
        return redirect(f"/hall/{tonight.id}" if tonight else "family:my")
    shown = {"form": form, "title": title_of(home), "notice": short_notice(home)}
    return render(request, "family/agree.html", shown, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_family
def erase_home(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """First step: what goes and what stays, and the roster number once more."""
    home = visit.home
    asks = any(one.number for one in home.members)
    form = NumberForm(request.POST or None, asks=asks)
    if request.method == "POST" and form.is_valid():
        try:
            check_number(home=home, typed=form.cleaned_data["number"], now=now)
        except RuleBroken as refusal:
            form.add_error("number", sentence(refusal))
        else:
            step = signing.dumps([home.public_id, int(now.timestamp())], salt=_SALT)
            return render(
                request, "family/erase_last.html", {"step": step, "title": title_of(home)}
            )
    rows = read_kept(home=home, purpose="erasure", now=now)
    shown = {"form": form, "asks": asks, "going": going_away(rows), "title": title_of(home)}
    return render(request, "family/erase.html", shown, status=409 if form.errors else 200)


@require_POST
@for_family
def erase_now(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponseBase:
    """Last step: all of it goes, a receipt stays."""
    if not _is_last_step(request.POST.get("step", ""), visit.home, now):
        raise RuleBroken("family_step_over")
    receipt = erase(home=visit.home, now=now)
    response = redirect(reverse("family:done") + f"?receipt={receipt}")
    if len(visit.homes) == 1:
        forget_visit(response)
    return response


def _is_last_step(step: str, home: Home, now: datetime) -> bool:
    try:
        public_id, at = signing.loads(step, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return bool(public_id == home.public_id and 0 <= now.timestamp() - at <= LAST_STEP)


def _members(home: Home) -> list[dict[str, object]]:
    return [
        {
            "member": one,
            "label": label_of(one),
            "kin": [
                (kin.value, KIN_WORDS[kin])
                for kin in Kin
                if one.kin in set(Kin) and kin != one.kin and KIND_OF_KIN[kin] == one.kind
            ],
        }
        for one in home.members
    ]
