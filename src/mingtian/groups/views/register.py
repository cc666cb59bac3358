"""The register: which groups there are, who answers for them, when they close (GRP-1, GRP-2)."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.groups import access, actions
from mingtian.groups.access import GroupPlace
from mingtian.groups.forms import GroupForm, ListForm, as_typed, in_a_week
from mingtian.groups.queries import (
    GroupRow,
    campaign_called,
    count_members,
    list_groups,
    list_groups_with,
    list_lists,
    list_usable,
    proposed_names,
)
from mingtian.groups.queries.boards import count_waiting
from mingtian.groups.rules import LEG_OF_AUDIENCE, STANDING_LISTS, Audience, Platform
from mingtian.groups.words import AUDIENCE_WORDS, BOARD_WORDS, LEG_WORDS, PLATFORM_WORDS, ROLE_WORDS
from mingtian.org.queries import full_titles, list_holders, list_posts
from mingtian.org.rules import MORE_THAN_FIGURES
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.refusals import told

MOST_LINES = 200
"""So many groups are shown on the page; the file holds all."""

VIEWS = ("open", "lapsing", "past", "left", "waiting", "closed")


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the register of the own unit."""
    assert request.user.pk is not None
    for post in list_posts(request.user.pk, clock.day_of(clock.now())):
        if post.role in MORE_THAN_FIGURES:
            return redirect("groups:register", post.unit.public_id)
    return render(request, "groups/none.html")


@login_required
@require_GET
def register(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the groups at and below a unit, and those it is in."""
    now = clock.now()
    place = access.get_place_for(request.user, unit, now)
    day = clock.day_of(now)
    groups = list_groups(place.unit.id, day)
    waiting = count_waiting([group.id for group in groups if group.unit_id == place.unit.id])
    parts = _parts(groups, waiting, day)
    asked = request.GET.get("show", "open")
    show = asked if asked in VIEWS else "open"
    lines = parts[show][:MOST_LINES]
    owners = full_titles({group.unit_id for group in lines}, day)
    address = reverse("groups:register", args=[place.unit.public_id])
    shown = {
        "place": place,
        "parts": [
            (part, f"{_PART_WORDS[part]} {len(parts[part])}", f"{address}?show={part}")
            for part in VIEWS
            if parts[part] or part in {"open", show}
        ],
        "show": show,
        "lines": [_line(group, day, waiting, owners) for group in lines],
        "number": len(parts[show]),
        "member_of": list_groups_with(place.unit.id, day),
    }
    return render(request, "groups/register.html", shown)


@login_required
@require_GET
def register_file(request: HttpRequest, unit: str, form: str) -> HttpResponse:
    """Give the register as CSV or XLSX."""
    now = clock.now()
    place = access.get_place_for(request.user, unit, now)
    day = clock.day_of(now)
    head = [
        _("Liaison group"), _("Owner"), _("What it is for"), _("Platform"), _("Who is in it"), _("Leg"), _("Size"),
        _("Answers for it"), _("Code valid until"), _("Closes on"), _("Closed on"), _("Robot"),
    ]  # fmt: skip
    groups = list_groups(place.unit.id, day)
    owners = full_titles({group.unit_id for group in groups}, day)
    body = [
        [
            group.name, owners.get(group.unit_id, group.owner), group.purpose, str(PLATFORM_WORDS[group.platform]),
            str(AUDIENCE_WORDS[group.audience]), _leg(group), group.size, in_charge(group),
            _iso(group.code_expires_on), _iso(group.closes_on), _iso(group.closed_on),
            _("yes") if group.robot else None,
        ]
        for group in groups
    ]  # fmt: skip
    name = f"groups-{day}-{place.unit.public_id}"
    return tables.download([head, *body], name=name, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: str) -> HttpResponse:
    """Register a group of the own unit."""
    now = clock.now()
    place = access.get_place_to_manage(request.user, unit, now)
    day = clock.day_of(now)
    holders = list_holders([place.unit.id], day)
    names = proposed_names(place.unit.id, campaign_called(place.unit.id, day), day)
    first = {
        "audience": Audience.SCHOOLS, "platform": Platform.WECHAT, "name": names[Audience.SCHOOLS],
        "code_expires_on": in_a_week(day),
    }  # fmt: skip
    form = GroupForm(request.POST or None, initial=first, holders=holders)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_group(
                unit=place.unit, line=place.line, facts=form.facts(), by=actor(request), now=now
            )
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Registered."))
            return redirect("groups:group", made)
    shown = {
        "place": place,
        "form": form,
        "names": [(AUDIENCE_WORDS[kind], name) for kind, name in names.items()],
        **told(refusal),
    }
    return render(request, "groups/edit.html", shown, status=_status(request))


@login_required
@require_GET
def group(request: HttpRequest, group: str) -> HttpResponse:
    """Show a group: what is kept about it, its boards, what may be done."""
    now = clock.now()
    return _show_group(request, access.get_group_for(request.user, group, now), now)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, group: str) -> HttpResponse:
    """Change what is kept about a group: a new code, a later closing date."""
    now = clock.now()
    place = access.get_group_to_manage(request.user, group, now)
    row = place.group
    holders = list_holders([row.unit_id], clock.day_of(now))
    form = GroupForm(request.POST or None, initial=as_typed(row), holders=holders)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_group(group_id=row.id, facts=form.facts(), by=actor(request), now=now)
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Kept."))
            return redirect("groups:group", row.public_id)
    shown = {"group": row, "form": form, "names": [], **told(refusal)}
    return render(request, "groups/edit.html", shown, status=_status(request))


@login_required
@require_POST
def close(request: HttpRequest, group: str) -> HttpResponse:
    """Note that the group was closed."""
    now = clock.now()
    place = access.get_group_to_manage(request.user, group, now)
    if actions.close_group(group_id=place.group.id, by=actor(request), now=now):
        messages.success(request, _("The group is closed. Thank you."))
    return redirect("groups:group", place.group.public_id)


@login_required
@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the unit's distribution lists, and keep a new one."""
    now = clock.now()
    place = access.get_place_to_manage(request.user, unit, now)
    usable = list_usable(place.unit.id, clock.day_of(now))
    choices = [(group.public_id, f"{group.name} · {group.owner}") for group in usable]
    form = ListForm(request.POST or None, choices=choices)
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.make_list(
                unit=place.unit, name=typed["name"], groups=typed["groups"], by=actor(request),
                now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Kept."))
            return redirect("groups:lists", place.unit.public_id)
    standing = [
        (AUDIENCE_WORDS[kind], [group for group in usable if group.audience is kind])
        for kind in STANDING_LISTS
    ]
    shown = {
        "place": place,
        "form": form,
        "standing": standing,
        "lists": list_lists(place.unit.id),
        **told(refusal),
    }
    return render(request, "groups/lists.html", shown, status=_status(request))


@login_required
@require_POST
def remove_list(request: HttpRequest, unit: str, list_id: str) -> HttpResponse:
    """Remove a list; its groups stay."""
    now = clock.now()
    place = access.get_place_to_manage(request.user, unit, now)
    if actions.remove_list(unit=place.unit, public_id=list_id, by=actor(request), now=now):
        messages.success(request, _("Removed. The groups stay."))
    return redirect("groups:lists", place.unit.public_id)


def in_charge(group: GroupRow) -> str:
    """Return who is in charge of a group, in words."""
    if group.in_charge_name:
        return group.in_charge_name
    return str(ROLE_WORDS[group.in_charge_role]) if group.in_charge_role in ROLE_WORDS else "–"


def _show_group(request: HttpRequest, place: GroupPlace, now: datetime) -> HttpResponse:
    row, day = place.group, clock.day_of(now)
    shown = {
        "place": place,
        "group": row,
        "line": _line(
            row, day, count_waiting([row.id]) if place.manages else {},
            full_titles([row.unit_id], day),
        ),
        "members": count_members(row.id, day),
        "boards": [(board.value, word) for board, word in BOARD_WORDS.items()],
    }  # fmt: skip
    return render(request, "groups/group.html", shown)


_PART_WORDS = {
    "open": gettext_lazy("Open groups"),
    "lapsing": gettext_lazy("Code lapses too early"),
    "past": gettext_lazy("Closing date reached"),
    "left": gettext_lazy("Nobody answers any more"),
    "waiting": gettext_lazy("To be read"),
    "closed": gettext_lazy("Closed groups"),
}


def _parts(groups: list[GroupRow], waiting: dict[int, int], day: date) -> dict[str, list[GroupRow]]:
    return {
        "open": [group for group in groups if not group.closed_on],
        "lapsing": [group for group in groups if group.lapses],
        "past": [group for group in groups if group.is_over(day)],
        "left": [group for group in groups if group.in_charge_left and not group.closed_on],
        "waiting": [group for group in groups if waiting.get(group.id)],
        "closed": [group for group in groups if group.closed_on],
    }


def _line(
    group: GroupRow, day: date, waiting: dict[int, int], owners: dict[int, str]
) -> dict[str, object]:
    return {
        "group": group,
        "owner": owners.get(group.unit_id, group.owner),
        "platform": PLATFORM_WORDS[group.platform],
        "audience": AUDIENCE_WORDS[group.audience],
        "leg": _leg(group),
        "in_charge": in_charge(group),
        "past": group.is_past(day),
        "waiting": waiting.get(group.id, 0),
    }


def _leg(group: GroupRow) -> str:
    return str(LEG_WORDS[LEG_OF_AUDIENCE[group.audience]])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
