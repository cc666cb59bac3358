"""A file is closed without a case."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.children import actions
from mingtian.children.access import get_child_to_move
from mingtian.children.forms import ClosingForm
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
def close(request: HttpRequest, child: str) -> HttpResponse:
    """Ask why, say what follows, and close the file."""
    if request.method == "GET":
        return _page(request, child, ClosingForm())
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, child, form)

    def do() -> str:
        with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
            row, _works = get_child_to_move(door, child)
            actions.close_file(door, row, form.said())
        return _("The file is closed. It can be opened again for three years.")

    return act(
        request, do, to=reverse("children:child", args=[child]),
        again=lambda refusal: _page(request, child, form, refusal),
    )  # fmt: skip


def _page(
    request: HttpRequest, child: str, form: ClosingForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    with enter(person(request), now=clock.now(), purpose=Purpose.CASE_WORK) as door:
        row, _works = get_child_to_move(door, child)
    shown = {"child": row, "form": form, **told(refusal)}
    return render(request, "children/close.html", shown, status=422 if form.is_bound else 200)
