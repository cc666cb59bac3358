"""The plan of a unit (CAM-2, CAM-3) and the requirements of a school (SUP-4)."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.readiness import access, actions
from mingtian.readiness.access import Place
from mingtian.readiness.actions import LineWish
from mingtian.readiness.forms import LineForm, SheetForm
from mingtian.readiness.queries.audience import legs_of, list_audience
from mingtian.readiness.queries.checklists import list_sheets
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.rules import LONGEST_SHEET
from mingtian.readiness.views.common import address, do, school_of, ways
from mingtian.readiness.words import CHANNEL_WORDS
from mingtian.web.acting import actor
from mingtian.web.refusals import told


@login_required
@require_GET
def plan(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show the audience sheet of a unit."""
    now = clock.now()
    place = access.get_place_to_read(request.user, campaign, unit, now)
    return _show_plan(request, place, LineForm(kinds=place.campaign.kinds))


@login_required
@require_POST
def plan_line(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Put a target group on the sheet."""
    now = clock.now()
    place = access.get_place_to_keep(request.user, campaign, unit, now)
    form = LineForm(request.POST, kinds=place.campaign.kinds)
    if not form.is_valid():
        return _show_plan(request, place, form)
    wish = LineWish(**form.cleaned_data)

    def act() -> None:
        actions.write_line(
            campaign=place.campaign, unit=place.unit, wish=wish, by=actor(request), now=now
        )

    return do(
        request, act, back=address("plan", place), said=_("On the sheet."),
        show=lambda refusal: _show_plan(request, place, form, refusal),
    )  # fmt: skip


@login_required
@require_POST
def plan_line_remove(request: HttpRequest, campaign: str, unit: str, line: str) -> HttpResponse:
    """Take a target group off the sheet."""
    now = clock.now()
    place = access.get_place_to_keep(request.user, campaign, unit, now)
    actions.remove_line(
        campaign=place.campaign, unit=place.unit, line=line, by=actor(request), now=now
    )
    return redirect(address("plan", place))


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, campaign: str, unit: str) -> HttpResponse:
    """Show the school's requirements; its principal issues them."""
    now = clock.now()
    if request.method == "POST":
        place = access.get_school_to_issue(request.user, campaign, unit, now)
        return _issue(request, place, now)
    place, school = access.get_sheet_place_for(request.user, campaign, unit, now)
    return _show_sheet(request, place, school)


def _issue(request: HttpRequest, place: Place, now: datetime) -> HttpResponse:
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _show_sheet(request, place, place.unit, form)
    text = form.cleaned_data["text"]

    def act() -> None:
        actions.issue_sheet(school=school_of(place), text=text, by=actor(request), now=now)

    return do(
        request, act, back=address("sheet", place),
        said=_("Issued. The class teachers of the school see it now."),
        show=lambda refusal: _show_sheet(request, place, place.unit, form, refusal),
    )  # fmt: skip


def _show_plan(
    request: HttpRequest, place: Place, form: LineForm, refusal: RuleBroken | None = None
) -> HttpResponse:
    lines = list_audience(place.campaign.id, place.unit.id, place.day)
    shown = {
        "place": place,
        "ways": ways(place),
        "here": "plan",
        "lines": [
            (each, PEOPLE_WORDS[each.kind], LEG_WORDS[each.leg], CHANNEL_WORDS[each.channel])
            for each in lines
        ],
        "legs": [(each, LEG_WORDS[each.leg]) for each in legs_of(lines)],
        "form": form,
        **told(refusal),
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "readiness/plan.html", shown, status=status)


def _show_sheet(
    request: HttpRequest,
    place: Place,
    school: UnitRow,
    form: SheetForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    versions = list_sheets(place.campaign.id, school.id)
    first = versions[0].text if versions else draft()
    shown = {
        "place": place,
        "school": school,
        "ways": ways(place) if place.is_school else [],
        "here": "sheet",
        "holds": versions[0] if versions else None,
        "earlier": versions[1:],
        "form": form or SheetForm(initial={"text": first}),
        "most": LONGEST_SHEET,
        **told(refusal),
    }
    status = 422 if refusal or (form is not None and form.errors) else 200
    return render(request, "readiness/sheet.html", shown, status=status)


def draft() -> str:
    """Return the three requirements in the reader's language, to begin with (SUP-4)."""
    return "\n".join(
        [
            _("1. All teachers of the school take part. They are counted apart from families."),
            _(
                "2. All parents and pupils are invited. Taking part is voluntary; whoever cannot "
                "or does not wish to is left in peace."
            ),
            _(
                "3. We remind each other link by link: the school reminds class teachers, class "
                "teachers remind families once, kindly, and not after 21:00."
            ),
            _("4. Class teachers help elders to enter. No screenshots, no punch-in."),
        ]
    )
