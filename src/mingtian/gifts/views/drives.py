"""Drives and partners."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.gifts import actions
from mingtian.gifts.access import Desk, drives_of, get_partner, partners_of
from mingtian.gifts.actions import DriveSpec, PartnerSpec
from mingtian.gifts.forms import DriveForm, PartnerForm
from mingtian.gifts.models import Partner
from mingtian.gifts.pages import Act, Line, Page, Table
from mingtian.gifts.queries.needs import list_handouts
from mingtian.gifts.rules import Tag, is_licensed
from mingtian.gifts.views.common import county_choices, county_id, desk_of, inside, show
from mingtian.gifts.words import TAGS
from mingtian.web.acting import actor


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def drives(request: HttpRequest) -> HttpResponse:
    """Show drives; an office announces one."""
    desk = desk_of(request)
    if request.method == "POST":
        desk.need_deciding()
    form = DriveForm(
        request.POST or None,
        unit=desk.choices(deciding=True),
        partner=[("", "–"), *((each.public_id, each.name) for each in partners_of(desk))],
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_drive(_drive(desk, form), now=clock.now(), actor=actor(request))
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The drive is on the list."))
            return redirect("gifts:drives")
    lines = [
        Line(cells=[each.title, f"{each.starts_on} – {each.ends_on}", TAGS[each.tag],
                    each.partner.name if each.partner else "–", each.plan])
        for each in drives_of(desk)
    ]  # fmt: skip
    return show(request, Page(
        title=_("Drives"),
        intro=_("Everyone may give, nobody has to: there is no field for amounts or targets (Charity"
                " Law 32)."),
        tables=[Table(
            headers=[_("Drive"), _("Days"), _("Occasion"), _("Partner"), _("Plan")], lines=lines,
            nothing=_("No drives yet"),
            nothing_text=_("Gifts can be recorded with the drive in which they were given."),
        )],
        form=form if desk.deciding else None, form_title=_("Announce a drive"), button=_("Announce"),
    ), refusal)  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """Show partners and what they were handed; an office keeps their licences."""
    return partners_page(request)


def partners_page(request: HttpRequest, refusal: RuleBroken | None = None) -> HttpResponse:
    """Show the page; a POST of its own form keeps a partner."""
    desk = desk_of(request)
    own = request.method == "POST" and refusal is None
    if own:
        desk.need_deciding()
    form = PartnerForm(request.POST if own else None, county=county_choices(desk, deciding=True))
    if own and form.is_valid():
        sent = form.cleaned_data
        spec = PartnerSpec(
            county_id=county_id(desk, sent["county"]),
            name=sent["name"],
            licence=sent["licence"],
            valid_until=sent["valid_until"],
        )
        try:
            actions.keep_partner(spec, now=clock.now(), actor=actor(request))
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The partner is on the list."))
            return redirect("gifts:partners")
    return show(request, _page(request, desk, form), refusal)


def _page(request: HttpRequest, desk: Desk, form: PartnerForm) -> Page:
    day = clock.day_of(clock.now())
    kept = partners_of(desk)
    licensed = {each.pk for each in kept if is_licensed(each.licence, each.valid_until, day)}
    with inside(request, desk) as (_desk, door):
        handed = list_handouts(door, [each.pk for each in kept]) if desk.deciding else []
    lines = [
        Line(
            cells=[each.name, each.licence or "–", each.valid_until or "–"],
            chip=("good", _("may raise funds in public"))
            if each.pk in licensed
            else ("off", _("no valid licence")),
            acts=[
                Act(word=f"{_('List of needs')} {form_.upper()}",
                    url=reverse("gifts:hand-out", args=[each.public_id, form_]))
                for form_ in ("xlsx", "pdf")
            ] if desk.deciding and each.pk in licensed else [],
        )
        for each in kept
    ]  # fmt: skip
    given = [
        Line(
            cells=[
                each.partner,
                f"{clock.day_of(each.made_at)}",
                each.codes,
                " ".join(each.down) or "–",
            ]
        )
        for each in handed
    ]
    tables = [Table(
        headers=[_("Partner"), _("Licence"), _("Valid until")], lines=lines,
        nothing=_("No partners yet"),
        nothing_text=_("Add the charities with which your county works, with their licences."),
    )]  # fmt: skip
    if desk.deciding:
        tables.append(Table(
            title=_("Lists handed out"),
            headers=[_("Partner"), _("Day"), _("Codes"), _("Taken down since: tell the partner")],
            lines=given, nothing=_("No list was handed out yet"),
        ))  # fmt: skip
    return Page(
        title=_("Partners"),
        intro=_("Only a charity with a valid licence for public fundraising gets a list of needs, by"
                " codes that tell nothing. No child has a page anywhere."),
        links=[(_("Needs"), reverse("gifts:needs"))],
        tables=tables, form=form if desk.deciding else None,
        form_title=_("Add a partner, or its new licence"), button=_("Keep"),
    )  # fmt: skip


def _drive(desk: Desk, form: DriveForm) -> DriveSpec:
    sent = form.cleaned_data
    unit = desk.unit(sent["unit"])
    desk.need_deciding(unit.id)
    partner: Partner | None = get_partner(desk, sent["partner"]) if sent["partner"] else None
    return DriveSpec(
        unit_id=unit.id, title=sent["title"], plan=sent["plan"], tag=Tag(sent["tag"]),
        starts_on=sent["starts_on"], ends_on=sent["ends_on"], partner=partner,
    )  # fmt: skip
