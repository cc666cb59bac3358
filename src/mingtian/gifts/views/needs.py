"""Need codes: written by the case worker, released by the office, handed to a licensed partner."""

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
from mingtian.gifts import actions
from mingtian.gifts.access import Desk, carrier_desk_for, get_need, get_partner
from mingtian.gifts.forms import NeedForm
from mingtian.gifts.pages import Act, Line, Page, Table
from mingtian.gifts.queries.needs import NeedRow, list_needs
from mingtian.gifts.receipts import list_for, need_cells
from mingtian.gifts.rules import NeedState
from mingtian.gifts.views.common import DRAWN, county_row, inside, paper, show
from mingtian.gifts.views.drives import partners_page
from mingtian.gifts.words import NEED_CHIPS, NEED_STATES, THINGS
from mingtian.vault.access import enter
from mingtian.vault.rules import Part, Purpose
from mingtian.web.acting import act
from mingtian.web.reader import person
from mingtian.web.tables import FORMS, download


@login_required
@never_cache
@require_GET
def needs(request: HttpRequest) -> HttpResponse:
    """Show the needs in sight with what can be done."""
    return _page(request)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a need of one of the reader's own children."""
    carrier_desk_for(person(request), clock.now())
    with inside(request):
        pass  # 404 for who only helps
    form = NeedForm(request.POST or None, initial={"child": request.GET.get("child", "")})
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with inside(request, purpose=Purpose.CASE_WORK) as (_desk, door):
                child = actions.child_by_number(door, form.cleaned_data["child"])
                if Part.WORKER not in door.parts(child.pk):
                    raise RuleBroken("gifts_child_unknown")
                sent = form.cleaned_data
                actions.write_need(door, child, form.said(), size=sent["size"], note=sent["note"])
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(
                request, _("Written down. Another person looks at it before it goes out.")
            )
            return redirect("gifts:needs")
    return show(request, Page(
        title=_("Write down a need"), narrow=True, form=form, button=_("Write down"),
        notice=_("The family must have agreed to passing it on without a name. Partners see a random"
                 " code, the thing, its size and your words about the thing."),
        links=[(_("Needs"), reverse("gifts:needs"))],
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_POST
def release(request: HttpRequest, need: str) -> HttpResponse:
    """Release a need after a look at its words; an office's."""
    return _do(request, need, "release")


@login_required
@never_cache
@require_POST
def withdraw(request: HttpRequest, need: str) -> HttpResponse:
    """Take a code down at once."""
    return _do(request, need, "withdraw")


@login_required
@never_cache
@require_POST
def met(request: HttpRequest, need: str) -> HttpResponse:
    """Note that a need was met."""
    return _do(request, need, "met")


@login_required
@never_cache
@require_POST
def hand_out(request: HttpRequest, partner: str, form: str) -> HttpResponse:
    """Hand the list of released needs to a licensed partner, as a file; noted with its codes."""
    if form not in {*FORMS, *DRAWN}:
        raise Http404
    day = clock.day_of(clock.now())
    try:
        with inside(request) as (desk, door):
            desk.need_deciding()
            found = get_partner(desk, partner)
            rows = actions.hand_out(door, found, [found.unit_id])
    except RuleBroken as refusal:
        return partners_page(request, refusal)
    if form in FORMS:
        return download(need_cells(rows), name=f"needs-{day}", form=form)
    unit = next(unit for unit, county in desk.county_of.items() if county == found.unit_id)
    return paper(list_for(found, rows, county_row(desk, unit), day), f"needs-{day}", form)


def _do(request: HttpRequest, need: str, what: str) -> HttpResponse:
    with inside(request) as (desk, door):
        found = get_need(door, need)
        if what == "release":
            desk.need_deciding(found.unit_id)

    def do() -> str:
        with enter(person(request), now=clock.now(), purpose=Purpose.AID) as door:
            kept = get_need(door, need)
            if what == "release":
                actions.release_need(door, kept)
                return _("Released. It stands on the next list for a licensed partner.")
            state = NeedState.MET if what == "met" else NeedState.WITHDRAWN
            actions.end_need(door, kept, state)
        return _("Noted.") if what == "met" else _("Taken down. It stands on no list any more.")

    return act(
        request, do, to=reverse("gifts:needs"), again=lambda refusal: _page(request, refusal)
    )


def _page(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    with inside(request) as (desk, door):
        rows = list_needs(door)
    links = [(_("Partners"), reverse("gifts:partners"))]
    if desk.carries:
        links.insert(0, (_("Write down a need"), reverse("gifts:need-new")))
    lines = [
        Line(
            cells=[row.code, row.child, THINGS[row.thing], row.size or "–", row.note or "–"],
            chip=(NEED_CHIPS[row.state], NEED_STATES[row.state]) if row.agreed
            else ("off", _("the family does not agree")),
            acts=_acts(desk, row),
        )
        for row in rows
    ]  # fmt: skip
    return show(request, Page(
        title=_("Needs"),
        intro=_("Each need has a random code. Nobody outside sees the child's number."),
        links=links,
        tables=[Table(
            headers=[_("Need code"), _("Child's number"), _("Thing"), _("Size on the label"), _("What it should be like")],
            lines=lines, nothing=_("No needs yet"),
            nothing_text=_("Case workers write down what their children need, once the family agrees."),
        )],
    ), refusal)  # fmt: skip


def _acts(desk: Desk, row: NeedRow) -> list[Act]:
    found = []
    if row.state is NeedState.WAITING and not row.is_own and row.unit_id in desk.deciding:
        found.append(Act(
            word=_("Tells nothing: release"), url=reverse("gifts:release", args=[row.public_id]),
            call=True,
        ))  # fmt: skip
    if row.state is NeedState.RELEASED:
        found.append(Act(word=_("Met"), url=reverse("gifts:met", args=[row.public_id])))
    if row.state in {NeedState.WAITING, NeedState.RELEASED}:
        found.append(
            Act(word=_("Take the code down"), url=reverse("gifts:withdraw", args=[row.public_id]))
        )
    return found
