"""Screenshots: looked at by the class teacher, switched by the office. Families send in `family`."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.campaigns.access import can_change_campaigns_of, get_campaign_for
from mingtian.campaigns.queries import campaign_row
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import read_roster_names
from mingtian.screenshots import access, actions, queries
from mingtian.screenshots.rules import KEPT_AFTER_CLOSING
from mingtian.web.refusals import sentence

KEPT_HOURS = int(KEPT_AFTER_CLOSING.total_seconds() // 3600)


@login_required
@require_http_methods(["GET", "POST"])
def switch_detail(request: HttpRequest, campaign: str) -> HttpResponseBase:
    """Say why screenshots are off; let the office of the scope decide otherwise."""
    user, now = _person(request), clock.now()
    today = now.astimezone(clock.SHANGHAI).date()
    found = get_campaign_for(user, campaign, today)
    may_change = can_change_campaigns_of(user, found.scope_id, today)
    row, refused = campaign_row(found), ""
    if request.method == "POST":
        if not may_change:
            raise Http404
        actor = user.get_username()
        try:
            if request.POST.get("turn") == "on":
                read = bool(request.POST.get("rule_read"))
                actions.switch_on(campaign=row, rule_read=read, actor=actor, now=now)
            else:
                actions.switch_off(campaign=row, actor=actor, now=now)
            return redirect("screenshots:switch-detail", campaign)
        except RuleBroken as refusal:
            refused = sentence(refusal)
    shown = {
        "campaign": row,
        "switch": queries.switch_of(row.id),
        "may_change": may_change,
        "refused": refused,
        "kept_hours": KEPT_HOURS,
    }
    return render(request, "screenshots/switch.html", shown, status=422 if refused else 200)


@login_required
@require_GET
def picture_list(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the class teacher the pictures that wait for the tally, with the children's names."""
    user, now = _person(request), clock.now()
    row = access.get_class_for(user, unit, now)
    evenings = queries.list_evenings(row.id, now)
    names: dict[int | None, list[str]] = {}
    if evenings:
        for one in read_roster_names(user=user, unit=row, now=now):
            names.setdefault(one.household_id, []).append(one.name)
        seen = sum(len(evening.pictures) for evening in evenings)
        actions.note_seen(unit=row, pictures=seen, actor=user.get_username(), now=now)
    listed = [
        (evening, [(one, names.get(one.household_id, [])) for one in evening.pictures])
        for evening in evenings
    ]
    shown = {"unit": row, "evenings": listed, "kept_hours": KEPT_HOURS}
    response = render(request, "screenshots/class.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_GET
def picture_show(request: HttpRequest, unit: str, picture: str) -> HttpResponse:
    """Send one picture to the class teacher's browser, which must not keep it."""
    found = access.get_picture_for(_person(request), unit, picture, clock.now())
    response = HttpResponse(actions.open_picture(found), content_type="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_POST
def tally_finish(request: HttpRequest, unit: str, campaign: str, number: int) -> HttpResponseBase:
    """Delete the pictures of one evening that the class teacher was shown and has tallied."""
    user, now = _person(request), clock.now()
    row = access.get_class_for(user, unit, now)
    deleted = actions.finish_tally(
        unit=row, campaign=campaign, lecture_number=number,
        pictures=request.POST.getlist("picture"), actor=user.get_username(), now=now,
    )  # fmt: skip
    told = ngettext("%(number)s picture was deleted.", "%(number)s pictures were deleted.", deleted)
    messages.success(request, told % {"number": deleted})
    return redirect("screenshots:picture-list", unit)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
