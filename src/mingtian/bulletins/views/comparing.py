"""Pages that list units by an indicator, and the switch for it (RNK-1)."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mingtian.boards.rules import SMALLEST_COMPARED
from mingtian.bulletins import access, actions
from mingtian.bulletins.access import Place
from mingtian.bulletins.forms import SwitchForm
from mingtian.bulletins.lists import Entry, Indicator, check_indicator
from mingtian.bulletins.queries.comparison import Listing, find_switching, list_units
from mingtian.bulletins.words import GROUND_WORDS, INDICATOR_WORDS, LIST_WORDS
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.refusals import told
from mingtian.web.rules import percent
from mingtian.web.templatetags.mingtian import BASIS_WORDS, STATUS_WORDS


@login_required
@require_GET
def units(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the list of a unit's parts, of the day or of the campaign up to it."""
    now = clock.now()
    place = access.get_place_to_compare(request.user, lecture, unit, now)
    try:
        listing = _listing(request, place, now)
    except RuleBroken as refusal:
        return _show(request, place, None, refusal)
    return _show(request, place, listing)


@login_required
@require_GET
def export(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the list as CSV or XLSX."""
    now = clock.now()
    place = access.get_place_to_compare(request.user, lecture, unit, now)
    try:
        listing = _listing(request, place, now)
    except RuleBroken as refusal:
        return _show(request, place, None, refusal)
    name = f"units-{place.day.held_on}-{place.unit.public_id}"
    return tables.download(table_of(listing, place), name=name, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Switch the comparison of the campaign's units on or off, with the reason."""
    now = clock.now()
    place = access.get_place_to_switch(request.user, lecture, unit, now)
    standing = find_switching(place.day.campaign_id)
    on = not (standing and standing.on)
    form = SwitchForm(request.POST or None, on=on)
    refusal: RuleBroken | None = None
    if request.method == "POST":
        sent = request.POST
        try:
            # What the page offered, not what is off by now: a second press changes nothing.
            wanted = sent.get("on", "1" if on else "0") == "1"
            actions.switch(
                campaign=place.day.campaign, on=wanted, ground=sent.get("ground", ""),
                words=sent.get("words", ""), now=now,
                by=actor(request),
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            said = _("Units are compared.") if wanted else _("Units are not compared any more.")
            messages.success(request, said)
            return redirect("bulletins:units", lecture, unit)
    shown = {
        "place": place,
        "day": place.day,
        "standing": standing,
        "ground": GROUND_WORDS[standing.ground] if standing else "",
        "on": on,
        "form": form,
        **told(refusal),
    }
    return render(request, "bulletins/switch.html", shown, status=422 if refusal else 200)


def table_of(listing: Listing, place: Place) -> list[tables.Row]:
    """Return the list for a spreadsheet, with what it is a list of above it."""
    head: list[tables.Row] = [
        [place.unit.title, place.day.shown_campaign],
        [str(INDICATOR_WORDS[listing.indicator]), _scope_word(listing, place)],
        [str(STATUS_WORDS[listing.status]), str(BASIS_WORDS[listing.total.basis])],
        [_("Whole"), listing.total.value],
        [],
        [_("Place in the list"), _("Unit"), _("Kind of unit"), _("Count"), _("Of"), _("Rate"), _("Exempt"),
         _("Places gained")],
    ]  # fmt: skip
    body: list[tables.Row] = [
        [
            each.place, each.title, str(LIST_WORDS[each.kind]), each.value, each.of,
            percent(each.share) if each.share is not None else None, each.exempt, each.moved,
        ]
        for _kind, entries in listing.groups
        for each in entries
    ]  # fmt: skip
    return [*head, *body]


def _listing(request: HttpRequest, place: Place, now: datetime) -> Listing:
    by = check_indicator(request.GET.get("by", Indicator.PERSONS))
    of_campaign = request.GET.get("of") == "campaign"
    return list_units(place.day, place.unit, place.path, by, now, of_campaign=of_campaign)


def _scope_word(listing: Listing, place: Place) -> str:
    if listing.of_campaign:
        return _("%(days)s frozen days of %(all)s") % {
            "days": listing.days, "all": listing.days_of_campaign,
        }  # fmt: skip
    return _("Evening %(number)s, %(day)s") % {
        "number": place.day.number, "day": place.day.held_on.isoformat(),
    }  # fmt: skip


def _show(
    request: HttpRequest, place: Place, listing: Listing | None, refusal: RuleBroken | None = None
) -> HttpResponse:
    base = reverse("bulletins:units", args=[place.day.lecture_id, place.unit.public_id])
    by = listing.indicator if listing else Indicator.PERSONS
    of = "campaign" if request.GET.get("of") == "campaign" else "day"
    shown = {
        "place": place,
        "day": place.day,
        "listing": listing,
        "groups": _groups(listing) if listing else [],
        "scope": _scope_word(listing, place) if listing else "",
        "by": by.value,
        "of": of,
        "least": SMALLEST_COMPARED,
        "indicators": [
            (each.value, word, f"{base}?of={of}&by={each.value}")
            for each, word in INDICATOR_WORDS.items()
        ],
        "spans": [
            ("day", _("This evening"), f"{base}?of=day&by={by.value}"),
            ("campaign", _("Campaign up to it"), f"{base}?of=campaign&by={by.value}"),
        ],
        "query": f"?of={of}&by={by.value}",
        **told(refusal),
    }
    return render(request, "bulletins/units.html", shown, status=422 if refusal else 200)


def _groups(listing: Listing) -> list[tuple[object, list[Entry], list[Entry]]]:
    """Return each kind's units with a place, and those beside without one."""
    return [
        (LIST_WORDS[kind], [e for e in entries if e.place], [e for e in entries if not e.place])
        for kind, entries in listing.groups
    ]
