"""A child has moved house or changed school."""

from contextlib import AbstractContextManager

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.children import actions
from mingtian.children.access import get_child_to_move
from mingtian.children.forms import MoveForm
from mingtian.children.queries.parts import list_parts
from mingtian.children.queries.places import Destinations, destinations_of
from mingtian.children.rows import ChildRow
from mingtian.children.words import PART_WORDS
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, child: str) -> HttpResponse:
    """Show where the child may go and who has a part in its life; note where it went."""
    if request.method == "GET":
        return _page(request, child)
    with _inside(request) as door:
        row, works = get_child_to_move(door, child)
        offered = destinations_of(door, row.unit_id, works=works)
    form = _form(request, row, offered)
    if not form.is_valid():
        return _page(request, child, form)

    def do() -> str:
        unit = next(
            unit for unit, _above in offered.units if unit.public_id == form["unit"].value()
        )
        school = form.cleaned_data["school"]
        school_id = next((each.id for each in offered.schools if each.public_id == school), None)
        with _inside(request) as door:
            if actions.move(door, row, unit_id=unit.id, school_id=school_id):
                return _("Moved. Who works there finds the child on the desk.")
        return _("The child is there already. Nothing was changed.")

    return act(
        request, do, to=reverse("children:child", args=[child]),
        again=lambda refusal: _page(request, child, form, refusal),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    child: str,
    form: MoveForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    with _inside(request) as door:
        row, works = get_child_to_move(door, child)
        offered = destinations_of(door, row.unit_id, works=works)
        parts = list_parts(door, row.id)
    shown = {
        "child": row, "form": form or _form(request, row, offered), "works": works,
        "parts": [(each, PART_WORDS[each.part]) for each in parts],
        **told(refusal),
    }  # fmt: skip
    return render(request, "children/move.html", shown, status=422 if form else 200)


def _inside(request: HttpRequest) -> AbstractContextManager[Door]:
    return enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK)


def _form(request: HttpRequest, row: ChildRow, offered: Destinations) -> MoveForm:
    here = {unit.id: unit.public_id for unit, _above in offered.units}
    here |= {unit.id: unit.public_id for unit in offered.schools}
    return MoveForm(
        request.POST if request.method == "POST" else None,
        units=[(unit.public_id, _label(unit, above)) for unit, above in offered.units],
        schools=[(unit.public_id, unit.title) for unit in offered.schools],
        initial={"unit": here.get(row.unit_id, ""), "school": here.get(row.school_id or 0, "")},
    )


def _label(unit: UnitRow, above: str) -> str:
    return f"{unit.title} · {above}" if above else unit.title
