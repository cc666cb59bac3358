"""Families' questions about an evening: read and answered by the class teacher alone (CER-1)."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.attendance.actions.appeals import LONGEST_TEXT, Answer, answer_appeal
from mingtian.attendance.queries.appeals import find_appeal
from mingtian.attendance.rules import How
from mingtian.boards.access import Seat, get_class_for
from mingtian.boards.forms import HOWS, AnswerForm
from mingtian.boards.questions import list_questions
from mingtian.boards.views.class_pages import act_in_class, class_address, class_unit, page_of_names
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
        return _page(request, seat, Refused(appeal, _("Choose one of these."), form))
    sent = form.cleaned_data
    answer = Answer(
        granted=sent["decision"] == "granted",
        text=sent["answer"],
        how=How(sent["how"] or How.OTHER_SCREEN),
    )

    def do() -> str:
        answer_appeal(
            appeal_id=key, answer=answer, now=now,
            actor=request.user.get_username(), by=request.user.pk,
        )  # fmt: skip
        return _("Answered. The family reads it on its own page.")

    def again(refusal: RuleBroken) -> HttpResponse:
        return _page(request, seat, Refused(appeal, sentence(refusal), form))

    to = reverse("boards:appeal-list", args=[lecture, unit])
    return act_in_class(request, seat, do, to=to, again=again)


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that was not taken: to which question, why, and what had been typed."""

    appeal: str
    told: str
    form: AnswerForm


def _page(request: HttpRequest, seat: Seat, refused: Refused | None = None) -> HttpResponse:
    now = clock.now()
    unit = class_unit(seat, now)
    questions = list_questions(request.user, seat, unit, now)
    waiting = {each.appeal.public_id for each in questions if each.open}
    shown = {
        "seat": seat,
        "evening": seat.evening,
        "unit": unit,
        "questions": [(each, _form(each.appeal.public_id, refused)) for each in questions],
        "hows": HOWS,
        "most": LONGEST_TEXT,
        "refused": refused,
        # Answered meanwhile, in another window: there is no form any more to say it in.
        "gone": refused is not None and refused.appeal not in waiting,
        "back": class_address(seat),
    }
    return page_of_names(request, "boards/appeals.html", shown, refused=refused is not None)


def _form(appeal: str, refused: Refused | None) -> AnswerForm:
    return refused.form if refused and refused.appeal == appeal else AnswerForm()
