"""A child is referred to another body; what it was told and what it said (AID-1)."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mingtian.care import access, actions, words
from mingtian.care.access import CasePlace
from mingtian.care.actions import Heard, Referred
from mingtian.care.forms import AnswerOfBodyForm, Keyed, ReferralForm
from mingtian.care.rules.leave import Body
from mingtian.care.views.common import Asked, ask, press
from mingtian.care.views.work import in_case, page_of
from mingtian.vault.access import Door
from mingtian.vault.rules import Purpose

ANSWERED_WITHIN = timedelta(days=14)
"""What a page proposes; what was agreed on with the body counts."""


@login_required
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, case: str) -> HttpResponse:
    """Refer a child to another body."""

    def make(place: CasePlace, sent: QueryDict | None) -> Asked:
        initial = {"referred_on": place.today, "answer_by": place.today + ANSWERED_WITHIN}
        return page_of(
            ReferralForm(sent, initial=initial, version=place.version), place,
            _("Refer to another body"),
            _("The case stays with you. Where a child is in danger, report harm or danger first."),
        )  # fmt: skip

    def keep(door: Door, place: CasePlace, form: Keyed) -> str:
        sent = form.cleaned_data
        referred = Referred(
            body=sent["body"], kind=sent["kind"], referred_on=sent["referred_on"],
            answer_by=sent["answer_by"], words=sent["words"], passed=sent["passed"],
            leave=sent["leave"], agreed_on=sent["agreed_on"], key=form.sent_key,
        )  # fmt: skip
        actions.refer(door, place, referred)
        return _("Kept.")

    return in_case(request, case, make, keep)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, referral: str) -> HttpResponse:
    """Note what the other body said."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        row, place = access.get_referral_to_write(door, referral)
        form = AnswerOfBodyForm(sent, initial={"answered_on": place.today}, version=place.version)
        body = words.word(words.BODY_WORDS, Body, row.body)
        page = page_of(form, place, _("The answer of: %(body)s") % {"body": body})
        return replace(page, about=place.number, child=place.child)

    def do(door: Door, page: Asked) -> tuple[str, str]:
        row, place = access.get_referral_to_write(door, referral)
        sent = page.form.cleaned_data
        heard = Heard(
            answer=sent["answer"], answered_on=sent["answered_on"], words=sent["words"],
            answer_by=sent["answer_by"],
        )  # fmt: skip
        actions.note_answer(door, place, row, heard)
        return _("Kept."), ""

    return ask(request, make, do)


@login_required
@require_POST
def take_back(request: HttpRequest, referral: str) -> HttpResponse:
    """End a referral from which nothing is expected any more."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_referral_to_write(door, referral)
        back.append(reverse("care:case", args=[place.public_id]))
        actions.take_back(door, place, row)
        return _("Taken back."), back[0]

    back: list[str] = []
    return press(request, do, back=lambda: back[0])


@login_required
@require_POST
def seen(request: HttpRequest, referral: str) -> HttpResponse:
    """Note that an office has looked at what was passed on in danger."""

    def do(door: Door) -> tuple[str, str]:
        actions.look_at_referral(door, access.get_referral_above(door, referral))
        return _("Noted that you have seen it."), reverse("care:own")

    return press(request, do, back=reverse("care:own"), purpose=Purpose.SUPERVISING)
