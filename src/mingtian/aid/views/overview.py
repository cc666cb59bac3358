"""What stands where, whether a total can be, schemes and rates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.aid import access, actions
from mingtian.aid.actions import SchemeSpec
from mingtian.aid.forms import CheckForm, RateForm, SchemeForm
from mingtian.aid.models import Scheme
from mingtian.aid.outline import check_rows, list_table, rate_rows
from mingtian.aid.queries.lists import list_funds, list_lists, rates_in_term, scheme_name
from mingtian.aid.rules import APPROVERS, Level, ListState, Per, Rate, SchemeKind, term_of
from mingtian.aid.totals import check_total
from mingtian.aid.views.common import inside, show
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.web.acting import act, actor
from mingtian.web.refusals import sentence


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the reader's lists and funds, and what can be done."""
    today = day_of(clock.now())
    with inside(request) as (desk, _door):
        lists = list_lists(today, states=[ListState.ENTERED, ListState.APPROVED])
        funds = access.funds_of(desk)
    return show(request, "index.html", {
        "lists": list_table(lists),
        "funds": list_funds(funds, today),
        "is_clerk": desk.holds(Role.AID_CLERK),
        "is_cashier": desk.holds(Role.CASHIER),
        "is_approver": desk.holds(*APPROVERS),
        "is_director": desk.holds(Role.DIRECTOR),
        "waiting": sum(row.state is ListState.ENTERED for row in lists),
    })  # fmt: skip


@login_required
@require_GET
def check(request: HttpRequest) -> HttpResponse:
    """Say whether a total that somebody wrote can be a sum of grants."""
    today = day_of(clock.now())
    desk = access.desk_for(request.user, clock.now())
    schemes = {scheme.public_id: scheme for scheme in access.schemes_of(desk)}
    choices = [(key, scheme_name(scheme)) for key, scheme in schemes.items()]
    form = CheckForm(request.GET if "count" in request.GET else None, schemes=choices, today=today)
    shown: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data
        rates = rates_in_term(schemes[sent["scheme"]].pk, sent["term"])
        try:
            found = check_total(sent["count"], sent["total"], rates)
        except RuleBroken as refusal:
            form.add_error("count", sentence(refusal))
        else:
            shown |= {"check": found, "rows": check_rows(found), "rated": bool(rates)}
    return show(request, "check.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def schemes(request: HttpRequest) -> HttpResponse:
    """Show schemes with their rates; an office adds one."""
    now = clock.now()
    desk = access.desk_for(request.user, now)
    units = [(post.unit.public_id, post.unit.title) for post in desk.units_of(*APPROVERS)]
    if request.method == "POST":
        access.need(desk, *APPROVERS)
    form = SchemeForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        unit = next(p.unit.id for p in desk.posts if p.unit.public_id == sent["unit"])
        spec = SchemeSpec(
            unit_id=unit, name=sent["name"], name_en=sent["name_en"],
            kind=SchemeKind(sent["kind"]), published=sent["published"],
            since=term_of(day_of(now)).first,
        )  # fmt: skip
        try:
            actions.add_scheme(spec, now=now, by=actor(request))
        except RuleBroken as refusal:
            form.add_error("name", sentence(refusal))
        else:
            messages.success(request, _("The scheme was added. Give it its rates now."))
            return redirect("aid:schemes")
    return _schemes_page(request, desk, form)


@login_required
@require_POST
def add_rate(request: HttpRequest, scheme: str) -> HttpResponse:
    """Add a rate to a scheme of the reader's office."""
    now = clock.now()
    desk = access.desk_for(request.user, now)
    access.need(desk, *APPROVERS)
    units = [post.unit.id for post in desk.units_of(*APPROVERS)]
    found = get_object_or_404(Scheme, public_id=scheme, unit_id__in=units)
    form = RateForm(request.POST)

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("aid_rate_impossible")
        sent = form.cleaned_data
        rate = Rate(
            level=Level(sent["level"]), boarding=form.boards, per=Per(sent["per"]),
            amount=sent["amount"], valid_from=sent["valid_from"],
        )  # fmt: skip
        actions.add_rate(found, rate, now=now, by=actor(request))
        return _("The rate was added.")

    return act(
        request, do, to=reverse("aid:schemes"),
        again=lambda refusal: _schemes_page(request, desk, None, refusal, (scheme, form)),
    )  # fmt: skip


def _schemes_page(
    request: HttpRequest, desk: access.Desk, form: SchemeForm | None,
    refusal: RuleBroken | None = None, typed: tuple[str, RateForm] | None = None,
) -> HttpResponse:  # fmt: skip
    own = {post.unit.id for post in desk.units_of(*APPROVERS)}
    found = access.schemes_of(desk)
    units = [(post.unit.public_id, post.unit.title) for post in desk.units_of(*APPROVERS)]
    shown: dict[str, object] = {
        "schemes": [
            (block, _rate_form(block.public_id, typed), bool(typed and typed[0] == block.public_id))
            for block in rate_rows(found, own, day_of(clock.now()))
        ],
        "form": form if form is not None else SchemeForm(None, units=units),
        "may_add": bool(own),
    }
    if form is not None and form.errors:
        refusal = refusal or RuleBroken("aid_scheme_impossible")
    return show(request, "schemes.html", shown, refusal)


def _rate_form(scheme: str, typed: tuple[str, RateForm] | None) -> RateForm:
    """Return the form of one scheme, as it was typed if it was; each has labels of its own."""
    form = typed[1] if typed and typed[0] == scheme else RateForm()
    form.auto_id = f"{scheme}-%s"
    return form
