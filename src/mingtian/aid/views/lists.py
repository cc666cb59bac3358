"""Lists: their lines, decisions, receipts, the notice."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.aid import access, actions
from mingtian.aid.access import Desk
from mingtian.aid.forms import ReceiptForm, SendBackForm
from mingtian.aid.models import Grant, Listing
from mingtian.aid.outline import check_rows, grant_line, list_table, sum_table
from mingtian.aid.queries.children import names_mine, sight_of
from mingtian.aid.queries.files import notice_rows, payees_masked
from mingtian.aid.queries.limits import limits_on
from mingtian.aid.queries.lists import (
    check_of,
    fund_name,
    list_lines,
    list_lists,
    scheme_name,
    sums_by_rate,
)
from mingtian.aid.rules import APPROVERS, ListState, Receiver, SendBackReason, State, parse_term
from mingtian.aid.views.common import inside, reason_of, show
from mingtian.aid.words import LEVELS, LIST_STATES, STATES, boarding_word, term_name
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.money import in_yuan, yuan
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Role
from mingtian.vault.access import Door
from mingtian.web import tables
from mingtian.web.acting import act
from mingtian.web.paging import cut
from mingtian.web.tables import Cell


@login_required
@require_GET
def listing(request: HttpRequest, listing: str) -> HttpResponse:
    """Show a list: its sums, the rate check, its lines."""
    return _page(request, listing)


@login_required
@require_http_methods(["GET", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    """Show the lists that wait for the reader's decision; approve those that are ticked."""
    if request.method == "GET":
        return _approvals_page(request)

    def do() -> str:
        with inside(request) as (desk, door):
            access.need(desk, *APPROVERS)
            wanted = request.POST.getlist("list")
            keys = list(Listing.objects.filter(public_id__in=wanted).values_list("pk", flat=True))
            if not keys:
                raise RuleBroken("aid_no_list_chosen")
            return _approve(desk, door, keys)

    return act(
        request, do, to=reverse("aid:approvals"),
        again=lambda refusal: _approvals_page(request, refusal),
    )  # fmt: skip


@login_required
@require_POST
def approve(request: HttpRequest, listing: str) -> HttpResponse:
    """Approve one list."""

    def do() -> str:
        with inside(request) as (desk, door):
            found = access.get_listing(desk, listing)
            _decider(desk, found)
            return _approve(desk, door, [found.pk])

    return _do(request, listing, do)


@login_required
@require_POST
def send_back(request: HttpRequest, listing: str) -> HttpResponse:
    """Send a list back, or take an own one back."""
    form = SendBackForm(request.POST)

    def do() -> str:
        with inside(request) as (desk, door):
            found = access.get_listing(desk, listing)
            reason = SendBackReason.BY_ENTRANT
            if found.entered_by_id != door.user_id:
                _decider(desk, found)
                reason = SendBackReason(reason_of(form))
            actions.send_back(door, found, reason)
            return _("The list went back; its lines can be entered anew.")

    return act(
        request, do, to=reverse("aid:index"), again=lambda refusal: _page(request, listing, refusal)
    )


@login_required
@require_POST
def receive(request: HttpRequest, listing: str) -> HttpResponse:
    """Note for lines of a list that the money has come."""
    form = ReceiptForm(request.POST)

    def do() -> str:
        with inside(request) as (desk, door):
            found = access.get_listing_of_clerk(desk, listing)
            if not form.is_valid():
                raise RuleBroken("aid_day_missing")
            lines = Grant.objects.filter(listing=found, state=State.PAID)
            if ticked := request.POST.getlist("line"):
                lines = lines.filter(public_id__in=ticked)
            sent = form.cleaned_data
            noted = actions.receive(
                door, list(lines.values_list("pk", flat=True)), on=sent["on"],
                who=Receiver(sent["who"]),
            )  # fmt: skip
            return ngettext(
                "%(lines)s receipt was noted.", "%(lines)s receipts were noted.", noted
            ) % {"lines": noted}

    return _do(request, listing, do)


@login_required
@require_GET
def export(request: HttpRequest, listing: str, form: str) -> HttpResponse:
    """Give the lines of a list by number, without names and payees."""
    with inside(request) as (desk, _door):
        found = access.get_listing(desk, listing)
        lines = list(Grant.objects.filter(listing=found).order_by("pk"))
        seen = sight_of(line.child_id for line in lines)
        head: list[Cell] = [_("Number"), _("Level"), _("Boarding"), _("Number of days"),
                            _("Amount in yuan"), _("State")]  # fmt: skip
        body: list[list[Cell]] = [
            [seen.numbers.get(line.child_id) or _("moved away"), str(LEVELS[line.level]), boarding_word(line.boarding),
             line.days, in_yuan(line.amount), str(STATES[line.state])]
            for line in lines
        ]  # fmt: skip
    return tables.download([head, *body], name=f"aid-{found.public_id}", form=form)


@login_required
@require_GET
def notice(request: HttpRequest, listing: str, form: str = "") -> HttpResponse:
    """Show what may hang on the school's notice until the end of the term, or give it as a file."""
    by_number = request.GET.get("show") == "number"
    today = day_of(clock.now())
    try:
        with inside(request) as (desk, door):
            found = access.get_listing_of_clerk(desk, listing)
            sheet = notice_rows(door, found, by_number=by_number, today=today)
    except RuleBroken as refusal:
        return _page(request, listing, refusal)
    if form:
        return tables.download(sheet, name=f"notice-{found.public_id}", form=form)
    return show(request, "notice.html", {
        "listing": found, "headers": sheet[0], "rows": sheet[1:], "by_number": by_number,
        "term": term_name(found.term), "until": parse_term(found.term).last,
    })  # fmt: skip


def _approve(desk: Desk, door: Door, keys: list[int]) -> str:
    units = {post.unit.id for post in desk.units_of(*APPROVERS)}
    done = actions.approve(door, keys, access.approving_at(desk, units))
    if not done:
        return _("These lists are approved already.")
    return ngettext(
        "%(lists)s list was approved, and its money set aside.",
        "%(lists)s lists were approved, and their money set aside.", len(done),
    ) % {"lists": len(done)}  # fmt: skip


def _decider(desk: Desk, found: Listing) -> None:
    """404 unless the reader decides at the fund's unit."""
    if not desk.roles_at(found.fund.unit_id) & APPROVERS:
        raise Http404


def _do(request: HttpRequest, listing: str, do: Callable[[], str]) -> HttpResponse:
    return act(
        request, do, to=reverse("aid:list", args=[listing]),
        again=lambda refusal: _page(request, listing, refusal),
    )  # fmt: skip


def _approvals_page(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    today = day_of(clock.now())
    with inside(request) as (desk, door):
        access.need(desk, *APPROVERS)
        units = {post.unit.id for post in desk.units_of(*APPROVERS)}
        rows = list_lists(today, states=[ListState.ENTERED], fund_units=units)
        rows = [row for row in rows if row.entered_by != door.user_id]
        funds = {fund.pk: fund for fund in access.funds_of(desk)}
    limits = limits_on(funds.values(), today)
    over = {
        row.public_id for row in rows
        if row.total > limits[row.fund_id]
        and Role.DIRECTOR not in desk.roles_at(funds[row.fund_id].unit_id)
    }  # fmt: skip
    return show(request, "approvals.html", {
        "lists": list_table(rows),
        "over": over,
        "total": yuan(sum(row.total for row in rows)),
        "chosen": request.POST.getlist("list"),
    }, refusal)  # fmt: skip


def _page(request: HttpRequest, listing: str, refusal: RuleBroken | None = None) -> HttpResponse:
    today = day_of(clock.now())
    with inside(request) as (desk, door):
        found = access.get_listing(desk, listing)
        sums = sums_by_rate(listing=found.pk)
        count = sum(row.lines for row in sums)
        within, page = cut(range(count), request)
        lines = list_lines(found, within)
        mine = desk.holds(Role.AID_CLERK, Role.CASHIER)
        by_payee = mine and request.GET.get("show") == "payees"
        seen = sight_of(line.child_id for line in lines)
        names = names_mine(door, seen) if mine and not by_payee else {}
        payees = payees_masked(door, lines) if by_payee else {}
        checked = check_of(found.scheme, found.term, sums)
        kept = access.keeping(desk, found, door.now)
    decides = bool(desk.roles_at(found.fund.unit_id) & APPROVERS)
    waits = found.state == ListState.ENTERED
    return show(request, "list.html", {
        "listing": found,
        "unit": unit_rows([found.unit_id], today)[found.unit_id].title,
        "scheme": scheme_name(found.scheme), "fund": fund_name(found.fund),
        "term": term_name(found.term), "word": LIST_STATES[found.state],
        "count": count, "total": sum(row.total for row in sums),
        "sums": sum_table(sums), "check": checked,
        "checks": check_rows(checked) if checked else [],
        "lines": [grant_line(line, seen.numbers, names, payees) for line in lines], "kept": kept,
        "mine": mine, "by_payee": by_payee, "page": page,
        "may_decide": decides and waits and found.entered_by_id != request.user.pk,
        "may_withdraw": waits and found.entered_by_id == request.user.pk,
        "may_receive": kept.keeps and any(row.state is State.PAID for row in sums),
        "may_publish": kept.keeps and found.scheme.published and not waits
        and today <= parse_term(found.term).last,
        "receipt": ReceiptForm(initial={"on": today}), "back": SendBackForm(),
    }, refusal)  # fmt: skip
