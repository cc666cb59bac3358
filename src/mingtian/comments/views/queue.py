"""The queue of texts: read, approve, decline, refer, take back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mingtian.comments.access import can_review, can_see_words, get_comment_for, houses_of
from mingtian.comments.actions.review import (
    ReviewRow,
    approve_plain,
    decide,
    read_queue,
    review_rows,
    take_back,
)
from mingtian.comments.forms import DecisionForm
from mingtian.comments.models import Comment
from mingtian.comments.queries.waiting import waiting_at_class
from mingtian.comments.rules import State
from mingtian.comments.words import CONCERNS, STATES, TOLD, speaker
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

VIEWS = {
    "waiting": (State.WAITING,),
    "referred": (State.REFERRED,),
    "decided": (State.APPROVED, State.DECLINED),
}


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    user, now = person(request), clock.now()
    day = day_of(now)
    if not can_review(user, day):
        return render(request, "comments/no_queue.html", {"sees_words": can_see_words(user, day)})
    view = request.GET.get("show", "waiting")
    if view not in VIEWS:
        raise Http404
    found = read_queue(user=user, states=VIEWS[view], now=now)
    houses = houses_of(user, day)
    shown = {
        "items": [item(row) for row in found.rows],
        "more": found.more,
        "view": view,
        "views": [(key, word, f"?show={key}") for key, word in view_words().items()],
        "plain": [row.public_id for row in found.rows if row.plain and view == "waiting"],
        "at_class": waiting_at_class(houses, day),
        "sees_digests": bool(houses),
        "sees_words": can_see_words(user, day),
        "told": TOLD.items(),
    }
    return render(request, "comments/queue.html", shown)


@login_required
@require_POST
def comment_decide(request: HttpRequest, comment: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    found = get_comment_for(user, comment, day_of(now))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        decide(comment=found, state=form.state(), told=form.offices(), actor=user, now=now)
    except RuleBroken as refusal:
        return _answer(request, found, refusal=sentence(refusal))
    return _answer(request, found)


@login_required
@require_POST
def comment_undo(request: HttpRequest, comment: str) -> HttpResponseBase:
    user, now = person(request), clock.now()
    found = get_comment_for(user, comment, day_of(now))
    try:
        take_back(comment=found, actor=user, now=now)
    except RuleBroken as refusal:
        return _answer(request, found, refusal=sentence(refusal))
    return _answer(request, found)


@login_required
@require_POST
def comments_approve(request: HttpRequest) -> HttpResponseBase:
    user, now = person(request), clock.now()
    if not can_review(user, day_of(now)):
        raise Http404
    number = approve_plain(public_ids=request.POST.getlist("comment"), actor=user, now=now)
    told = ngettext("%(n)s text was approved.", "%(n)s texts were approved.", number)
    messages.success(request, told % {"n": number})
    return redirect("comments:queue")


def item(row: ReviewRow) -> dict[str, Any]:
    """Return a row with its words for the template."""
    return {
        "row": row,
        "speaker": speaker(row.kind, row.kin),
        "concerns": [str(CONCERNS[each]) for each in row.concerns],
        "told": [str(TOLD[each]) for each in row.told],
        "state": str(STATES[row.state]),
        "waits": row.state is State.WAITING,
    }


def view_words() -> dict[str, str]:
    return {"waiting": _("Waiting"), "referred": _("Referred"), "decided": _("Decided")}


def _answer(request: HttpRequest, found: Comment, *, refusal: str = "") -> HttpResponseBase:
    """Answer with the one item to htmx, with the whole queue to browsers without scripts."""
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("comments:queue")
    day = day_of(clock.now())
    fresh = Comment.objects.filter(public_id=found.public_id)
    (row,) = review_rows(list(fresh), day)
    shown = {"item": item(row), "refusal": refusal, "told": TOLD.items()}
    return render(request, "comments/queue.html#item", shown)
