"""Funds, batches, and the file for the bank."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import check_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.aid import access, actions
from mingtian.aid.actions import FundSpec
from mingtian.aid.forms import DepositForm, FileForm, FundForm
from mingtian.aid.models import Export
from mingtian.aid.outline import sum_table
from mingtian.aid.queries.files import bank_rows
from mingtian.aid.queries.lists import (
    count_waiting,
    fund_name,
    list_batches,
    list_funds,
    sums_by_rate,
)
from mingtian.aid.rules import APPROVERS, FUNDS_AT, yuan
from mingtian.aid.views.common import inside, show
from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.reader import person
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
    return _fund_page(request, fund)


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
        actions.deposit(found, sent["amount"], receipt=sent["receipt"], now=door.now, by=door.actor)
        return _("Entered: %(amount)s have come in.") % {"amount": yuan(sent["amount"])}

    return act(
        request, do, to=reverse("aid:fund", args=[fund]),
        again=lambda refusal: _fund_page(request, fund, refusal, form),
    )  # fmt: skip


@login_required
@require_POST
def make_batch(request: HttpRequest, fund: str) -> HttpResponse:
    """Put the approved grants of a fund into a batch."""
    made: list[str] = []

    def do() -> str:
        with inside(request) as (desk, door):
            found = access.get_fund(desk, fund, Role.CASHIER)
            made.append(actions.prepare_batch(door, found).public_id)
            return _("The batch is ready. Fetch the file for the bank, then note the payment.")

    response = act(
        request, do, to=reverse("aid:index"),
        again=lambda refusal: _fund_page(request, fund, refusal),
    )  # fmt: skip
    return redirect("aid:batch", made[0]) if made and response.status_code == 302 else response


@login_required
@require_GET
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """Show a batch: its sums, the file for the bank, the payment."""
    return _batch_page(request, batch)


@login_required
@require_POST
def pay(request: HttpRequest, batch: str) -> HttpResponse:
    """Note that a batch was paid."""

    def do() -> str:
        with inside(request) as (desk, door):
            done = actions.pay(door, access.get_batch(desk, batch, Role.CASHIER))
        return _("Paid. The schools note who has received it.") if done else _("Paid already.")

    return act(
        request, do, to=reverse("aid:batch", args=[batch]),
        again=lambda refusal: _batch_page(request, batch, refusal),
    )  # fmt: skip


@login_required
@require_POST
def dissolve(request: HttpRequest, batch: str) -> HttpResponse:
    """Take a batch apart that is not paid."""

    def do() -> str:
        with inside(request) as (desk, door):
            actions.dissolve(door, access.get_batch(desk, batch, Role.CASHIER))
        return _("The batch was taken apart; its grants wait again.")

    return act(
        request, do, to=reverse("aid:batch", args=[batch]),
        again=lambda refusal: _batch_page(request, batch, refusal),
    )  # fmt: skip


@login_required
@require_POST
def open_file(request: HttpRequest, batch: str) -> HttpResponse:
    """Open the file for the bank to the cashier for a day, after the password."""
    form = FileForm(request.POST)
    with inside(request) as (desk, _door):
        access.get_batch(desk, batch, Role.CASHIER)
    user = person(request)
    # The count of tries is kept outside the door, and holds when the try fails.
    allowed = ratelimit.consume(request, action="reauthenticate", user=user)
    # Without the user's own check, which may store a newer hash and so end the session.
    right = (
        bool(allowed)
        and form.is_valid()
        and check_password(form.cleaned_data["password"], user.password)
    )

    def do() -> str:
        if not right:
            raise RuleBroken("aid_password_wrong")
        with inside(request) as (desk, door):
            actions.open_export(door, access.get_batch(desk, batch, Role.CASHIER))
        return _("The file can be fetched for 24 hours. Every payee in it is noted as read.")

    return act(
        request, do, to=reverse("aid:batch", args=[batch]),
        again=lambda refusal: _batch_page(request, batch, refusal),
    )  # fmt: skip


@login_required
@require_GET
def file(request: HttpRequest, export: str, form: str) -> HttpResponse:
    """Give the file for the bank while the leave of a day lasts; it is made anew each time."""
    with inside(request) as (desk, door):
        found = (
            Export.objects.filter(public_id=export, expires_at__gt=door.now)
            .select_related("batch__fund")
            .first()
        )
        if found is None or Role.CASHIER not in desk.roles_at(found.batch.fund.unit_id):
            raise Http404
        sheet = bank_rows(door, found.batch)
    return tables.download(sheet, name=f"payment-{found.batch.public_id}", form=form)


def _fund_page(
    request: HttpRequest, fund: str, refusal: RuleBroken | None = None,
    form: DepositForm | None = None,
) -> HttpResponse:  # fmt: skip
    today = day_of(clock.now())
    with inside(request) as (desk, _door):
        found = access.get_fund(desk, fund)
        batches = list_batches(found)
        waiting = count_waiting(found)
    (row,) = list_funds([found], today)
    return show(request, "fund.html", {
        "row": row, "limit": found.office_limit, "batches": batches, "waiting": waiting,
        "is_cashier": Role.CASHIER in desk.roles_at(found.unit_id),
        "is_approver": bool(desk.roles_at(found.unit_id) & APPROVERS),
        "form": form or DepositForm(),
    }, refusal)  # fmt: skip


def _batch_page(
    request: HttpRequest, batch: str, refusal: RuleBroken | None = None
) -> HttpResponse:
    with inside(request) as (desk, door):
        found = access.get_batch(desk, batch)
        sums = sums_by_rate(batch=found.pk)
        export = Export.objects.filter(batch=found, expires_at__gt=door.now).order_by("-pk").first()
    cashier = Role.CASHIER in desk.roles_at(found.fund.unit_id)
    waits = found.paid_at is None and found.dissolved_at is None
    return show(request, "batch.html", {
        "batch": found, "fund": fund_name(found.fund), "fund_id": found.fund.public_id,
        "sums": sum_table(sums), "count": sum(row.lines for row in sums),
        "total": sum(row.total for row in sums), "export": export if cashier else None,
        "may_pay": cashier and waits, "form": FileForm(),
    }, refusal)  # fmt: skip
