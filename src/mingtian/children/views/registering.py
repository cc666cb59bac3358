"""Look first, then register (AID-1). Names travel in the body of a request, never in an address."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.children import actions, queries
from mingtian.children.access import posts_to_register
from mingtian.children.forms import LookForm, RegisterForm
from mingtian.children.queries import Findings, Hit
from mingtian.children.queries.places import Places, places_of
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """Look for a child by name, pinyin or a guardian's telephone, before registering one."""
    now = clock.now()
    places = places_of(posts_to_register(person(request), now), clock.day_of(now))
    form = LookForm(request.POST or None, units=_offered(places.units))
    found: Findings | None = None
    refusal: RuleBroken | None = None
    seen: list[tuple[Hit, str, str]] = []
    if request.method == "POST" and form.is_valid():
        unit = _chosen(places.units, form.cleaned_data["unit"])
        try:
            with enter(person(request), now=now, purpose=_purpose(places)) as door:
                found = queries.look(door, unit.id, form.sought())
                seen = _seen(door, found.hits)
        except RuleBroken as broken:
            refusal = broken
    shown = {
        "form": form, "found": found, "hits": seen, "for_aid": places.for_aid,
        "new": form.cleaned_data if found else {}, **told(refusal),
    }  # fmt: skip
    failed = request.method == "POST" and found is None
    return render(request, "children/look.html", shown, status=422 if failed else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form after a look, and register what it says. Without a look there is no form."""
    now = clock.now()
    places = places_of(posts_to_register(person(request), now), clock.day_of(now))
    if request.method == "GET":
        return HttpResponseRedirect(reverse("children:look"))
    if "save" not in request.POST:
        begun = {
            key: request.POST.get(key, "") for key in ("name", "birth_year", "phone", "looked")
        }
        begun |= {"unit": request.POST.get("unit", ""), "starts_on": clock.day_of(now).isoformat()}
        return _form(request, _register_form(places, begun=begun), places)
    form = _register_form(places, sent=request.POST)
    if not form.is_valid():
        return _form(request, form, places, status=422)
    try:
        child = _register(request, form, places, now)
    except RuleBroken as refusal:
        return _form(request, form, places, refusal=refusal, status=422, now=now)
    messages.success(request, _("The child is on the register."))
    return HttpResponseRedirect(reverse("children:child", args=[child.public_id]))


def _register(
    request: HttpRequest, form: RegisterForm, places: Places, now: datetime
) -> actions.Registered:
    unit = _chosen(places.units, form.cleaned_data["unit"])
    school = form.cleaned_data["school"]
    school_id = _chosen(places.schools, school).id if school else None
    with enter(person(request), now=now, purpose=_purpose(places)) as door:
        return actions.register(door, form.spec(unit_id=unit.id, school_id=school_id))


def _form(
    request: HttpRequest, form: RegisterForm, places: Places, *,
    refusal: RuleBroken | None = None, status: int = 200, now: datetime | None = None,
) -> HttpResponse:  # fmt: skip
    doubles: list[tuple[Hit, str, str]] = []
    looked_again = False
    if refusal is not None and now is not None:
        unit = _chosen(places.units, form.cleaned_data["unit"])
        try:
            with enter(person(request), now=now, purpose=_purpose(places)) as door:
                if refusal.code == "children_doubles":
                    spec = form.spec(unit_id=unit.id, school_id=None)
                    doubles = _seen(door, queries.list_doubles(door, spec))
                elif refusal.code == "children_look_first":
                    found = queries.look(door, unit.id, form.sought())
                    doubles, looked_again = _seen(door, found.hits), True
                    form = _register_form(places, sent=_with_receipt(request, found))
        except RuleBroken as broken:
            refusal = broken
    unit_name = next((u.title for u in places.units if u.public_id == form["unit"].value()), "")
    shown = {
        "form": form, "for_aid": places.for_aid, "doubles": doubles, "unit_name": unit_name,
        "looked_again": looked_again, "asks_why": any(hit.likely for hit, *_rest in doubles),
        **told(refusal),
    }  # fmt: skip
    return render(request, "children/new.html", shown, status=status)


def _register_form(
    places: Places, *, sent: QueryDict | None = None, begun: dict[str, str] | None = None
) -> RegisterForm:
    schools = _offered(places.schools)
    if sent is not None:
        return RegisterForm(sent, schools=schools, for_aid=places.for_aid)
    return RegisterForm(initial=begun, schools=schools, for_aid=places.for_aid)


def _with_receipt(request: HttpRequest, found: Findings) -> QueryDict:
    """Return what was typed with the receipt of a look made just now: nothing is typed twice."""
    sent = request.POST.copy()
    sent["looked"] = found.receipt
    return sent


def _seen(door: Door, hits: list[Hit] | tuple[Hit, ...]) -> list[tuple[Hit, str, str]]:
    """Return each hit with number and name, as far as the reader may have them."""
    keys = [hit.child_id for hit in hits if hit.child_id is not None]
    rows = {row.id: row for row in queries.list_by_key(door, keys)}
    named = queries.names_in(door, list(rows.values()))
    return [
        (hit, rows[hit.child_id].public_id if hit.child_id in rows else "",
         named.get(hit.child_id or 0, ""))
        for hit in hits
    ]  # fmt: skip


def _purpose(places: Places) -> Purpose:
    return Purpose.AID if places.for_aid else Purpose.REGISTERING


def _offered(units: tuple[UnitRow, ...]) -> list[tuple[str, str]]:
    return [(unit.public_id, unit.title) for unit in units]


def _chosen(units: tuple[UnitRow, ...], public_id: str) -> UnitRow:
    found = next((unit for unit in units if unit.public_id == public_id), None)
    if found is None:
        raise Http404
    return found
