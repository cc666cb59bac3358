"""Inviting: choose a unit, fill the post, then tell link and word once, each by another way."""

from base64 import b64decode, b64encode
from datetime import date, datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.core.seal import Place, SealBroken
from mingtian.core.sealing import sealer
from mingtian.org.queries import lines_of
from mingtian.org.rules import POSTS_AT, Line, Role, UnitKind
from mingtian.staff.access import (
    get_invitation_for,
    get_unit_to_invite_for,
    posts_seeing_people,
)
from mingtian.staff.actions import InviteSpec, Made, invite, withdraw
from mingtian.staff.forms import InviteForm, new_once
from mingtian.staff.queries.people import list_units_near, place_of, reach_of
from mingtian.staff.rules import INVITING, SHOWN_FOR, State, line_for
from mingtian.staff.words import role_word
from mingtian.web.reader import person
from mingtian.web.refusals import sentence

SESSION = "staff.invited"
STATE_CHIPS = {
    State.OPEN: ("wait", gettext_lazy("not taken up yet")),
    State.USED: ("good", gettext_lazy("used")),
    State.WITHDRAWN: ("off", gettext_lazy("withdrawn")),
    State.ENDED: ("off", gettext_lazy("ended by wrong words")),
    State.EXPIRED: ("off", gettext_lazy("expired")),
}
FIELD_OF = {"term_empty": "ends_on", "wrong_post": "role", "invitation_reaches_further": "role"}


@login_required
@require_http_methods(["GET", "POST"])
def invite_page(request: HttpRequest) -> HttpResponse:
    """Ask for the unit first: which posts there are depends on it."""
    user, now = person(request), clock.now()
    day = clock.day_of(now)
    unit_id = request.POST.get("unit") or request.GET.get("unit", "")
    if not unit_id:
        return _choose_unit(request, day)
    unit = get_unit_to_invite_for(user, unit_id, day)
    roles = [role for role in Role if UnitKind(unit.kind) in POSTS_AT[role]]
    shown = {
        "unit": unit,
        "title": place_of(unit.pk, day),
        "asks_line": unit.kind == UnitKind.SECTOR,
    }
    if request.method == "GET":
        form = InviteForm(roles=roles, initial={"starts_on": day, "once": new_once()})
        return render(request, "staff/invite.html", shown | {"form": form})
    form = InviteForm(request.POST, roles=roles)
    if form.is_valid():
        data = form.cleaned_data
        line = line_for(UnitKind(unit.kind), lines_of(unit.pk, day))
        spec = InviteSpec(
            unit_id=unit.pk,
            kind=UnitKind(unit.kind),
            role=Role(data["role"]),
            line=Line(data["line"]) if data["line"] else line,
            name=data["name"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            once=data["once"],
        )
        try:
            made = invite(spec=spec, inviter=user, actor=user.get_username(), now=now)
        except RuleBroken as refusal:
            form.add_error(FIELD_OF.get(refusal.code, "name"), sentence(refusal))
        else:
            return remember_to_show(request, made, now)
    return render(request, "staff/invite.html", shown | {"form": form}, status=422)


def _choose_unit(request: HttpRequest, day: date) -> HttpResponse:
    user = person(request)
    posts = [post for post in posts_seeing_people(user, day) if post.role in INVITING]
    if not posts or request.method == "POST":
        raise Http404
    shown = {"units": list_units_near(reach_of(posts), day)}
    return render(request, "staff/invite_where.html", shown)


def remember_to_show(request: HttpRequest, made: Made, now: datetime) -> HttpResponse:
    """Lead to the page of the invitation; link and word wait sealed in the inviter's session.

    A second click of the same form has neither: the first one's stay.
    """
    own_id = made.invitation.public_id
    if made.secret:
        place = _place(own_id)
        box = sealer().seal(f"{now.isoformat()} {made.secret} {made.word}", place)
        request.session[SESSION] = {own_id: b64encode(box).decode()}
    return redirect("staff:invitation", own_id)


def _place(public_id: str) -> Place:
    return Place(table="staff_invitation", column="shown", row=public_id)


def _to_show(request: HttpRequest, public_id: str, now: datetime) -> tuple[str, str]:
    """Return link and word for ten minutes after they were made, to the inviter alone."""
    box = request.session.get(SESSION, {}).get(public_id)
    if box is None:
        return "", ""
    try:
        made_at, secret, word = sealer().open(b64decode(box), _place(public_id)).split(" ")
    except SealBroken:
        return "", ""
    if now - datetime.fromisoformat(made_at) > SHOWN_FOR:
        del request.session[SESSION]
        return "", ""
    return settings.PUBLIC_ORIGIN + reverse("staff:join", args=[secret]), word


@login_required
@never_cache
@require_GET
def invitation(request: HttpRequest, invitation: str) -> HttpResponse:
    now = clock.now()
    found = get_invitation_for(person(request), invitation, clock.day_of(now))
    state = found.state(now)
    link, word = _to_show(request, found.public_id, now) if state is State.OPEN else ("", "")
    shown = {
        "invitation": found,
        "title": place_of(found.unit_id, clock.day_of(now)),
        "role": role_word(found.role),
        "chip": STATE_CHIPS[state],
        "is_open": state is State.OPEN,
        "link": link,
        "word": f"{word[:3]} {word[3:]}" if word else "",
    }
    return render(request, "staff/invitation.html", shown)


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, invitation: str) -> HttpResponse:
    user, now = person(request), clock.now()
    found = get_invitation_for(user, invitation, clock.day_of(now))
    withdraw(invitation=found, actor=user.get_username(), now=now)
    messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("staff:invitation", found.public_id)
