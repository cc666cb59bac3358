"""A timely problem: read, answered by the office, closed by whoever asked (AID-2)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.care import access, actions, queries, words
from mingtian.care.access import ChildPlace
from mingtian.care.forms import AnswerForm
from mingtian.care.models import Ticket
from mingtian.care.queries.waiting import state_of
from mingtian.care.rules import TicketState, Topic
from mingtian.care.views.common import press, private
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Part, Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@require_GET
def show(request: HttpRequest, ticket: str) -> HttpResponse:
    """A problem with its answer."""
    return _page(request, ticket)


@login_required
@require_POST
def answer(request: HttpRequest, ticket: str) -> HttpResponse:
    """Answer for the office; the first answer is kept."""
    form = AnswerForm(request.POST)
    try:
        with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
            row, place = access.get_ticket_for(door, ticket)
            if not place.standing.oversees:
                raise Http404
            form.is_valid()
            actions.answer_ticket(door, row, words=form.cleaned_data.get("words", ""))
    except RuleBroken as refusal:
        return _page(request, ticket, form, refusal)
    messages.success(request, _("Answered."))
    return HttpResponseRedirect(reverse("care:ticket", args=[ticket]))


@login_required
@require_POST
def close(request: HttpRequest, ticket: str) -> HttpResponse:
    """Say that a problem is solved."""

    def do(door: Door) -> tuple[str, str]:
        row, place = access.get_ticket_for(door, ticket)
        if not _may_close(door, row, place):
            raise Http404
        actions.close_ticket(door, row)
        return _("Closed."), reverse("care:ticket", args=[ticket])

    return press(request, do, back=reverse("care:own"))


def _may_close(door: Door, row: Ticket, place: ChildPlace) -> bool:
    return row.by_id == door.user_id or place.standing.oversees or Part.WORKER in place.parts


def _page(
    request: HttpRequest, ticket: str, form: AnswerForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:  # fmt: skip
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        row, place = access.get_ticket_for(door, ticket)
        state = state_of(row.answered_at, row.closed_at)
        taken = row.answered_at - row.at if row.answered_at else None
        shown = {
            "ticket": row,
            "place": place,
            "topic": words.TOPIC_WORDS[Topic(row.topic)],
            "chip": words.TICKET_CHIPS[state],
            "chip_word": words.TICKET_WORDS[state],
            "hours": max(1, round(taken.total_seconds() / 3600)) if taken is not None else None,
            "answered_by": queries.staff_names([row.answered_by_id])[row.answered_by_id],
            "may_answer": place.standing.oversees and state is TicketState.OPEN,
            "may_close": state is not TicketState.CLOSED and _may_close(door, row, place),
            "form": form or AnswerForm(),
            **told(refusal),
        }
    return private(
        render(request, "care/ticket.html", shown, status=422 if refusal is not None else 200)
    )
