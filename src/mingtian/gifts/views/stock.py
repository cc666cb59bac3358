"""What is there, and what happens to it: the first page of gifts, items, moves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.gifts import actions
from mingtian.gifts.access import Desk, any_desk_for, items_of
from mingtian.gifts.actions import ItemSpec, MoveSpec
from mingtian.gifts.forms import ItemForm, MoveForm
from mingtian.gifts.pages import Line, Page, Table
from mingtian.gifts.queries.stock import StockRow, list_stock
from mingtian.gifts.rules import Measure, MoveKind
from mingtian.gifts.views.common import county_choices, county_id, desk_of, show
from mingtian.gifts.words import MEASURES, item_name
from mingtian.web.acting import actor
from mingtian.web.reader import person
from mingtian.web.tables import download


@login_required
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the stock of the reader's places and where to go on; who only carries goes to that list."""
    desk = any_desk_for(person(request), clock.now())
    if not desk.units:
        return redirect("gifts:carry")
    rows = [row for row in list_stock(desk.counties, desk.units) if row.there or row.given]
    links = [
        (_("Record goods"), reverse("gifts:new", args=["goods"])),
        (_("Record money"), reverse("gifts:new", args=["money"])),
        (_("All gifts"), reverse("gifts:list")),
        (_("Donors"), reverse("gifts:donors")),
        (_("Move or count stock"), reverse("gifts:move")),
        (_("Items"), reverse("gifts:items")),
        (_("Rounds of visits"), reverse("gifts:rounds")),
        (_("To be confirmed"), reverse("gifts:confirming")),
        (_("Needs"), reverse("gifts:needs")),
        (_("Partners"), reverse("gifts:partners")),
        (_("Drives"), reverse("gifts:drives")),
    ]
    if desk.carries:
        links.append((_("What I carry"), reverse("gifts:carry")))
    files = {f.upper(): reverse("gifts:stock-file", args=[f]) for f in ("xlsx", "csv")}
    return show(request, Page(
        title=_("Gifts and stock"), is_first=True,
        intro=_("Whole numbers of things, place by place. What is here is what came in less what"
                " went out; nothing can go below zero."),
        links=links,
        tables=[Table(
            title=_("In stock"),
            headers=[_("Item"), _("Place"), _("There"), _("Counted in"), _("Handed to families"), _("Lost")],
            lines=[Line(cells=cells) for cells in _cells(desk, rows)],
            nothing=_("Nothing is in stock yet"),
            nothing_text=_("Add the items of your county, then record the first goods."), files=files,
        )],
    ))  # fmt: skip


@login_required
@never_cache
@require_GET
def stock_file(request: HttpRequest, form: str) -> HttpResponse:
    """Give the stock as a file."""
    desk = desk_of(request)
    head = [_("Item"), _("Place"), _("There"), _("Counted in"), _("Handed to families"), _("Lost")]
    rows = _cells(desk, list_stock(desk.counties, desk.units))
    return download([head, *rows], name="stock", form=form)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def items(request: HttpRequest) -> HttpResponse:
    """Show the county's items, and add one."""
    desk = desk_of(request)
    form = ItemForm(request.POST or None, county=county_choices(desk))
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        spec = ItemSpec(
            county_id=county_id(desk, sent["county"]),
            name=sent["name"],
            name_en=sent["name_en"],
            measure=Measure(sent["measure"]),
        )
        try:
            actions.add_item(spec, now=clock.now(), actor=actor(request))
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The item is on the list."))
            return redirect("gifts:items")
    lines = [
        Line(cells=[item_name(item), MEASURES[Measure(item.measure)]])
        for item in items_of(desk).values()
    ]
    return show(request, Page(
        title=_("Items"), intro=_("The same list for all places of a county, so that stock can move."),
        tables=[Table(headers=[_("Item"), _("Counted in")], lines=lines,
                      nothing=_("No items yet"),
                      nothing_text=_("Add what your county gives most often, rice for example."))],
        form=form, form_title=_("Add an item"), button=_("Add"),
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """Take stock elsewhere, note a loss, or enter what was counted."""
    desk = desk_of(request)
    kept = items_of(desk)
    form = MoveForm(
        request.POST or None, unit=desk.choices(), to_unit=[("", "–"), *desk.choices()],
        item=[(key, item_name(item)) for key, item in kept.items()],
    )  # fmt: skip
    if len(desk.choices()) < 2:
        form.stay_here()
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_stock(_spec(desk, form), now=clock.now(), actor=actor(request))
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The stock is up to date."))
            return redirect("gifts:index")
    return show(request, Page(
        title=_("Move or count stock"), form=form, button=_("Record"), narrow=True,
        intro=_("After counting, the difference is recorded with it; nothing is overwritten."),
    ), refusal)  # fmt: skip


def _spec(desk: Desk, form: MoveForm) -> MoveSpec:
    sent = form.cleaned_data
    item = items_of(desk)[sent["item"]]
    unit = desk.unit(sent["unit"]).id
    other = desk.unit(sent["to_unit"]).id if sent.get("to_unit") else None
    if any(desk.county_of[each] != item.county_id for each in (unit, other) if each is not None):
        raise RuleBroken("gifts_item_unknown")
    return MoveSpec(
        key=sent["key"], kind=MoveKind(sent["kind"]), unit_id=unit, item=item,
        quantity=sent["quantity"], to_unit_id=other, reason=form.lost_for(),
    )  # fmt: skip


def _cells(desk: Desk, rows: list[StockRow]) -> list[list[str | int]]:
    return [
        [item_name(row.item), desk.units[row.unit_id].title, row.there,
         str(MEASURES[Measure(row.item.measure)]), row.given, row.lost]
        for row in rows
    ]  # fmt: skip
