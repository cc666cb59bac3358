"""What pages of aid share: the door, the desk, and how a refusal is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingtian.aid.access import Desk, desk_for
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.vault.access import Door, enter
from mingtian.vault.rules import Purpose
from mingtian.web.refusals import told

Page = Callable[[], dict[str, object]]


@contextmanager
def inside(request: HttpRequest) -> Iterator[tuple[Desk, Door]]:
    """Find the reader's posts of aid (404 without one) and open the door for a page or a change."""
    now = clock.now()
    desk = desk_for(request.user, now)
    with enter(request.user, now=now, purpose=Purpose.AID) as door:
        yield desk, door


def show(
    request: HttpRequest, template: str, shown: dict[str, object], refusal: RuleBroken | None = None
) -> HttpResponse:
    """Show a page, with why not if something was refused. Stands outside the door."""
    status = 422 if refusal else 200
    return render(request, f"aid/{template}", {**shown, **told(refusal)}, status=status)


def reason_of(form: Form) -> str:
    """Return the reason that was chosen; raises RuleBroken when none was."""
    if not form.is_valid():
        raise RuleBroken("aid_reason_missing")
    return str(form.cleaned_data["reason"])
