"""Batches and the file for the bank."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from mingtian.aid import access, actions
from mingtian.aid.forms import FileForm
from mingtian.aid.models import Export
from mingtian.aid.outline import sum_table
from mingtian.aid.queries.files import away_in, bank_rows
from mingtian.aid.queries.lists import fund_name, sums_by_rate
from mingtian.aid.views.common import inside, show
from mingtian.aid.views.funds import fund_page
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.web import tables
from mingtian.web.acting import act
from mingtian.web.again import knows_password


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
        again=lambda refusal: fund_page(request, fund, refusal),
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
def hold_back(request: HttpRequest, batch: str) -> HttpResponse:
    """Put the lines on hold whose child has moved away, so that the rest can be paid."""

    def do() -> str:
        with inside(request) as (desk, door):
            held = actions.hold_back(door, access.get_batch(desk, batch, Role.CASHIER))
        return ngettext(
            "%(lines)s grant is on hold. It stands at the fund; the rest can be paid.",
            "%(lines)s grants are on hold. They stand at the fund; the rest can be paid.", held,
        ) % {"lines": held}  # fmt: skip

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
    # Before the door: the count of tries holds when the try fails.
    right = form.is_valid() and knows_password(request, form.cleaned_data["password"])

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
    found = None
    try:
        with inside(request) as (desk, door):
            found = (
                Export.objects.filter(public_id=export, expires_at__gt=door.now)
                .select_related("batch__fund")
                .first()
            )
            if found is None or Role.CASHIER not in desk.roles_at(found.batch.fund.unit_id):
                raise Http404
            actions.give_file(door, found.batch)
            sheet = bank_rows(door, found.batch)
    except RuleBroken as refusal:
        assert found is not None
        return _batch_page(request, found.batch.public_id, refusal)
    return tables.download(sheet, name=f"payment-{found.batch.public_id}", form=form)


def _batch_page(
    request: HttpRequest, batch: str, refusal: RuleBroken | None = None
) -> HttpResponse:
    with inside(request) as (desk, door):
        found = access.get_batch(desk, batch)
        sums = sums_by_rate(batch=found.pk)
        export = Export.objects.filter(batch=found, expires_at__gt=door.now).order_by("-pk").first()
        may_pay = (
            Role.CASHIER in desk.roles_at(found.fund.unit_id)
            and found.paid_at is None
            and found.dissolved_at is None
        )
        away = len(away_in(found)) if may_pay else 0
    return show(request, "batch.html", {
        "batch": found, "fund": fund_name(found.fund), "fund_id": found.fund.public_id,
        "sums": sum_table(sums), "count": sum(row.lines for row in sums),
        "total": sum(row.total for row in sums), "export": export if may_pay else None,
        "may_pay": may_pay, "away": away, "form": FileForm(),
    }, refusal)  # fmt: skip
