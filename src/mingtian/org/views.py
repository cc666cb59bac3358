"""The office's page of units: walk down the tree, search by name, see unresolved places."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.org import queries
from mingtian.org.access import Reader, get_unit_for, posts_of, units_visible_to
from mingtian.org.queries import UnitRow
from mingtian.org.queries.words import KIND_WORDS
from mingtian.org.rules import IN_LECTURES, Line, UnitKind

MOST_FOUND = 100
MOST_UNRESOLVED = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A unit in a list, with the address of its own list."""

    name: str
    kind: str
    url: str
    above: str = ""


@login_required
@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    day = clock.day_of(clock.now())
    here = _here(request.user, request.GET.get("unit", ""), day)
    words = request.GET.get("q", "").strip()
    line = Line.GUIDES if here is not None and here.kind is UnitKind.SECTOR else Line.LEADS
    if words:
        listed = _found(request.user, words, day)
    elif here is not None:
        listed = [_shown(row) for row in queries.list_children(here.id, day, line)]
    else:
        listed = [_shown(row) for row in _own(request.user, day)]
    context = {
        "here": here,
        "trail": _trail(request.user, here, line, day),
        "words": words,
        "units": listed,
        "below": _below(here, line, day),
        "unresolved": _unresolved(here, day),
    }
    return render(request, "org/unit_list.html", context)


def _here(user: Reader, public_id: str, day: date) -> UnitRow | None:
    """Return the unit asked for, or the only one the person has; None shows them all."""
    if public_id:
        found = get_unit_for(user, public_id, day)
        return queries.unit_rows([found.pk], day).get(found.pk)
    own = _own(user, day)
    return own[0] if len(own) == 1 else None


def _own(user: Reader, day: date) -> list[UnitRow]:
    if isinstance(user, User) and user.is_superuser:
        return queries.list_roots(day)
    # Posts that serve single children reach no unit (org.access).
    reaching = (post for post in posts_of(user, day) if post.role in IN_LECTURES)
    ids = list(dict.fromkeys(post.unit_id for post in reaching))
    rows = queries.unit_rows(ids, day)
    return [rows[each] for each in ids if each in rows]


def _found(user: Reader, words: str, day: date) -> list[Shown]:
    named = Q(name__icontains=words) | Q(name_en__icontains=words)
    found = units_visible_to(user, day).filter(named).order_by("pk")
    keys = list(found.values_list("pk", flat=True)[:MOST_FOUND])
    rows = queries.unit_rows(keys, day)
    above = queries.superior_names(list(rows), day)
    return [_shown(row, above.get(row.id, "")) for row in rows.values()]


def _trail(user: Reader, here: UnitRow | None, line: Line, day: date) -> list[tuple[str, str]]:
    """Return the way to the unit; what lies above the person's reach has no address."""
    if here is None:
        return []
    way = queries.list_ancestors(here.id, day, line)
    reach = set(
        units_visible_to(user, day)
        .filter(pk__in=[row.id for row in way])
        .values_list("pk", flat=True)
    )
    return [(row.title, _address(row) if row.id in reach else "") for row in way]


def _below(here: UnitRow | None, line: Line, day: date) -> list[tuple[str, int]]:
    if here is None:
        return []
    counted = queries.count_below(here.id, day, line)
    return [(str(word), counted[kind]) for kind, word in KIND_WORDS.items() if kind in counted]


def _unresolved(here: UnitRow | None, day: date) -> list[Shown]:
    if here is None:
        return []
    places = queries.list_unresolved_places(day, under=here.id)
    return [_shown(place.unit, place.superior_name) for place in places[:MOST_UNRESOLVED]]


def _shown(row: UnitRow, above: str = "") -> Shown:
    return Shown(name=row.title, kind=str(KIND_WORDS[row.kind]), url=_address(row), above=above)


def _address(row: UnitRow) -> str:
    return f"{reverse('org:unit-list')}?unit={row.public_id}"
