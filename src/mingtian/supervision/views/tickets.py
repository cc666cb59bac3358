"""Tickets: say that help is needed, answer, pass it up, say that it works again, close (STA-4)."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.supervision import access, actions, pages
from mingtian.supervision.access import TicketPlace
from mingtian.supervision.actions import Problem
from mingtian.supervision.forms import TicketForm, WordsForm
from mingtian.supervision.queries.help import latest_lecture, list_passings, list_receivers
from mingtian.supervision.rules import State
from mingtian.supervision.views.common import status
from mingtian.supervision.words import ROLE_WORDS
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told

Typed = tuple[WordsForm | None, WordsForm | None]
"""What was typed: an answer, and why it is passed up."""


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, unit: str) -> HttpResponse:
    """Open a ticket about the reader's own unit, for the office above it."""
    now = clock.now()
    place = access.get_place_to_open(request.user, unit, now)
    office = access.office_above(place.unit, day_of(now))
    form = TicketForm(request.POST or None, initial={"key": public_id(), "cause": ""})
    refusal: RuleBroken | None = None
    if request.method == "POST":
        sent = request.POST
        problem = Problem(
            cause=sent.get("cause", ""), words=sent.get("words", ""), key=sent.get("key", "")
        )
        try:
            made = actions.open_ticket(
                about_id=place.unit.id, office_id=office.id,
                lecture_id=latest_lecture(place.unit.id, now), problem=problem, by=actor(request),
                now=now,
            )  # fmt: skip
            return redirect("supervision:ticket", made.public_id)
        except RuleBroken as broken:
            refusal = broken
    shown = {"place": place, "office": office, "form": form, **told(refusal)}
    return render(request, "supervision/ask.html", shown, status=status(refusal))


@login_required
@require_GET
def show(request: HttpRequest, ticket: str) -> HttpResponse:
    """Show the ticket."""
    now = clock.now()
    return _page(request, access.get_ticket_for(request.user, ticket, now), now)


@login_required
@require_POST
def answer(request: HttpRequest, ticket: str) -> HttpResponse:
    """Keep the first answer."""
    now = clock.now()
    place = access.get_ticket_to(request.user, ticket, now, "may_answer")

    def do() -> str:
        words = request.POST.get("words", "")
        actions.answer(
            ticket_id=place.ticket.pk, office_id=place.stands_at, words=words, by=actor(request),
            now=now,
        )  # fmt: skip
        return _("Answered.")

    return _do(request, place, now, do)


@login_required
@require_POST
def give(request: HttpRequest, ticket: str) -> HttpResponse:
    """Hand the ticket to a colleague or to the unit itself."""
    now = clock.now()
    place = access.get_ticket_to(request.user, ticket, now, "may_answer")

    def do() -> str:
        to = request.POST.get("to", "")
        actions.give_ticket(
            ticket_id=place.ticket.pk, office_id=place.stands_at, to=to, by=actor(request), now=now
        )
        return _("Handed on.")

    return _do(request, place, now, do)


@login_required
@require_POST
def pass_up(request: HttpRequest, ticket: str) -> HttpResponse:
    """Let the next office up answer."""
    now = clock.now()
    place = access.get_ticket_to(request.user, ticket, now, "may_pass")
    above = place.above or place.office

    def do() -> str:
        actions.pass_up(
            ticket_id=place.ticket.pk, office_id=place.stands_at, above=above,
            words=request.POST.get("words", ""), by=actor(request), now=now,
        )  # fmt: skip
        return _("Passed up to %(office)s.") % {"office": above.title}

    return _do(request, place, now, do, passing=True)


@login_required
@require_POST
def solve(request: HttpRequest, ticket: str) -> HttpResponse:
    """Say that it works again."""
    now = clock.now()
    place = access.get_ticket_to(request.user, ticket, now, "may_solve")

    def do() -> str:
        words = request.POST.get("words", "")
        actions.solve(ticket_id=place.ticket.pk, words=words, by=actor(request), now=now)
        return _("Good that it works again.")

    return _do(request, place, now, do)


@login_required
@require_POST
def close(request: HttpRequest, ticket: str) -> HttpResponse:
    """Close what is solved."""
    now = clock.now()
    place = access.get_ticket_to(request.user, ticket, now, "may_solve")

    def do() -> str:
        actions.close(ticket_id=place.ticket.pk, by=actor(request), now=now)
        return _("Closed.")

    return _do(request, place, now, do)


def _pass_form(sent: QueryDict | None = None) -> WordsForm:
    """Return the second form with words on the page, whose field goes by another id."""
    return WordsForm(sent, auto_id="pass_%s")


def _do(
    request: HttpRequest, place: TicketPlace, now: datetime, do: Callable[[], str], *,
    passing: bool = False,
) -> HttpResponse:  # fmt: skip
    def again(refusal: RuleBroken) -> HttpResponse:
        fresh = access.get_ticket_for(request.user, place.ticket.public_id, now)
        typed = (None, _pass_form(request.POST)) if passing else (WordsForm(request.POST), None)
        return _page(request, fresh, now, typed, refusal)

    to = reverse("supervision:ticket", args=[place.ticket.public_id])
    return act(request, do, to=to, again=again)


def _page(
    request: HttpRequest, place: TicketPlace, now: datetime, typed: Typed = (None, None),
    refusal: RuleBroken | None = None,
) -> HttpResponse:  # fmt: skip
    ticket = place.ticket
    taken = (ticket.answered_at - ticket.asked_at).total_seconds() if ticket.answered_at else None
    colour, word = pages.state_chip(State(ticket.state))
    colleagues = [
        (post.user_id, str(ROLE_WORDS[post.role]), post.name)
        for post in (
            list_receivers(place.office.id, place.office.kind, day_of(now))
            if place.may_give
            else []
        )
    ]
    shown = {
        "place": place,
        "ticket": ticket,
        "form": typed[0] or WordsForm(),
        "pass_form": typed[1] or _pass_form(),
        "cause": pages.cause_word(ticket.cause),
        "chip_colour": colour,
        "chip_word": word,
        "taken": pages.time_taken(taken),
        "colleagues": colleagues,
        "passings": list_passings(ticket.pk, day_of(ticket.opened_at)) if ticket.passed_at else [],
        "may_answer": place.may_answer and ticket.state == State.OPEN,
        "may_solve": place.may_solve and ticket.state in {State.OPEN, State.ANSWERED},
        "may_close": place.may_solve and ticket.state == State.SOLVED,
        **told(refusal),
    }
    return render(request, "supervision/ticket.html", shown, status=status(refusal))
