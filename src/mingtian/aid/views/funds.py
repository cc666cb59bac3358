"""Funds: opened, filled, and up to which amount their office decides."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.aid import access, actions
from mingtian.aid.actions import FundSpec
from mingtian.aid.forms import DepositForm, FundForm, LimitForm
from mingtian.aid.outline import grant_line, limit_table
from mingtian.aid.queries.children import sight_of
from mingtian.aid.queries.limits import limits_on, list_limits
from mingtian.aid.queries.lists import count_waiting, list_batches, list_funds, list_held
from mingtian.aid.rules import FUNDS_AT
from mingtian.aid.views.common import inside, show
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.money import yuan
from mingtian.org.rules import Role
from mingtian.web.acting import act, actor
from mingtian.web.refusals import sentence


@login_required
@require_http_methods(["GET", "POST"])
def open_fund(request: HttpRequest) -> HttpResponse:
    """Open a fund at a county or town; the director does."""
    now = clock.now()
    desk = access.desk_for(request.user, now)
    posts = [post for post in desk.units_of(Role.DIRECTOR) if post.unit.kind in FUNDS_AT]
    if not posts:
        raise Http404
    units = {post.unit.public_id: post.unit for post in posts}
    choices = [(key, unit.title) for key, unit in units.items()]
    form = FundForm(*([request.POST] if request.method == "POST" else []), units=choices)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        spec = FundSpec(
            unit_id=units[sent["unit"]].id, name=sent["name"], name_en=sent["name_en"],
            office_limit=sent["office_limit"],
        )  # fmt: skip
        try:
            made = actions.open_fund(spec, now=now, by=actor(request))
        except RuleBroken as refusal:
            form.add_error("name", sentence(refusal))
        else:
            messages.success(request, _("The fund was opened. Its cashier enters what comes in."))
            return redirect("aid:fund", made.public_id)
    response = show(request, "open_fund.html", {"form": form})
    response.status_code = 422 if form.errors else 200
    return response


@login_required
@require_GET
def fund(request: HttpRequest, fund: str) -> HttpResponse:
    """Show a fund: what is left, set aside, paid; its batches."""
    return fund_page(request, fund)


@login_required
@require_POST
def deposit(request: HttpRequest, fund: str) -> HttpResponse:
    """Enter money that has come in. The same receipt twice is entered once."""
    form = DepositForm(request.POST)
    with inside(request) as (desk, door):
        found = access.get_fund(desk, fund, Role.CASHIER)

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("aid_amount_impossible")
        sent = form.cleaned_data
        if not actions.deposit(
            found, sent["amount"], receipt=sent["receipt"], now=door.now, by=door.actor
        ):
            return _("This receipt was entered before. Nothing was changed.")
        return _("Entered: %(amount)s have come in.") % {"amount": yuan(sent["amount"])}

    return act(
        request, do, to=reverse("aid:fund", args=[fund]),
        again=lambda refusal: fund_page(request, fund, refusal, form),
    )  # fmt: skip


@login_required
@require_POST
def set_limit(request: HttpRequest, fund: str) -> HttpResponse:
    """Let the office decide up to another amount from a day to come on; the fund's director does."""
    now = clock.now()
    form = LimitForm(request.POST, auto_id="limit-%s")
    with inside(request) as (desk, _door):
        found = access.get_fund(desk, fund, Role.DIRECTOR)

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("aid_limit_incomplete")
        sent = form.cleaned_data
        actions.set_limit(
            found, sent["limit"], valid_from=sent["valid_from"], now=now, by=actor(request)
        )
        return _("From %(day)s the office decides up to %(amount)s.") % {
            "day": sent["valid_from"].isoformat(), "amount": yuan(sent["limit"]),
        }  # fmt: skip

    return act(
        request, do, to=reverse("aid:fund", args=[fund]),
        again=lambda refusal: fund_page(request, fund, refusal, limit_form=form),
    )  # fmt: skip


def fund_page(
    request: HttpRequest, fund: str, refusal: RuleBroken | None = None,
    form: DepositForm | None = None, limit_form: LimitForm | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a fund, with why not if something was refused."""
    today = day_of(clock.now())
    with inside(request) as (desk, _door):
        found = access.get_fund(desk, fund)
        batches = list_batches(found)
        waiting = count_waiting(found)
        held = list_held(found)
        seen = sight_of(line.child_id for line in held)
    (row,) = list_funds([found], today)
    roles = desk.roles_at(found.unit_id)
    return show(request, "fund.html", {
        "row": row, "limit": limits_on([found], today)[found.pk],
        "limits": limit_table(list_limits(found), today),
        "batches": batches, "waiting": waiting,
        "held": [(grant_line(line, seen.numbers), line.held_at) for line in held],
        "is_cashier": Role.CASHIER in roles, "is_director": Role.DIRECTOR in roles,
        "form": form or DepositForm(),
        "limit_form": limit_form
        or LimitForm(initial={"valid_from": today + timedelta(days=1)}, auto_id="limit-%s"),
    }, refusal)  # fmt: skip
