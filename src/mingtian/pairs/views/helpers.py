"""Helpers with their checks, for offices; the own record of service, for helpers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import audit, clock
from mingtian.core.errors import RuleBroken
from mingtian.pairs import access, actions, queries
from mingtian.pairs.forms import VetForm
from mingtian.pairs.queries import HelperRow
from mingtian.pairs.views.common import Asked, ask, private
from mingtian.pairs.words import CHECK_CHIPS, CHECK_WORDS, KIND_WORDS
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web import tables
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@require_GET
def helpers(request: HttpRequest) -> HttpResponse:
    """Helpers of the reader's places: who is vetted, and whose check lapses within 30 days."""
    rows = _rows(request)
    listed = [
        (row, KIND_WORDS[row.kind] if row.kind else "", CHECK_CHIPS[row.check], CHECK_WORDS[row.check])
        for row in rows
    ]  # fmt: skip
    return private(render(request, "pairs/helpers.html", {"helpers": listed}))


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Take the list of helpers and their checks out."""
    rows = _rows(request)
    heads = (_("Helper"), _("Place"), _("Kind"), _("Checked on"), _("Holds until"), _("Pairs"))
    cells = [
        (row.name, row.unit, str(KIND_WORDS[row.kind]) if row.kind else "",
         row.checked_on.isoformat() if row.checked_on else "",
         row.holds_until.isoformat() if row.holds_until else "", row.pairs)
        for row in rows
    ]  # fmt: skip
    reply = tables.download([heads, *cells], name="helpers", form=form)
    audit.record(
        actor=person(request).get_username(), action="pairs.helpers_taken", subject="pairs:helpers",
        now=clock.now(), helpers=len(rows),
    )  # fmt: skip
    return private(reply)


@login_required
@require_http_methods(["GET", "POST"])
def vet(request: HttpRequest, helper: str) -> HttpResponse:
    """Note that a helper was checked."""

    def make(door: Door, sent: QueryDict | None) -> Asked:
        user_id, _unit = access.get_helper_to_vet(door, helper)
        return Asked(
            form=VetForm(sent), title=_("No criminal record"), button=_("I have seen the answer"),
            back=reverse("pairs:helpers"), about=queries.name_of(user_id),
            intro=_("Whoever works with minors is looked up before the first visit and once a year (Minors Law 62). Only the fact and the day are kept, no paper."),
        )  # fmt: skip

    def do(door: Door, page: Asked) -> str:
        sent = page.form.cleaned_data
        actions.note_vetting(door, helper, kind=sent["kind"], checked_on=sent["checked_on"])
        return ""

    return ask(request, make, do, said=_("Kept."), purpose=Purpose.SUPERVISING)


@login_required
@require_POST
def stop(request: HttpRequest, helper: str) -> HttpResponse:
    """Let a helper help no more, at once."""
    try:
        with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
            number = actions.stop_helper(door, helper)
    except RuleBroken as refusal:
        messages.error(request, str(told(refusal)["told"]))
    else:
        messages.success(
            request,
            ngettext(
                "This person helps no more; %(number)s pair needs another helper.",
                "This person helps no more; %(number)s pairs need another helper.", number,
            ) % {"number": number},
        )  # fmt: skip
    return HttpResponseRedirect(reverse("pairs:helpers"))


@login_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The reader's own visits and hours, by year."""
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        years = queries.list_hours(door)
        if not years and not access.is_helper(door):
            raise Http404
    return private(render(request, "pairs/record.html", {"years": years}))


@login_required
@require_GET
def record_file(request: HttpRequest, form: str) -> HttpResponse:
    """Take the own record out."""
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        years = queries.list_hours(door)
        if not years and not access.is_helper(door):
            raise Http404
    heads = (_("Year"), _("Visits made"), _("Hours of visits"))
    cells = [(year.year, year.visits, year.hours) for year in years]
    return private(tables.download([heads, *cells], name="record", form=form))


def _rows(request: HttpRequest) -> list[HelperRow]:
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        if not access.has_places(door):
            raise Http404
        return queries.list_helpers(door)
