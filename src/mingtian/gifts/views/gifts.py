"""Gifts: record, look up, receipt, undo; donors with their statements; drives."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.core.money import yuan
from mingtian.gifts import actions
from mingtian.gifts.access import Desk, drives_of, get_donor, get_gift, items_of
from mingtian.gifts.actions import GiftSpec
from mingtian.gifts.forms import GivenForm, GoodsForm, MoneyForm, UndoForm
from mingtian.gifts.models import Donor
from mingtian.gifts.pages import Act, Line, Page, Table
from mingtian.gifts.queries.gifts import GiftRow, donor_row, gift_row, list_donors, list_gifts
from mingtian.gifts.receipts import receipt_of, statement_of
from mingtian.gifts.rules import GiftKind, Tag, UndoReason
from mingtian.gifts.views.common import desk_of, paper, show
from mingtian.gifts.words import DONOR_KINDS, TAGS, UNDOS, donor_name, how_many, item_name
from mingtian.web.acting import act, actor
from mingtian.web.tables import download

MOST_IN_FILE = 10_000
FORMS = {"goods": GoodsForm, "money": MoneyForm}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Record a gift of goods, or of money that a charity or a bank account has received."""
    if kind not in FORMS:
        raise Http404
    desk, now = desk_of(request), clock.now()
    form = _form(request, desk, kind, now)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            gift = actions.record_gift(
                _spec(desk, form), items_of(desk), now=now, actor=actor(request)
            )
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Recorded. The receipt is ready."))
            return redirect("gifts:gift", gift.public_id)
    money = kind == "money"
    return show(request, Page(
        title=_("Record money") if money else _("Record goods"), narrow=True, form=form,
        button=_("Record"),
        notice=_(
            "The product takes no money: public fundraising is for licensed charities on designated"
            " platforms (Charity Law 22, 27). Record here what such a charity or the committee's bank"
            " account has received, with the receipt it wrote."
        ) if money else "",
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the gifts of the reader's places, the newest first."""
    desk = desk_of(request)
    rows = list_gifts(desk.units)
    return show(request, Page(
        title=_("All gifts"),
        tables=[Table(
            headers=[_("Number"), _("Received"), _("Place"), _("Donor"), _("Occasion"), _("What")],
            lines=[_line(desk, row) for row in rows], nothing=_("No gifts yet"),
            nothing_text=_("Gifts that you record appear here with their receipts."),
            files={f.upper(): reverse("gifts:list-file", args=[f]) for f in ("xlsx", "csv")},
        )],
    ))  # fmt: skip


@login_required
@never_cache
@require_GET
def list_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the gifts as a file."""
    desk = desk_of(request)
    head = [
        _("Number"),
        _("Received"),
        _("Place"),
        _("Donor"),
        _("Occasion"),
        _("What"),
        _("Undone because"),
    ]
    rows = [
        [row.number, str(row.received_on), desk.units[row.unit_id].title, _named(row),
         str(TAGS[row.tag]), what(row), str(UNDOS[row.undone_for]) if row.undone_for else ""]
        for row in list_gifts(desk.units, most=MOST_IN_FILE + 1)
    ]  # fmt: skip
    return download([head, *rows], name="gifts", form=form, most=MOST_IN_FILE)


@login_required
@never_cache
@require_GET
def one(request: HttpRequest, gift: str) -> HttpResponse:
    """Show a gift."""
    return _one(request, gift)


@login_required
@never_cache
@require_GET
def receipt(request: HttpRequest, gift: str, form: str) -> HttpResponse:
    """Give the receipt as PDF or Word file; none for a gift that was undone."""
    desk = desk_of(request)
    row = gift_row(get_gift(desk, gift))
    if row.undone_at is not None:
        raise Http404
    made = receipt_of(row, desk.units[row.unit_id], clock.day_of(clock.now()))
    return paper(made, f"receipt-{row.number}", form)


@login_required
@never_cache
@require_POST
def undo(request: HttpRequest, gift: str) -> HttpResponse:
    """Undo a gift that was recorded wrongly; offices alone."""
    desk = desk_of(request)
    found = get_gift(desk, gift)
    desk.need_deciding(found.unit_id)
    form = UndoForm(request.POST)

    def do() -> str:
        if not form.is_valid():
            raise RuleBroken("gifts_reason_missing")
        actions.undo_gift(found, form.said(), now=clock.now(), actor=actor(request))
        return _("The gift is undone. It stays on the list with the reason.")

    return act(
        request, do, to=reverse("gifts:gift", args=[gift]),
        again=lambda refusal: _one(request, gift, refusal),
    )  # fmt: skip


@login_required
@never_cache
@require_GET
def donors(request: HttpRequest) -> HttpResponse:
    """Show the donors of the reader's places."""
    desk = desk_of(request)
    lines = [
        Line(cells=[donor_name(row), DONOR_KINDS[row.kind], desk.units[row.unit_id].title],
             url=reverse("gifts:donor", args=[row.public_id]))
        for row in list_donors(desk.units)
    ]  # fmt: skip
    return show(request, Page(
        title=_("Donors"),
        tables=[Table(headers=[_("Donor"), _("Kind"), _("Place")], lines=lines,
                      nothing=_("No donors yet"),
                      nothing_text=_("A donor is noted with the first gift."))],
    ))  # fmt: skip


@login_required
@never_cache
@require_GET
def donor(request: HttpRequest, donor: str) -> HttpResponse:
    """Show a donor's gifts, and how to reach the donor."""
    desk = desk_of(request)
    found = get_donor(desk, donor)
    row = donor_row(found)
    files = {
        f.upper(): reverse("gifts:statement", args=[donor, f]) for f in ("pdf", "docx", "xlsx")
    }
    return show(request, Page(
        title=donor_name(row), links=[(_("Donors"), reverse("gifts:donors"))],
        facts=[(_("Kind"), DONOR_KINDS[row.kind]), (_("Contact"), row.contact or "–"),
               (_("Named on papers for others"), _("no") if row.unnamed else _("yes"))],
        tables=[Table(
            title=_("What was given"),
            headers=[_("Number"), _("Received"), _("Place"), _("Donor"), _("Occasion"), _("What")],
            lines=[_line(desk, each) for each in list_gifts(desk.units, donor_id=found.pk)],
            nothing=_("No gifts yet"), files=files,
        )],
    ))  # fmt: skip


@login_required
@never_cache
@require_GET
def statement(request: HttpRequest, donor: str, form: str) -> HttpResponse:
    """Give a donor's statement: what stands, and nothing that was undone."""
    desk, day = desk_of(request), clock.day_of(clock.now())
    found = get_donor(desk, donor)
    rows = [
        row for row in list_gifts(desk.units, donor_id=found.pk, most=1_000) if not row.undone_for
    ]
    if form in {"xlsx", "csv"}:
        head = [_("Number"), _("Received"), _("What")]
        cells = [[row.number, str(row.received_on), what(row)] for row in rows]
        return download([head, *cells], name="statement", form=form)
    made = statement_of(donor_row(found), rows, desk.units[found.unit_id], day)
    return paper(made, f"statement-{donor}", form)


def what(row: GiftRow) -> str:
    """Say what a gift is, in the reader's language."""
    if row.kind is GiftKind.MONEY:
        return _("%(amount)s, received by %(receiver)s, receipt %(receipt)s") % {
            "amount": yuan(row.amount or 0), "receiver": row.receiver, "receipt": row.receipt,
        }  # fmt: skip
    return " · ".join(how_many(line.item, line.quantity) for line in row.lines)


def _one(request: HttpRequest, gift: str, refusal: RuleBroken | None = None) -> HttpResponse:
    desk = desk_of(request)
    found = get_gift(desk, gift)
    row = gift_row(found)
    may_undo = found.unit_id in desk.deciding and row.undone_at is None
    files = {f.upper(): reverse("gifts:receipt", args=[gift, f]) for f in ("pdf", "docx")}
    facts = [
        (_("Received"), row.received_on), (_("Place"), desk.units[row.unit_id].title),
        (_("Donor"), donor_name(row.donor)), (_("Occasion"), TAGS[row.tag]),
        (_("What"), what(row)),
    ]  # fmt: skip
    if row.drive:
        facts.append((_("Drive"), row.drive))
    if row.undone_for:
        facts.append((_("Undone because"), UNDOS[UndoReason(row.undone_for)]))
    return show(request, Page(
        title=_("Gift %(number)s") % {"number": row.number}, facts=facts, narrow=True,
        files={} if row.undone_at else files,
        acts=[Act(word=_("Undo this gift"), url=reverse("gifts:undo", args=[gift]), form=UndoForm())]
        if may_undo else [],
        links=[(_("All gifts"), reverse("gifts:list"))],
    ), refusal)  # fmt: skip


def _form(request: HttpRequest, desk: Desk, kind: str, now: datetime) -> GivenForm:
    donors = [("", _("a new donor")),
              *((row.public_id, donor_name(row)) for row in list_donors(desk.units))]  # fmt: skip
    return FORMS[kind](
        request.POST or None, initial={"received_on": clock.day_of(now)}, unit=desk.choices(),
        donor=donors, drive=[("", "–"), *((d.public_id, d.title) for d in drives_of(desk))],
        item=[(key, item_name(item)) for key, item in items_of(desk).items()],
    )  # fmt: skip


def _spec(desk: Desk, form: GivenForm) -> GiftSpec:
    sent = form.cleaned_data
    unit = desk.unit(sent["unit"])
    known: Donor | None = get_donor(desk, sent["donor"]) if sent["donor"] else None
    drive = next((d for d in drives_of(desk) if d.public_id == sent["drive"]), None)
    wanted = form.quantities()
    county = desk.county_of[unit.id]
    kept = items_of(desk)
    if any(kept[each.item].county_id != county for each in wanted):
        raise RuleBroken("gifts_item_unknown")
    return GiftSpec(
        key=sent["key"], unit_id=unit.id, county_id=county, donor=known or form.new_donor(),
        tag=Tag(sent["tag"]), received_on=sent["received_on"], drive=drive, money=form.money(),
        goods=wanted,
    )  # fmt: skip


def _line(desk: Desk, row: GiftRow) -> Line:
    return Line(
        cells=[row.number, row.received_on, desk.units[row.unit_id].title, _named(row),
               TAGS[row.tag], what(row)],
        url=reverse("gifts:gift", args=[row.public_id]),
        chip=("off", _("undone")) if row.undone_for else None,
    )  # fmt: skip


def _named(row: GiftRow) -> str:
    return _("A donor who stays unnamed") if row.donor.unnamed else donor_name(row.donor)
