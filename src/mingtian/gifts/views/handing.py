"""Rounds of visits: planned by number, carried by name, confirmed by a second person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.gifts import actions
from mingtian.gifts.access import (
    any_desk_for,
    carrier_desk_for,
    get_handover,
    get_round,
    items_of,
)
from mingtian.gifts.actions import RoundSpec
from mingtian.gifts.forms import HandForm, HandUndoForm, NotGivenForm, PlanForm, RoundForm
from mingtian.gifts.pages import Act, Line, Page, Table
from mingtian.gifts.queries import handing
from mingtian.gifts.queries.handing import HandRow
from mingtian.gifts.receipts import list_of_round
from mingtian.gifts.rules import OFF_THE_LIST, HandState, Tag
from mingtian.gifts.views.common import desk_of, inside, paper, show
from mingtian.gifts.words import (
    HAND_CHIPS,
    HAND_STATES,
    HAND_UNDOS,
    TAGS,
    WAYS,
    how_many,
    item_name,
    minute,
)
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose
from mingtian.web.acting import act, actor
from mingtian.web.reader import person
from mingtian.web.tables import FORMS, download


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds of the reader's places, and open one."""
    desk = desk_of(request)
    form = RoundForm(
        request.POST or None, initial={"goes_on": clock.day_of(clock.now())}, unit=desk.choices()
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        unit = desk.unit(sent["unit"])
        spec = RoundSpec(
            unit_id=unit.id, county_id=desk.county_of[unit.id], title=sent["title"],
            tag=Tag(sent["tag"]), goes_on=sent["goes_on"],
        )  # fmt: skip
        try:
            made = actions.open_round(spec, now=clock.now(), actor=actor(request))
        except RuleBroken as broken:
            refusal = broken
        else:
            return redirect("gifts:round", made.public_id)
    with inside(request, desk) as (_desk, door):
        rows = handing.list_rounds(door, list(desk.units))
    lines = [
        Line(cells=[row.title, row.goes_on, desk.units[row.unit_id].title, TAGS[row.tag], row.planned,
                    row.handed, row.confirmed], url=reverse("gifts:round", args=[row.public_id]))
        for row in rows
    ]  # fmt: skip
    return show(request, Page(
        title=_("Rounds of visits"),
        tables=[Table(
            headers=[_("Round"), _("Day"), _("Place"), _("Occasion"), _("To hand over"),
                     _("To confirm"), _("Confirmed by two")],
            lines=lines, nothing=_("No rounds yet"),
            nothing_text=_("Open a round, then put children on its list by their numbers."),
        )],
        form=form, form_title=_("Open a round"), button=_("Open the round"),
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, going: str) -> HttpResponse:
    """Show a round's list by number; put a child on it."""
    desk = desk_of(request)
    found = get_round(desk, going)
    kept = {key: item for key, item in items_of(desk).items() if item.county_id == found.county_id}
    form = PlanForm(
        request.POST or None, item=[(key, item_name(item)) for key, item in kept.items()]
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with inside(request, desk) as (_desk, door):
                actions.plan(door, found, form.cleaned_data["child"], form.quantities(), kept)
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The child is on the list."))
            return redirect("gifts:round", going)
    with inside(request, desk) as (_desk, door):
        rows = handing.list_of_round(door, found)
    files = {
        f.upper(): reverse("gifts:round-file", args=[going, f]) for f in ("pdf", "docx", "xlsx")
    }
    return show(request, Page(
        title=found.title,
        intro=_("By number: names open only to whoever goes. Nothing about anybody's situation stands"
                " here or on the printed list."),
        facts=[(_("Day"), found.goes_on), (_("Place"), desk.units[found.unit_id].title),
               (_("Occasion"), TAGS[found.tag])],
        links=[(_("Rounds of visits"), reverse("gifts:rounds"))],
        tables=[Table(
            headers=[_("Child's number"), _("Things"), _("Handed over by")],
            lines=[Line(cells=[row.child, _things(row), row.handed_by or "–"], chip=_chip(row),
                        url=reverse("gifts:sign-off", args=[row.public_id])) for row in rows],
            nothing=_("Nobody is on the list yet"),
            nothing_text=_("Put children on it by their numbers, with what each is to get."), files=files,
        )],
        form=form, form_title=_("Put a child on the list"), button=_("Put on the list"),
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_GET
def round_file(request: HttpRequest, going: str, form: str) -> HttpResponse:
    """Give a round's list for printing: numbers, things, room to sign."""
    desk = desk_of(request)
    found = get_round(desk, going)
    with inside(request, desk) as (_desk, door):
        rows = [row for row in handing.list_of_round(door, found) if row.state not in OFF_THE_LIST]
    if form in FORMS:
        head = [_("Child's number"), _("Things"), _("State")]
        cells = [[row.child, _things(row), str(HAND_STATES[row.state])] for row in rows]
        return download([head, *cells], name=f"round-{going}", form=form)
    return paper(list_of_round(found, rows, desk.units[found.unit_id]), f"round-{going}", form)


@login_required
@never_cache
@require_GET
def sign_off(request: HttpRequest, handover: str) -> HttpResponse:
    """Show who noted, confirmed or undid a hand-over, by number, to whoever works with the place."""
    return _sign_off(request, handover)


@login_required
@never_cache
@require_POST
def undo(request: HttpRequest, handover: str) -> HttpResponse:
    """Undo a hand-over that was noted wrongly; offices alone."""
    _row, _going, deciding = _found(request, handover)
    if not deciding:
        raise Http404
    form = HandUndoForm(request.POST)

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("gifts_reason_missing")
        with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
            actions.undo_hand_over(door, get_handover(door, handover), form.said())
        return _("The hand-over is undone. The things are in stock again.")

    return act(
        request, do, to=reverse("gifts:sign-off", args=[handover]),
        again=lambda refusal: _sign_off(request, handover, refusal),
    )  # fmt: skip


@login_required
@never_cache
@require_GET
def carry(request: HttpRequest) -> HttpResponse:
    """Show whoever goes what to carry to whom, by name. The reading is noted."""
    carrier_desk_for(person(request), clock.now())
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        rows = handing.list_own(door)
    lines = [
        Line(cells=[row.name, row.child, row.goes_on, _things(row)], chip=_chip(row),
             url=reverse("gifts:hand-over", args=[row.public_id]))
        for row in rows
    ]  # fmt: skip
    return show(request, Page(
        title=_("What I carry"),
        intro=_("Your own children alone. Hand things over quietly; take no photographs."),
        tables=[Table(
            headers=[_("Child"), _("Number"), _("Day"), _("Things")], lines=lines,
            nothing=_("Nothing to carry"),
            nothing_text=_("When the office plans something for a child whom you help, it appears here."),
        )],
    ))  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, handover: str) -> HttpResponse:
    """Show one hand-over to whoever goes, and note it as done."""
    form = HandForm(request.POST or None)
    carrier_desk_for(person(request), clock.now())
    refusal: RuleBroken | None = None
    if request.method == "POST":
        with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
            get_handover(door, handover)
    if request.method == "POST" and form.is_valid():
        try:
            with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
                found = get_handover(door, handover)
                actions.hand_over(door, found, form.said(), form.cleaned_data["signer"])
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Noted as handed over."))
            return redirect("gifts:carry")
    return _hand_page(request, handover, form, refusal)


@login_required
@never_cache
@require_POST
def not_given(request: HttpRequest, handover: str) -> HttpResponse:
    """Note why nothing was handed over: whoever goes, or whoever planned it."""
    desk = any_desk_for(person(request), clock.now())
    form = NotGivenForm(request.POST)
    with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
        found = get_handover(door, handover)
    to = (
        reverse("gifts:round", args=[found.round.public_id])
        if found.unit_id in desk.units
        else (reverse("gifts:carry"))
    )

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("gifts_reason_missing")
        with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
            actions.not_given(door, get_handover(door, handover), form.said())
        return _("Noted. The things stay in stock.")

    return act(request, do, to=to, again=lambda refusal: confirming_page(request, refusal))


@login_required
@never_cache
@require_GET
def confirming(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person who was there."""
    return confirming_page(request)


@login_required
@never_cache
@require_POST
def confirm(request: HttpRequest, handover: str) -> HttpResponse:
    """Note that the reader was there as the second person."""
    any_desk_for(person(request), clock.now())
    with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
        get_handover(door, handover)

    def do() -> str:
        with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
            actions.confirm(door, get_handover(door, handover))
        return _("Confirmed.")

    return act(
        request, do, to=reverse("gifts:confirming"),
        again=lambda refusal: confirming_page(request, refusal),
    )  # fmt: skip


def confirming_page(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    """Show hand-overs without a signature, by number, for the second person."""
    with inside(request, carrying=True) as (_desk, door):
        rows = handing.list_to_confirm(door)
    lines = [
        Line(
            cells=[row.child, row.round, row.goes_on, _things(row), row.handed_by], chip=_chip(row),
            acts=[Act(word=_("I was there"), url=reverse("gifts:confirm", args=[row.public_id]),
                      call=True)],
        )
        for row in rows
    ]  # fmt: skip
    return show(request, Page(
        title=_("To be confirmed"),
        intro=_("Where nobody signed, a second person who was there confirms. Nobody confirms the own"
                " hand-over."),
        tables=[Table(
            headers=[_("Child's number"), _("Round"), _("Day"), _("Things"), _("Handed over by")],
            lines=lines, nothing=_("Nothing waits for confirmation"),
        )],
    ), refusal)  # fmt: skip


def _hand_page(
    request: HttpRequest, handover: str, form: HandForm, refusal: RuleBroken | None
) -> HttpResponse:
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        found = get_handover(door, handover)
        if door.parts(found.child_id).isdisjoint(actions.GOING):
            raise Http404
        row = handing.open_own(door, found)
    open_ = row.state is HandState.PLANNED
    facts: list[tuple[str, object]] = [
        (_("Number"), row.child), (_("Day"), row.goes_on), (_("Things"), _things(row)),
        (_("State"), HAND_STATES[row.state]),
    ]  # fmt: skip
    if row.signer:
        facts.append((_("Signed by"), row.signer))
    facts += _undoing(row)
    return show(request, Page(
        title=row.name, facts=facts, narrow=True, form=form if open_ else None,
        form_title=_("Note as handed over"), button=_("Note as handed over"),
        notice=_("No photographs. A name or a second person is enough.") if open_ else "",
        acts=[Act(word=_("Nothing was given"), url=reverse("gifts:not-given", args=[handover]),
                  form=NotGivenForm())] if open_ else [],
        links=[(_("What I carry"), reverse("gifts:carry"))],
    ), refusal)  # fmt: skip


def _found(request: HttpRequest, handover: str) -> tuple[HandRow, str, bool]:
    """Return a hand-over of the reader's places, its round, and whether the reader decides there."""
    desk = desk_of(request)
    with inside(request, desk) as (_desk, door):
        found = get_handover(door, handover)
        if found.unit_id not in desk.units:
            raise Http404
        return (
            handing.hand_row(door, found), found.round.public_id, found.unit_id in desk.deciding
        )  # fmt: skip


def _sign_off(
    request: HttpRequest, handover: str, refusal: RuleBroken | None = None
) -> HttpResponse:
    row, going, deciding = _found(request, handover)
    acts = []
    if row.state is HandState.PLANNED:
        acts.append(Act(word=_("Take off the list"), url=reverse("gifts:not-given", args=[handover]),
                        form=NotGivenForm()))  # fmt: skip
    elif deciding and row.state not in OFF_THE_LIST:
        acts.append(Act(word=_("Undo this hand-over"), url=reverse("gifts:hand-undo", args=[handover]),
                        form=HandUndoForm()))  # fmt: skip
    return show(request, Page(
        title=_("Hand-over to %(number)s") % {"number": row.child}, narrow=True, facts=_facts(row),
        notice=_("The things go back into stock, and this page keeps who handed over and signed.")
        if acts and row.state is not HandState.PLANNED else "",
        acts=acts, links=[(row.round, reverse("gifts:round", args=[going]))],
    ), refusal)  # fmt: skip


def _facts(row: HandRow) -> list[tuple[str, object]]:
    """Say what happened to a hand-over, in its order. Who signed is told to whoever goes, alone."""
    facts: list[tuple[str, object]] = [
        (_("Things"), _things(row)), (_("Day"), row.goes_on), (_("State"), HAND_STATES[row.state])
    ]  # fmt: skip
    if row.handed_at and row.way:
        facts += [(_("Handed over by"), f"{row.handed_by} · {minute(row.handed_at)}"),
                  (_("How it is confirmed"), WAYS[row.way])]  # fmt: skip
    if row.confirmed_at and row.confirmed_by:
        facts.append((_("Confirmed by"), f"{row.confirmed_by} · {minute(row.confirmed_at)}"))
    return facts + _undoing(row)


def _undoing(row: HandRow) -> list[tuple[str, object]]:
    if row.undone_at is None or row.undone_for is None:
        return []
    return [(_("Undone by"), f"{row.undone_by} · {minute(row.undone_at)}"),
            (_("Undone because"), HAND_UNDOS[row.undone_for])]  # fmt: skip


def _things(row: HandRow) -> str:
    return " · ".join(how_many(item, quantity) for item, quantity in row.lines)


def _chip(row: HandRow) -> tuple[str, str]:
    return HAND_CHIPS[row.state], str(HAND_STATES[row.state])
