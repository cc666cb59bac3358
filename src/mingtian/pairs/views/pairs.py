"""Pairs as lists and one by one: names for whoever may open them, numbers for offices."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.children.queries import names
from mingtian.core import audit, clock
from mingtian.core.clock import day_of
from mingtian.pairs import access, queries
from mingtian.pairs.forms import EndForm
from mingtian.pairs.queries import PairPage
from mingtian.pairs.rules import State, check_of
from mingtian.pairs.views.common import private, shown
from mingtian.pairs.words import AREA_WORDS, STATE_WORDS, WAY_WORDS
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web import paging, tables
from mingtian.web.reader import person

SHOWN = (State.SILENT, State.INACTIVE, State.PAUSED, State.ENDED)
MOST_EXPORTED = 10_000


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The pairs in which the reader helps, with names, and how long its check holds; and the way to
    those that it arranges."""
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        helps = access.is_helper(door)
        if not helps and not access.sees_pairs(door):
            raise Http404
        page = queries.list_pairs(door, mine=True)
        vetted = queries.own_check(door)
        told = {
            "pairs": shown(page.rows, _names(door, page)), "arranges": access.arranges(door),
            "helps": helps, "check": check_of(vetted, day_of(door.now)).value, "vetted": vetted,
        }  # fmt: skip
    return private(render(request, "pairs/own.html", told))


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All pairs that the reader arranges; ``show`` keeps those of one state, ``page`` leafs."""
    wanted = request.GET.get("show", "")
    return _listing(request, next((one for one in SHOWN if one.value == wanted), None))


@login_required
@require_GET
def silent(request: HttpRequest) -> HttpResponse:
    """Pairs in which no visit was made as agreed."""
    return _listing(request, State.SILENT)


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Take the list out: numbers, days and states, no name."""
    now = clock.now()
    wanted = request.GET.get("show", "")
    state = next((one for one in SHOWN if one.value == wanted), None)
    with enter(person(request), now=now, purpose=Purpose.SUPERVISING) as door:
        if not access.arranges(door):
            raise Http404
        rows = queries.list_pairs(door, show=state, most=MOST_EXPORTED + 1).rows
    heads = (
        _("Pair"), _("Child's number"), _("Place"), _("Helper"), _("Beside"), _("Pair since"),
        _("Every so many days"), _("Last visit made"), _("Next by"), _("State"),
    )  # fmt: skip
    cells = [
        (row.public_id, row.child, row.unit, row.helper, row.beside, row.starts_on.isoformat(),
         row.rhythm, row.made_on.isoformat() if row.made_on else "", row.due_on.isoformat(),
         str(STATE_WORDS[row.state]))
        for row in rows
    ]  # fmt: skip
    reply = tables.download([heads, *cells], name="pairs", form=form, most=MOST_EXPORTED)
    audit.record(
        actor=person(request).get_username(), action="pairs.list_taken", subject="pairs:list",
        now=now, pairs=min(len(rows), MOST_EXPORTED),
    )  # fmt: skip
    return private(reply)


@login_required
@require_GET
def show(request: HttpRequest, pair: str) -> HttpResponse:
    """A pair: who helps, goals, visits; texts for whoever helps in it or has the case."""
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        place = access.get_pair_for(door, pair)
        row = queries.pair_row(door, place.row)
        reads = row.named and place.reads
        seal = queries.open_helping(door, place.row) if reads else None
        visits = queries.visits_of(door, place.row, seal)
        told = {
            "place": place,
            "pair": shown([row], names(door, [row.child_id]) if reads else {})[0],
            "reads": reads,
            "goals": [(AREA_WORDS[goal.area], goal.text) for goal in queries.goals_of(place.row, seal)],
            "duties": queries.duties_of(place.row, seal),
            "visits": [
                (visit, WAY_WORDS[visit.way], [AREA_WORDS[area] for area in visit.areas])
                for visit in visits
            ],
            "end_form": EndForm(),
            "is_ended": row.state is State.ENDED,
        }  # fmt: skip
    return private(render(request, "pairs/pair.html", told))


@login_required
@require_GET
def report(request: HttpRequest, pair: str) -> HttpResponse:
    """Lead to the report of duty, without the child's number on the phone."""
    return HttpResponseRedirect(reverse("care:duty", args=[_child(request, pair)]))


@login_required
@require_GET
def problem(request: HttpRequest, pair: str) -> HttpResponse:
    """Lead to putting a timely problem to the office."""
    return HttpResponseRedirect(reverse("care:problem", args=[_child(request, pair)]))


def _child(request: HttpRequest, pair: str) -> str:
    with enter(person(request), now=clock.now(), purpose=Purpose.HELPING) as door:
        return access.get_pair_to_write(door, pair).row.child.public_id


def _listing(request: HttpRequest, state: State | None) -> HttpResponse:
    with enter(person(request), now=clock.now(), purpose=Purpose.SUPERVISING) as door:
        if not access.arranges(door):
            raise Http404
        page = queries.list_pairs(
            door, show=state, page=paging.asked_page(request), most=paging.ROWS
        )
        listed = shown(page.rows, _names(door, page))
    address = reverse("pairs:list")
    ways = [("", _("Current"), address)] + [
        (one.value, STATE_WORDS[one], f"{address}?show={one.value}") for one in SHOWN
    ]
    told = {
        "pairs": listed,
        "page": paging.page_of(page.number, request),
        "show": state.value if state else "",
        "ways": ways,
    }
    return private(render(request, "pairs/list.html", told))


def _names(door: Door, page: PairPage) -> dict[int, str]:
    return names(door, sorted({row.child_id for row in page.rows if row.named}))
