"""A class watches together (CAM-4): its teacher opens the viewing, counts heads, ticks names."""

from collections.abc import Callable, Collection

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.attendance.actions.gatherings import (
    count_heads,
    drop_gathering,
    open_gathering,
    tick_present,
)
from mingtian.attendance.queries.by_hand import find_gathering, list_notes_at
from mingtian.attendance.rules import How
from mingtian.boards.access import Seat, get_class_for
from mingtian.boards.forms import HeadsForm
from mingtian.boards.views.class_pages import act_in_class, class_address, class_unit, page_of_names
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import read_roster_names
from mingtian.people.queries import list_roster
from mingtian.web.refusals import sentence


@login_required
@require_GET
def gathering(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the viewing in class: open it, count, tick, or take it back."""
    seat = get_class_for(request.user, lecture, unit, clock.now())
    return _page(request, seat)


@login_required
@require_POST
def gathering_open(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Open the viewing of the class."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)

    def do() -> str:
        open_gathering(
            lecture_id=lecture, unit_id=seat.unit_id, now=now,
            actor=request.user.get_username(), by=request.user.pk,
        )  # fmt: skip
        return _("The viewing in class is open. Count the heads when everybody is in.")

    return _do(request, seat, do)


@login_required
@require_POST
def gathering_count(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Keep the number of heads."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    form = HeadsForm(request.POST)

    def do() -> str:
        count_heads(
            lecture_id=lecture, unit_id=seat.unit_id, heads=form.cleaned_data["heads"],
            now=now, actor=request.user.get_username(),
        )  # fmt: skip
        return _("Counted. You can correct it until the evening closes.")

    return _do(request, seat, do, form)


@login_required
@require_POST
def gathering_tick(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Keep who of the class was there."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)
    roster = {each.public_id: each.id for each in list_roster(seat.unit_id, day_of(now))}
    ticked = set(request.POST.getlist("present"))
    if not ticked <= roster.keys():
        raise Http404

    def do() -> str:
        tick_present(
            lecture_id=lecture, unit_id=seat.unit_id, person_ids=[roster[each] for each in ticked],
            now=now, actor=request.user.get_username(), by=request.user.pk,
        )  # fmt: skip
        return _("Noted who was there.")

    return _do(request, seat, do, ticked=ticked)


@login_required
@require_POST
def gathering_drop(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Take back a viewing that was opened by mistake."""
    now = clock.now()
    seat = get_class_for(request.user, lecture, unit, now)

    def do() -> str:
        drop_gathering(
            lecture_id=lecture, unit_id=seat.unit_id, now=now, actor=request.user.get_username()
        )
        return _("The viewing in class was taken back, with its ticks.")

    return _do(request, seat, do)


def _do(
    request: HttpRequest,
    seat: Seat,
    do: Callable[[], str],
    form: HeadsForm | None = None,
    *,
    ticked: Collection[str] | None = None,
) -> HttpResponse:
    """Act and show the viewing again; a fault or a refusal shows it with what was sent."""
    if form is not None and not form.is_valid():
        return _page(request, seat, form=form)

    def again(refusal: RuleBroken) -> HttpResponse:
        return _page(request, seat, form=form, refusal=refusal, ticked=ticked)

    to = reverse("boards:gathering", args=[seat.evening.id, seat.public_id])
    return act_in_class(request, seat, do, to=to, again=again)


def _page(
    request: HttpRequest,
    seat: Seat,
    *,
    form: HeadsForm | None = None,
    refusal: RuleBroken | None = None,
    ticked: Collection[str] | None = None,
) -> HttpResponse:
    now, lecture = clock.now(), seat.evening.id
    found = find_gathering(lecture_id=lecture, unit_id=seat.unit_id)
    unit = class_unit(seat, now)
    people = read_roster_names(user=request.user, unit=unit, now=now) if found else []
    notes = list_notes_at(lecture_id=lecture, person_ids=[each.id for each in people])
    hows = [(each, notes[each.id].how if each.id in notes else None) for each in people]
    if ticked is None:
        ticked = {each.public_id for each, how in hows if how is How.IN_CLASS}
    shown = {
        "seat": seat,
        "evening": seat.evening,
        "unit": unit,
        "gathering": found,
        "open": seat.evening.times.doors_at <= now < seat.evening.times.closes_at,
        "ahead": now < seat.evening.times.doors_at,
        "form": form or HeadsForm(initial={"heads": found.heads if found else None}),
        "people": hows,
        "ticked": ticked,
        "in_class": How.IN_CLASS,
        "back": class_address(seat),
        "refusal": refusal,
        "sentence": sentence(refusal) if refusal else "",
    }
    wrong = refusal or (form and form.errors)
    return page_of_names(request, "boards/gathering.html", shown, refused=bool(wrong))
