"""The book on the screen."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, list_children
from mingtian.org.rules import UnitKind
from mingtian.web.refusals import told
from mingtian.yearbook import access
from mingtian.yearbook.access import Sight
from mingtian.yearbook.pages import checks_of, city_rows, place_page, rules_of, unit_page
from mingtian.yearbook.queries import count_book, list_editions, newest_of
from mingtian.yearbook.queries.editions import find_sheets, get_newest
from mingtian.yearbook.rows import EditionRow
from mingtian.yearbook.rules import GAP, KINDS, Year, year_of


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Lead to the newest book of the own unit, or let choose between several."""
    now = clock.now()
    posts = access.posts_for_book(request.user, now)
    year = year_of(day_of(now)).number
    units = {post.unit.id: post.unit for post in posts}
    if len(units) == 1:
        return redirect("yearbook:book", posts[0].unit.public_id, year)
    return render(request, "yearbook/own.html", {"units": units.values(), "year": year})


@login_required
@never_cache
@require_GET
def book(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Show a unit's year: as it is to its office, as it was given out to others."""
    now = clock.now()
    sight = access.get_sight(request.user, unit, now)
    return show_book(request, sight, access.get_year(year, day_of(now)))


@login_required
@never_cache
@require_GET
def checks(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Say which totals can be, and what does not add up (domain.md 5.7 to 5.10)."""
    now = clock.now()
    sight = access.get_sight(request.user, unit, now)
    if not sight.exact:
        raise Http404
    asked = access.get_year(year, day_of(now))
    found = count_book(sight.unit, sight.subtree, asked, day_of(now))
    shown = {"unit": sight.unit, "year": asked, "found": checks_of(found)}
    return render(request, "yearbook/checks.html", shown)


def show_book(
    request: HttpRequest, sight: Sight, year: Year, refusal: RuleBroken | None = None
) -> HttpResponse:
    """Return the page of a book, with why not if something was refused."""
    today = day_of(clock.now())
    shown: dict[str, object] = {
        "unit": sight.unit, "year": year, "years": _years(sight, year, year_of(today)),
        "exact": sight.exact, "takes": sight.takes, "over": today > year.last,
    }  # fmt: skip
    if sight.unit.kind is UnitKind.CITY:
        template = "yearbook/city.html"
        counties = {one.id: one for one in list_children(sight.unit.id, today) if one.kind in KINDS}
        editions = newest_of(counties, year)
        shown |= {"rows": city_rows(counties, find_sheets(counties, editions.values()))}
    elif sight.exact:
        template = "yearbook/book.html"
        found = count_book(sight.unit, sight.subtree, year, today)
        editions_of = list_editions(sight.unit.id, year)
        shown |= unit_page(found.sheet()) | {
            "editions": editions_of, "given_by": sight.unit, "rules": rules_of(found),
        }  # fmt: skip
        shown |= {"below": _below(found.units.values(), sight)} | _next_of(editions_of, today)
    else:
        template = "yearbook/book.html"
        shown |= _given(sight, year)
    return render(request, template, {**shown, **told(refusal)}, status=422 if refusal else 200)


def _given(sight: Sight, year: Year) -> dict[str, object]:
    """Return what the county of the unit gave out: of itself, or of the one place."""
    try:
        if sight.unit.kind is UnitKind.COUNTY:
            sheet = get_newest(sight.unit, year)
            return unit_page(sheet) | {"editions": [sheet.edition], "given_by": sight.unit}
        return place_page(sight, year, day_of(clock.now()))
    except RuleBroken as refusal:
        if refusal.code != "yearbook_nothing_given_out":
            raise
        return {"headlines": [], "tables": [], "editions": []}


def _next_of(editions: Sequence[EditionRow], today: date) -> dict[str, object]:
    """Return whether the year is closed, and until when the newest edition stands alone."""
    if not editions:
        return {}
    opens = editions[0].taken_on + GAP
    return {"closed": editions[0].closing, "waits_until": opens if today < opens else None}


def _below(units: Iterable[UnitRow], sight: Sight) -> list[UnitRow]:
    return [one for one in units if one.id != sight.unit.id and one.kind in KINDS]


def _years(sight: Sight, year: Year, newest: Year) -> list[tuple[str, str, str]]:
    """Return the years to choose from: this one, the two before, and the one that is shown."""
    numbers = sorted({newest.number, newest.number - 1, newest.number - 2, year.number})
    return [
        (str(n), str(n), reverse("yearbook:book", args=[sight.unit.public_id, n])) for n in numbers
    ]
