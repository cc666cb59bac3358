"""One pupil of the class, for its class teacher: note by hand, exempt, unwilling, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.attendance.actions.by_hand import note_by_hand, undo_note
from mingtian.attendance.rules import How
from mingtian.boards.access import Seat, get_class_for, get_pupil_for
from mingtian.boards.forms import ExemptionForm, NoteForm
from mingtian.boards.pupils import PupilPage, pupil_page
from mingtian.boards.rules import decided_on
from mingtian.boards.views.class_pages import act_in_class, class_address, class_unit, page_of_names
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.people.actions.standings import Decision, decide_standing, end_standing
from mingtian.people.rules import ExemptReason, StandingState
from mingtian.web.refusals import sentence


@login_required
@require_GET
def pupil(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """Show one pupil; with htmx, the panel alone."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    return _page(request, seat, _read(request, seat, person, now))


@login_required
@require_POST
def pupil_note(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """Note how the pupil took part without a phone."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key, form = get_pupil_for(seat, person, now).id, NoteForm(request.POST)

    def do() -> str:
        note_by_hand(
            person_id=key, lecture_id=lecture, how=How(form.cleaned_data["how"]), now=now,
            actor=_user(request).username, by=_user(request).pk,
        )  # fmt: skip
        return _("Noted by hand. It stands beside what phones recorded.")

    return _do(request, seat, person, do, form)


@login_required
@require_POST
def pupil_note_undo(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """Take the note back; the trail keeps it."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key = get_pupil_for(seat, person, now).id

    def do() -> str:
        undo_note(person_id=key, lecture_id=lecture, now=now, actor=_user(request).username)
        return _("The note was taken back.")

    return _do(request, seat, person, do)


@login_required
@require_POST
def pupil_exempt(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """Exempt the family with a coded reason; no proof is asked (EXE-1)."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key, form = get_pupil_for(seat, person, now).id, ExemptionForm(request.POST)

    def do() -> str:
        decision = Decision(
            state=StandingState.EXEMPT,
            starts_on=decided_on(seat.evening.held_on, seat.evening.times, now),
            reason=ExemptReason(form.cleaned_data["reason"]),
            review_on=form.cleaned_data["review_on"],
        )
        _decide(request, key, decision, now)
        return _("Exempt. The family is not expected and not reminded.")

    return _do(request, seat, person, do, form)


@login_required
@require_POST
def pupil_unwilling(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """Note that the family does not wish to take part; nothing follows from it (EXE-2)."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key = get_pupil_for(seat, person, now).id

    def do() -> str:
        day = decided_on(seat.evening.held_on, seat.evening.times, now)
        decision = Decision(state=StandingState.UNWILLING, starts_on=day)
        _decide(request, key, decision, now)
        return _("Noted. There is no consequence and no reminder.")

    return _do(request, seat, person, do)


@login_required
@require_POST
def pupil_expected(request: HttpRequest, lecture: int, unit: str, person: str) -> HttpResponse:
    """End what was decided; the family is expected again."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    key = get_pupil_for(seat, person, now).id

    def do() -> str:
        day = decided_on(seat.evening.held_on, seat.evening.times, now)
        end_standing(person_id=key, on=day, now=now, actor=_user(request).username)
        return _("Ended. The family takes part like every other.")

    return _do(request, seat, person, do)


def _decide(request: HttpRequest, key: int, decision: Decision, now: datetime) -> None:
    user = _user(request)
    decide_standing(person_id=key, decision=decision, now=now, actor=user.username, by=user.pk)


def _do(
    request: HttpRequest, seat: Seat, person: str, do: Callable[[], str], form: Form | None = None
) -> HttpResponse:
    """Act and go back to the class; a fault or a refusal shows the pupil again, with its sentence."""
    if form is not None and not form.is_valid():
        return _again(request, seat, person, form=form)

    def again(refusal: RuleBroken) -> HttpResponse:
        return _again(request, seat, person, form=form, refusal=refusal)

    return act_in_class(request, seat, do, to=class_address(seat), again=again)


def _again(
    request: HttpRequest,
    seat: Seat,
    person: str,
    *,
    form: Form | None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    shown = _read(request, seat, person, clock.now())
    if isinstance(form, NoteForm):
        shown = replace(shown, note_form=form)
    if isinstance(form, ExemptionForm):
        shown = replace(shown, exemption_form=form)
    return _page(request, seat, shown, refusal)


def _page(
    request: HttpRequest, seat: Seat, shown: PupilPage, refusal: RuleBroken | None = None
) -> HttpResponse:
    whole = not getattr(request, "htmx", False)
    values = {
        "pupil": shown,
        "seat": seat,
        "evening": seat.evening,
        "back": class_address(seat),
        "refusal": refusal,
        "sentence": sentence(refusal) if refusal else "",
    }
    wrong = refusal or shown.note_form.errors or shown.exemption_form.errors
    template = "boards/pupil.html" if whole else "boards/pupil_panel.html"
    return page_of_names(request, template, values, refused=bool(wrong))


def _read(request: HttpRequest, seat: Seat, person: str, now: datetime) -> PupilPage:
    return pupil_page(request.user, seat, class_unit(seat, now), person, now)


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
