"""The two boards of a group and the sheet of tips (PUB-3, COD-2)."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.groups import access, actions
from mingtian.groups.access import GroupPlace
from mingtian.groups.forms import EntryForm, board_of
from mingtian.groups.queries import EntryRow, TipRow, list_entries, list_tips
from mingtian.groups.rules import Board
from mingtian.groups.views.common import sender
from mingtian.groups.words import BOARD_WORDS
from mingtian.org.queries import list_posts, unit_rows
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest, group: str, board: str) -> HttpResponse:
    """Show a board; write on it for a unit that is in the group."""
    now = clock.now()
    there = board_of(board)
    if there is None:
        raise Http404
    if request.method == "GET":
        place = access.get_group_for(request.user, group, now)
        return _show(request, place, there, now)
    place = access.get_group_to_write(request.user, group, now)
    unit = _chosen_unit(request, place)
    try:
        actions.write(
            group=place.group, board=there, text=request.POST.get("text", ""),
            by=sender(request, unit), now=now,
        )  # fmt: skip
    except RuleBroken as refusal:
        return _show(request, place, there, now, refusal)
    own = unit == place.group.unit_id
    messages.success(
        request,
        _("It stands on the board.") if own else _("Thank you. It is read before others see it."),
    )
    return redirect("groups:board", place.group.public_id, there.value)


@login_required
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry: str) -> HttpResponse:
    """Change what the own unit wrote."""
    now = clock.now()
    row, place = access.get_own_entry(request.user, entry, now)
    form = EntryForm(request.POST or None, initial={"text": row.text})
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(
                entry=row, owner_id=place.group.unit_id, text=form.cleaned_data["text"],
                by=sender(request, row.unit_id), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Kept."))
            return redirect("groups:board", place.group.public_id, row.board.value)
    shown = {"group": place.group, "entry": row, "form": form, **told(refusal)}
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/entry.html", shown, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, entry: str) -> HttpResponse:
    """Take back what the own unit wrote."""
    now = clock.now()
    row, place = access.get_own_entry(request.user, entry, now)
    if actions.withdraw(entry=row, by=actor(request), now=now):
        messages.success(request, _("Taken back."))
    return redirect("groups:board", place.group.public_id, row.board.value)


@login_required
@require_POST
def decide(request: HttpRequest, entry: str) -> HttpResponse:
    """Show or decline what was written."""
    now = clock.now()
    row, place = access.get_entry_to_decide(request.user, entry, now)
    version = request.POST.get("version", "")
    try:
        actions.decide(
            entry=row, version=int(version) if version.isascii() and version.isdigit() else 0,
            show=request.POST.get("decision") == "show", by=actor(request), now=now,
        )  # fmt: skip
    except RuleBroken as refusal:
        return _show(request, place, row.board, now, refusal)
    return redirect("groups:board", place.group.public_id, row.board.value)


@login_required
@require_POST
def tip(request: HttpRequest, entry: str) -> HttpResponse:
    """Put what is shown on the sheet of tips, or off it."""
    now = clock.now()
    row, place = access.get_entry_to_decide(request.user, entry, now)
    try:
        actions.set_tip(entry=row, on=request.POST.get("tip") == "on", by=actor(request), now=now)
    except RuleBroken as refusal:
        return _show(request, place, row.board, now, refusal)
    return redirect("groups:board", place.group.public_id, row.board.value)


@login_required
@require_GET
def tips(request: HttpRequest) -> HttpResponse:
    """Show the tips that schools shared about getting in."""
    return render(request, "groups/tips.html", {"tips": _tips(request)})


@login_required
@require_GET
def tips_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the tips as CSV or XLSX."""
    head = [_("Tip"), _("Unit"), _("Liaison group"), _("Written on")]
    body = [
        [each.text, each.unit, each.group, f"{clock.day_of(each.written_at)}"]
        for each in _tips(request)
    ]
    return tables.download([head, *body], name="tips", form=form)


def _tips(request: HttpRequest) -> list[TipRow]:
    day = clock.day_of(clock.now())
    assert request.user.pk is not None
    return list_tips(list_posts(request.user.pk, day), day)


def _chosen_unit(request: HttpRequest, place: GroupPlace) -> int:
    """Return the unit for which the reader writes: the one that was chosen, else the only one."""
    chosen = request.POST.get("unit", "")
    units = unit_rows(place.writes_for, clock.day_of(clock.now()))
    found = [unit for unit in place.writes_for if units[unit].public_id == chosen]
    return found[0] if found else place.writes_for[0]


def _show(
    request: HttpRequest,
    place: GroupPlace,
    board: Board,
    now: datetime,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    day = clock.day_of(now)
    entries = [
        each for each in list_entries(place.group.id, board, day) if access.sees_entry(each, place)
    ]
    form = EntryForm(initial={"text": request.POST.get("text", "")})
    address = place.group.public_id
    shown = {
        "place": place,
        "group": place.group,
        "board": board.value,
        "title": BOARD_WORDS[board],
        "boards": [
            (each.value, word, reverse("groups:board", args=[address, each.value]))
            for each, word in BOARD_WORDS.items()
        ],
        "entries": [_entry(each, place) for each in entries],
        "form": form,
        "units": list(unit_rows(place.writes_for, day).values()),
        **told(refusal),
    }
    return render(request, "groups/board.html", shown, status=422 if refusal else 200)


def _entry(row: EntryRow, place: GroupPlace) -> dict[str, object]:
    return {
        "row": row,
        "own": row.unit_id in place.writes_for,
        "read": place.manages and row.state == "waiting",
        "tippable": place.manages and row.state == "shown" and row.board is Board.ENTER,
    }
