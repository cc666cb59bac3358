"""One grant line: what happened to it, money that comes back, a grant on hold."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mingtian.aid import access, actions
from mingtian.aid.access import Desk
from mingtian.aid.forms import ReturnForm
from mingtian.aid.models import Grant
from mingtian.aid.outline import grant_line
from mingtian.aid.queries.children import names_mine, sight_of
from mingtian.aid.queries.files import payees_masked
from mingtian.aid.queries.lists import scheme_name
from mingtian.aid.rules import PAID_OUT, ReturnReason, State
from mingtian.aid.views.common import inside, reason_of, show
from mingtian.aid.words import LEVELS, boarding_word, term_name
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.web.acting import act


@login_required
@require_GET
def grant(request: HttpRequest, grant: str) -> HttpResponse:
    """Show one line and what happened to it."""
    return _page(request, grant)


@login_required
@require_POST
def give_back(request: HttpRequest, grant: str) -> HttpResponse:
    """Let the money of a line return to its fund: it came back, or the line is on hold."""
    form = ReturnForm(request.POST)

    def do() -> str:
        with inside(request) as (desk, door):
            found = _of_cashier(desk, grant)
            actions.give_back(door, found, ReturnReason(reason_of(form)))
            return _("The money is back in the fund.")

    return _do(request, grant, do)


@login_required
@require_POST
def take_up(request: HttpRequest, grant: str) -> HttpResponse:
    """Let a grant on hold wait for a batch again."""

    def do() -> str:
        with inside(request) as (desk, door):
            actions.take_up(door, _of_cashier(desk, grant))
            return _("The grant waits to be paid again.")

    return _do(request, grant, do)


def _of_cashier(desk: Desk, grant: str) -> Grant:
    """Return a line of a fund at which the reader pays, or 404."""
    found = access.get_grant(grant)
    if Role.CASHIER not in desk.roles_at(found.fund.unit_id):
        raise Http404
    return found


def _do(request: HttpRequest, grant: str, do: Callable[[], str]) -> HttpResponse:
    return act(
        request, do, to=reverse("aid:grant", args=[grant]),
        again=lambda refusal: _page(request, grant, refusal),
    )  # fmt: skip


def _page(request: HttpRequest, grant: str, refusal: RuleBroken | None = None) -> HttpResponse:
    with inside(request) as (desk, door):
        found = access.get_grant(grant)
        seen = sight_of([found.child_id])
        mine = desk.holds(Role.AID_CLERK, Role.CASHIER)
        names = names_mine(door, seen) if mine else {}
        payees = payees_masked(door, [found]) if names else {}
    cashier = Role.CASHIER in desk.roles_at(found.fund.unit_id)
    on_hold = found.state == State.HELD
    return show(request, "grant.html", {
        "grant": found, "line": grant_line(found, seen.numbers, names, payees),
        "scheme": scheme_name(found.scheme), "term": term_name(found.term),
        "level": LEVELS[found.level], "boarding": boarding_word(found.boarding),
        "may_return": cashier and found.state in PAID_OUT,
        "may_decide": cashier and on_hold,
        "form": ReturnForm(initial={"reason": ReturnReason.CHILD_LEFT.value} if on_hold else {}),
    }, refusal)  # fmt: skip
