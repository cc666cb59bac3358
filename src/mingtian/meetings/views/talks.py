"""The log of talks with other offices (ORG-4)."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.meetings import access, actions
from mingtian.meetings.access import Place
from mingtian.meetings.forms import TalkForm, just_now
from mingtian.meetings.queries.follow_ups import list_follow_ups, of_talk
from mingtian.meetings.queries.owners import list_owners
from mingtian.meetings.queries.talks import search_talks, talk_rows
from mingtian.meetings.rules import Way
from mingtian.meetings.views.shared import TABLE, show
from mingtian.meetings.words import CHAIR_OF, WAY_WORDS
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.paging import cut


@login_required
@require_GET
def listed(request: HttpRequest, unit: str) -> HttpResponse:
    """Show whom a unit met, the latest first."""
    now = clock.now()
    place = access.get_talking_place_for(request.user, unit, now)
    words = _words(request)
    found = search_talks(
        access.talks_visible_to(request.user, now), unit_id=place.unit.id, words=words
    )
    rows, page = cut(found, request)
    shown = {
        "place": place,
        "words": words,
        "rows": talk_rows(rows, day_of(now)),
        "page": page,
        "asked": urlencode({"q": words}) if words else "",
    }
    return show(request, "meetings/talks.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, unit: str, form: str) -> HttpResponse:
    """Give the log as it is asked for as CSV or XLSX."""
    now = clock.now()
    place = access.get_talking_place_for(request.user, unit, now)
    visible = access.talks_visible_to(request.user, now)
    found = search_talks(visible, unit_id=place.unit.id, words=_words(request))
    head = [
        _("At"), _("Who of us"), _("With which body"), _("With whom there"), _("How"),
        _("What was agreed"), _("Open follow-ups"), _("Late follow-ups"),
    ]  # fmt: skip
    body: list[tables.Row] = [
        [
            row.held_at, row.post, row.with_whom,
            row.with_role, row.way_word, row.agreed, row.open_follow_ups, row.late_follow_ups,
        ]
        for row in talk_rows(found[: TABLE + 1], day_of(now))
    ]  # fmt: skip
    return tables.download(
        [head, *body], name=f"talks-{place.unit.public_id}-{day_of(now)}", form=form, most=TABLE
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str) -> HttpResponse:
    """Enter a talk of the reader's unit."""
    now = clock.now()
    place = access.get_place_to_talk(request.user, unit, now)
    form = TalkForm(
        request.POST or None,
        initial=_proposed(place, now),
        owners=list_owners(place.unit.id, day_of(now)),
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        try:
            made = actions.record_talk(
                unit_id=place.unit.id, spec=form.spec(), task=form.task_if_any(), once=once,
                by=actor(request), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The talk is entered."))
            return redirect("meetings:talk", made.public_id)
    return show(request, "meetings/talk_form.html", {"place": place, "form": form}, refusal)


@login_required
@require_GET
def talk(request: HttpRequest, talk: str) -> HttpResponse:
    """Show a talk, what was agreed and how far it is followed up."""
    now = clock.now()
    found, place = access.get_talk_for(request.user, talk, now)
    own = access.follow_ups_visible_to(request.user, now).filter(talk=found)
    shown = {
        "talk": found,
        "place": place,
        "way": WAY_WORDS[Way(found.way)],
        "own": set(own.values_list("public_id", flat=True)),
        "follow_ups": list_follow_ups(of_talk(found.pk), day=day_of(now)),
    }
    return show(request, "meetings/talk.html", shown)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:60]


def _proposed(place: Place, now: datetime) -> dict[str, Any]:
    return {
        "once": public_id(),
        "post": CHAIR_OF[place.keeper],
        "way": Way.VISIT.value,
        **just_now(now),
    }
