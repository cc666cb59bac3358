"""Post once, paste, forward, acknowledge (GRP-2, GRP-3)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.groups import access, actions
from mingtian.groups.access import PostPlace
from mingtian.groups.actions import To
from mingtian.groups.forms import PostForm, chosen
from mingtian.groups.queries import (
    DeliveryRow,
    GroupRow,
    ReceiptRow,
    list_lists,
    list_receipts,
    list_received,
    list_sent,
    list_to_paste,
    list_usable,
)
from mingtian.groups.rules import (
    MANAGERS,
    MOST_TEXT,
    STANDING_LISTS,
    Audience,
    Words,
    is_quiet,
)
from mingtian.groups.views.common import sender
from mingtian.groups.words import AUDIENCE_WORDS, PLATFORM_WORDS, robot_words
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told

MOST_SILENT = 100
"""So many units that have not acknowledged are named on the page; the file names all."""


@login_required
@require_GET
def posts(request: HttpRequest, unit: str) -> HttpResponse:
    """Show what the unit is to paste, what it received, what it posted."""
    now = clock.now()
    place = access.get_place_of_posts(request.user, unit, now)
    day = clock.day_of(now)
    shown = {
        "place": place,
        "to_paste": list_to_paste(place.unit.id, day, now) if place.manages else [],
        "received": list_received(place.unit.id, day),
        "sent": list_sent(place.unit.id, day),
    }
    return render(request, "groups/posts.html", shown)


@login_required
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, unit: str) -> HttpResponse:
    """Write a text once for several groups."""
    now = clock.now()
    place = access.get_place_to_manage(request.user, unit, now)
    usable = list_usable(place.unit.id, clock.day_of(now))
    form = PostForm(
        request.POST or None, initial={"key": public_id()}, choices=_choices(place.unit, usable)
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        groups, lists = chosen(form.cleaned_data["to"])
        source = f"hand:{place.unit.public_id}:{form.cleaned_data['key']}"
        try:
            made = actions.send(
                text=form.words(), to=To(groups=groups, lists=lists), source=source,
                by=sender(request, place.unit.id), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            return redirect("groups:post", made.public_id)
    shown = {
        "place": place,
        "form": form,
        "usable": usable,
        "most": MOST_TEXT,
        "quiet": is_quiet(now),
        **told(refusal),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "groups/compose.html", shown, status=status)


@login_required
@require_GET
def post(request: HttpRequest, post: str) -> HttpResponse:
    """Show a post: to its sender with who has read it, to others with what they are to do."""
    now = clock.now()
    return _show(request, access.get_post_for(request.user, post, now), now)


@login_required
@require_GET
def receipts(request: HttpRequest, post: str, form: str) -> HttpResponse:
    """Give the sender the list of who has acknowledged and who has not."""
    now = clock.now()
    place = access.get_post_for(request.user, post, now)
    if not place.sends:
        raise Http404
    head = [_("Unit"), _("Acknowledged on"), _("Acknowledged by")]
    body = [
        [each.unit, each.acknowledged_at, each.by or None]
        for each in list_receipts(place.post, clock.day_of(now))
    ]
    name = f"acknowledged-{place.post.public_id}"
    return tables.download([head, *body], name=name, form=form)


@login_required
@require_POST
def paste(request: HttpRequest, post: str, group: str) -> HttpResponse:
    """Note that the text was pasted into a group of the own unit."""
    now = clock.now()
    place = access.get_post_for(request.user, post, now)
    found = [
        each
        for each in place.deliveries
        if each.group_public_id == group and each.group_id in place.pastes
    ]
    if not found:
        raise Http404

    def do() -> str:
        actions.mark_pasted(post=place.post, group_id=found[0].group_id, by=actor(request), now=now)
        return _("Noted.")

    return _do(request, place, now, do)


@login_required
@require_POST
def acknowledge(request: HttpRequest, post: str, unit: str) -> HttpResponse:
    """Say for a unit that it has read the post."""
    now = clock.now()
    place = access.get_post_for(request.user, post, now)
    own = _unit_of(place.answers_for, unit, now)

    def do() -> str:
        actions.acknowledge(post=place.post, unit_id=own.id, by=actor(request), now=now)
        return _("Acknowledged. Thank you.")

    return _do(request, place, now, do)


@login_required
@require_POST
def forward(request: HttpRequest, post: str, unit: str) -> HttpResponse:
    """Pass a post on into groups of the own unit."""
    now = clock.now()
    place = access.get_post_for(request.user, post, now)
    own = _unit_of(_forwarders(request, place, now), unit, now)

    def do() -> str:
        number = actions.forward(
            post=place.post, groups=request.POST.getlist("groups"),
            by=sender(request, own.id), now=now,
        )  # fmt: skip
        return _("Forwarded.") if number else _("It was there already.")

    return _do(request, place, now, do)


def _do(
    request: HttpRequest, place: PostPlace, now: datetime, do: Callable[[], str]
) -> HttpResponse:
    to = reverse("groups:post", args=[place.post.public_id])
    return act(request, do, to=to, again=lambda refusal: _show(request, place, now, refusal))


def _unit_of(units: Sequence[int], public: str, now: datetime) -> UnitRow:
    """Return the unit of an address if it is among these, or 404."""
    for row in unit_rows(units, clock.day_of(now)).values():
        if row.public_id == public:
            return row
    raise Http404


def _forwarders(request: HttpRequest, place: PostPlace, now: datetime) -> list[int]:
    """Return the reader's units that may pass the post on: those it is for, and its sender."""
    held = access.roles_held(request.user, clock.day_of(now))
    wanted = {*place.receives, *({place.post.unit_id} if place.sends else ())}
    return sorted(unit for unit in wanted if held.get(unit, set()) & MANAGERS)


def _show(
    request: HttpRequest, place: PostPlace, now: datetime, refusal: RuleBroken | None = None
) -> HttpResponse:
    day = clock.day_of(now)
    row = place.post
    words = Words(text=row.text, title=row.title, link=row.link)
    seen = [each for each in place.deliveries if place.sends or each.group_id in place.pastes]
    forwarders = _forwarders(request, place, now)
    there = {each.group_id for each in place.deliveries}
    units = unit_rows([*place.answers_for, *forwarders], day)
    read = list_receipts(row, day) if place.sends and row.asks else []
    shown = {
        "place": place,
        "post": row,
        "text": words.for_group,
        "length": len(words.for_group),
        "deliveries": [_delivery(each, place, now) for each in seen],
        "answers": [(units[key], place.receives[key]) for key in place.answers_for],
        "forwarding": _forwarding([units[key] for key in forwarders], there, now),
        **_of_receipts(read),
        **told(refusal),
    }
    return render(request, "groups/post.html", shown, status=422 if refusal else 200)


def _of_receipts(read: list[ReceiptRow]) -> dict[str, object]:
    silent = [each for each in read if each.acknowledged_at is None]
    return {
        "read": [each for each in read if each.acknowledged_at is not None],
        "silent": silent[:MOST_SILENT],
        "silent_number": len(silent),
        "receivers": len(read),
    }


def _delivery(row: DeliveryRow, place: PostPlace, now: datetime) -> dict[str, object]:
    quiet = row.audience is Audience.FAMILIES and is_quiet(now)
    return {
        "row": row,
        "platform": PLATFORM_WORDS[row.platform],
        "robot": robot_words(row.robot, row.vendor, row.robot_code),
        "pastes": row.group_id in place.pastes and not row.pasted_at and not quiet,
        "quiet": quiet and not row.is_there,
    }


def _forwarding(
    units: Sequence[UnitRow], there: set[int], now: datetime
) -> list[tuple[UnitRow, list[GroupRow]]]:
    """Return for each unit the own groups into which the post has not gone yet."""
    day = clock.day_of(now)
    found = [
        (
            unit,
            [group for group in list_usable(unit.id, day, only_own=True) if group.id not in there],
        )
        for unit in units
    ]
    return [(unit, groups) for unit, groups in found if groups]


def _choices(unit: UnitRow, usable: list[GroupRow]) -> list[tuple[str, str]]:
    """Return lists and groups to tick, with how many groups a list reaches."""
    kinds = [
        (
            f"list:{kind.value}",
            _("All groups: %(kind)s (%(number)s)") % {
                "kind": AUDIENCE_WORDS[kind],
                "number": sum(group.audience is kind for group in usable),
            },
        )
        for kind in STANDING_LISTS
    ]  # fmt: skip
    own = [
        (f"list:{row.public_id}", f"{row.name} ({len(row.groups)})") for row in list_lists(unit.id)
    ]
    groups = [
        (
            f"group:{group.public_id}",
            group.name if group.unit_id == unit.id else f"{group.name} · {group.owner}",
        )
        for group in usable
    ]
    return [*kinds, *own, *groups]
