"""Who stays in a child's life after a move."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.children import actions
from mingtian.children.access import get_child_to_settle
from mingtian.children.forms import StayForm
from mingtian.children.queries.parts import list_far
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.refusals import told


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def stay(request: HttpRequest, child: str) -> HttpResponse:
    """Show who stands far from the child since it moved, and end or confirm each."""
    if request.method == "GET":
        return _page(request, child)
    with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
        row = get_child_to_settle(door, child)
        form = StayForm(request.POST, rows=list_far(door, row.id))
    if not form.is_valid():
        return _page(request, child, sent=True)

    def do() -> str:
        with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
            actions.settle(door, get_child_to_settle(door, child), form.said())
        return _("Noted.")

    return act(
        request, do, to=reverse("children:child", args=[child]),
        again=lambda refusal: _page(request, child, refusal, sent=True),
    )  # fmt: skip


def _page(
    request: HttpRequest, child: str, refusal: RuleBroken | None = None, *, sent: bool = False
) -> HttpResponse:
    with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
        row = get_child_to_settle(door, child)
        far = list_far(door, row.id)
    # Made anew: somebody else may have decided about one of them meanwhile.
    form = StayForm(request.POST if sent else None, rows=far)
    shown = {
        "child": row, "form": form, "far": [(each, form[each.key]) for each in far], **told(refusal),
    }  # fmt: skip
    return render(request, "children/stay.html", shown, status=422 if sent else 200)
