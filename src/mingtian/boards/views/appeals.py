"""Families' questions about an evening: read and answered by the class teacher alone (CER-1)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.attendance.actions.appeals import LONGEST_TEXT, Answer, answer_appeal
from mingtian.attendance.queries.appeals import find_appeal
from mingtian.attendance.rules import How
from mingtian.boards import beside
from mingtian.boards.access import Seat, get_class_for
from mingtian.boards.forms import HOWS, AnswerForm
from mingtian.boards.questions import list_questions
from mingtian.boards.views.pupils import class_address, class_unit
from mingtian.certificates.actions import settle_class
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.web.refusals import sentence


@login_required
@require_GET
def appeal_list(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the questions of the class with their texts; the reading is recorded."""
    seat = get_class_for(request.user, lecture, unit, clock.now())
    return _page(request, seat)


@login_required
@require_POST
def appeal_answer(request: HttpRequest, lecture: int, unit: str, appeal: str) -> HttpResponse:
    """Grant a question (which notes the evening by hand) or decline it with words."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key = find_appeal(public_id=appeal, unit_id=seat.unit_id)
    if key is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, about=appeal, told=_("Choose one of these."))
    sent = form.cleaned_data
    answer = Answer(
        granted=sent["decision"] == "granted",
        text=sent["answer"],
        how=How(sent["how"] or How.OTHER_SCREEN),
    )
    try:
        answer_appeal(
            appeal_id=key, answer=answer, now=now,
            actor=request.user.get_username(), by=request.user.pk,
        )  # fmt: skip
    except RuleBroken as refusal:
        return _page(request, seat, about=appeal, told=sentence(refusal), typed=sent["answer"])
    beside.forget_class(seat.evening.id, seat.unit_id)
    settle_class(
        campaign_id=seat.evening.campaign_id, unit_id=seat.unit_id, now=clock.now(),
        actor=request.user.get_username(),
    )  # fmt: skip
    messages.success(request, _("Answered. The family reads it on its own page."))
    return redirect("boards:appeal-list", lecture, unit)


def _page(
    request: HttpRequest, seat: Seat, *, about: str = "", told: str = "", typed: str = ""
) -> HttpResponse:
    now = clock.now()
    unit = class_unit(seat, now)
    shown = {
        "seat": seat,
        "evening": seat.evening,
        "unit": unit,
        "questions": list_questions(request.user, seat, unit, now),
        "hows": HOWS,
        "chosen": How.OTHER_SCREEN.value,
        "most": LONGEST_TEXT,
        "about": about,
        "told": told,
        "typed": typed,
        "back": class_address(seat),
    }
    response = render(request, "boards/appeals.html", shown, status=422 if told else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response
