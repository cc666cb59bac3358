"""A contact task on one page: whom to call, why, and what it was."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.closings.queries import DayRow, find_day
from mingtian.closings.queries.days import find_confirmation
from mingtian.closings.rules import HOUSES, due_at
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.supervision import access, actions, pages
from mingtian.supervision.access import TaskPlace
from mingtian.supervision.actions import Said
from mingtian.supervision.forms import CallForm
from mingtian.supervision.queries.help import list_alerts_of, list_receivers, ticket_of
from mingtian.supervision.views.common import status
from mingtian.supervision.words import ROLE_WORDS, STAGE_WORDS
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told


@login_required
@require_GET
def show(request: HttpRequest, task: str) -> HttpResponse:
    """Show the task."""
    now = clock.now()
    return _page(request, access.get_task_for(request.user, task, now), now)


@login_required
@require_POST
def take(request: HttpRequest, task: str) -> HttpResponse:
    """Say that one calls."""
    now = clock.now()
    place = access.get_task_to_act(request.user, task, now)

    def do() -> str:
        actions.take(task_id=place.task.pk, by=actor(request), now=now)
        return _("Yours. Thank you for calling.")

    return _do(request, place, now, do)


@login_required
@require_POST
def give(request: HttpRequest, task: str) -> HttpResponse:
    """Hand the task to a colleague or to the unit itself."""
    now = clock.now()
    place = access.get_task_to_act(request.user, task, now)

    def do() -> str:
        to = request.POST.get("to", "")
        actions.give(task_id=place.task.pk, to=to, by=actor(request), now=now)
        return _("Handed on.")

    return _do(request, place, now, do)


@login_required
@require_POST
def done(request: HttpRequest, task: str) -> HttpResponse:
    """Keep what the call brought."""
    now = clock.now()
    place = access.get_task_to_act(request.user, task, now)
    form = CallForm(request.POST)

    def do() -> str:
        sent = request.POST
        said = Said(cause=sent.get("cause", ""), words=sent.get("words", ""), stays="stays" in sent)
        actions.finish(task_id=place.task.pk, said=said, by=actor(request), now=now)
        return _("Kept. Thank you for calling.")

    return _do(request, place, now, do, form)


def _do(request: HttpRequest, place: TaskPlace, now: datetime, do: Callable[[], str], form: CallForm | None = None) -> HttpResponse:  # fmt: skip
    def again(refusal: RuleBroken) -> HttpResponse:
        # A colleague may have been first: show how it stands now.
        fresh = access.get_task_for(request.user, place.task.public_id, now)
        return _page(request, fresh, now, form, refusal)

    to = reverse("supervision:task", args=[place.task.public_id])
    return act(request, do, to=to, again=again)


def _page(
    request: HttpRequest, place: TaskPlace, now: datetime, form: CallForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:  # fmt: skip
    task = place.task
    open_now = task.done_at is None and place.may_act
    day = find_day(task.lecture_id)
    assert day is not None, "a call is of an evening that has begun"
    shown = {
        "place": place,
        "task": task,
        "day": day,
        "form": form or CallForm(),
        "alerts": [
            (STAGE_WORDS[mark.stage], pages.mark_words(mark), at)
            for mark, at in list_alerts_of(task.pk)
        ],
        "cause": pages.cause_word(task.cause),
        "ticket": ticket_of(task.pk),
        "unconfirmed": open_now and _is_silent(place, day, now),
        "colleagues": _people(place, now, own=True) if open_now else [],
        "callees": _people(place, now, own=False) if open_now else [],
        **told(refusal),
    }
    return render(request, "supervision/task.html", shown, status=status(refusal))


def _is_silent(place: TaskPlace, day: DayRow, now: datetime) -> bool:
    """Say whether the unit should have confirmed the evening by now, and has not."""
    if place.about.kind not in HOUSES or now < due_at(place.about.kind, day.ends_at):
        return False
    return find_confirmation(day.lecture_id, place.about.id) is None


def _people(place: TaskPlace, now: datetime, *, own: bool) -> list[tuple[int, str, str]]:
    unit = place.owner if own else place.about
    return [
        (post.user_id, str(ROLE_WORDS[post.role]), post.name)
        for post in list_receivers(unit.id, unit.kind, day_of(now))
    ]
