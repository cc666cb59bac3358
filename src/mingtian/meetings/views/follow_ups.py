"""Resolve, say who sees to it, look at what is due, end it."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.meetings import access, actions
from mingtian.meetings.access import Task
from mingtian.meetings.forms import ResolutionForm, SettlingForm, TaskForm, due_day
from mingtian.meetings.models import FollowUp
from mingtian.meetings.queries.follow_ups import in_order, list_follow_ups, narrowed, owned_by
from mingtian.meetings.queries.owners import list_owners
from mingtian.meetings.rules import HOUSES, OWNERS, State
from mingtian.meetings.views.shared import TABLE, show
from mingtian.web import tables
from mingtian.web.acting import actor
from mingtian.web.paging import cut

STATES = ("open", "late", "ended")


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the reader's units have to see to, or what they resolved for others."""
    now = clock.now()
    state, show_set = _state(request), request.GET.get("show", "") == "set"
    rows, page = cut(_asked(request, now), request)
    address = reverse("meetings:follow-ups")
    shown: dict[str, object] = {
        "rows": list_follow_ups(rows, day=day_of(now)),
        "page": page,
        "state": state,
        "scope": "set" if show_set else "own",
        "scopes": [
            ("own", _("For us to see to"), f"{address}?state={state}"),
            ("set", _("Resolved by us"), f"{address}?show=set&state={state}"),
        ],
        "states": [
            ("open", _("To do"), _here(address, "open", show_set)),
            ("late", _("Overdue"), _here(address, "late", show_set)),
            ("ended", _("Ended"), _here(address, "ended", show_set)),
        ],
        "asked": f"state={state}{'&show=set' if show_set else ''}",
    }
    return show(request, "meetings/follow_ups.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list as it is asked for as CSV or XLSX."""
    now = clock.now()
    rows = list_follow_ups(_asked(request, now)[: TABLE + 1], day=day_of(now))
    head = [
        _("What is to be done"), _("Who sees to it"), _("Person"), _("Due on"), _("State"),
        _("Overdue"), _("In a sentence"), _("Resolved by"), _("About"),
    ]  # fmt: skip
    body = [
        [
            row.what, row.owner, row.person, row.due_on.isoformat(), row.state_word,
            _("yes") if row.late else None, row.said, row.unit, row.about,
        ]
        for row in rows
    ]  # fmt: skip
    return tables.download([head, *body], name=f"follow-ups-{day_of(now)}", form=form, most=TABLE)


@login_required
@require_GET
def follow_up(request: HttpRequest, follow_up: str) -> HttpResponse:
    """Show one follow-up, with the two ways to end it."""
    now = clock.now()
    return _show_task(request, access.get_task_for(request.user, follow_up, now), now)


@login_required
@require_POST
def settle(request: HttpRequest, follow_up: str) -> HttpResponse:
    """End a follow-up: done, or taken back."""
    now = clock.now()
    task = access.get_task_to_settle(request.user, follow_up, now)
    form = SettlingForm(request.POST)
    if not form.is_valid():
        return _show_task(request, task, now, form=form)
    to = form.state()
    if to is State.WITHDRAWN and not task.may_take_back:
        raise Http404
    try:
        actions.settle(
            follow_up_id=task.row.pk, to=to, said=form.cleaned_data["said"], by=actor(request),
            now=now,
        )  # fmt: skip
    except RuleBroken as refusal:
        return _show_task(request, task, now, refusal, form)
    messages.success(request, _("Kept. Thank you."))
    return redirect("meetings:follow-up", task.row.public_id)


@login_required
@require_http_methods(["GET", "POST"])
def resolve(request: HttpRequest, meeting: str) -> HttpResponse:
    """Add what a meeting resolved, with the first follow-up."""
    now = clock.now()
    found, place = access.get_meeting_to_keep(request.user, meeting, now)
    if place.unit.kind not in HOUSES:
        raise Http404
    form = ResolutionForm(
        request.POST or None, initial=_fresh(), owners=list_owners(found.unit_id, day_of(now))
    )
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            actions.resolve(
                meeting_id=found.pk, text=text, task=form.task_if_any(text),
                once=form.cleaned_data["once"], by=actor(request), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("The resolution is entered."))
            return redirect("meetings:meeting", found.public_id)
    shown = {"place": place, "about": found.title, "form": form,
             "back": reverse("meetings:meeting", args=[found.public_id])}  # fmt: skip
    return show(request, "meetings/task.html", shown, refusal)


@login_required
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, meeting: str, number: int) -> HttpResponse:
    """Add a follow-up to a resolution."""
    now = clock.now()
    found, place = access.get_meeting_to_keep(request.user, meeting, now)
    resolution = found.resolutions.filter(number=number).first()
    if resolution is None or place.unit.kind not in HOUSES:
        raise Http404
    form = _task_form(request, found.unit_id, now)
    back = reverse("meetings:meeting", args=[found.public_id])
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.follow_resolution(
                meeting_id=found.pk, number=number, task=form.task(),
                once=form.cleaned_data["once"], by=actor(request), now=now,
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = broken
        else:
            return redirect(back)
    shown = {"place": place, "about": resolution.text, "form": form, "back": back}
    return show(request, "meetings/task.html", shown, refusal)


@login_required
@require_http_methods(["GET", "POST"])
def follow_talk(request: HttpRequest, talk: str) -> HttpResponse:
    """Add a follow-up to a talk."""
    now = clock.now()
    found, place = access.get_talk_to_keep(request.user, talk, now)
    form = _task_form(request, found.unit_id, now)
    back = reverse("meetings:talk", args=[found.public_id])
    refusal: RuleBroken | None = None
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["once"]
        try:
            actions.follow_talk(
                talk_id=found.pk, task=form.task(), once=once, by=actor(request), now=now
            )
        except RuleBroken as broken:
            refusal = broken
        else:
            return redirect(back)
    shown = {"place": place, "about": found.with_whom, "form": form, "back": back}
    return show(request, "meetings/task.html", shown, refusal)


def _task_form(request: HttpRequest, unit_id: int, now: datetime) -> TaskForm:
    return TaskForm(
        request.POST or None,
        initial={**_fresh(), **due_day(now)},
        owners=list_owners(unit_id, day_of(now)),
    )


def _fresh() -> dict[str, object]:
    return {"once": public_id()}


def _state(request: HttpRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in STATES else "open"


def _asked(request: HttpRequest, now: datetime) -> QuerySet[FollowUp]:
    """Return the follow-ups that are asked for, in the order in which they are shown."""
    visible = access.follow_ups_visible_to(request.user, now)
    day: date = day_of(now)
    found = narrowed(visible, _state(request), day)
    units = access.units_of(request.user, OWNERS, now)
    own = owned_by(found, units=units, user_id=request.user.pk)
    if request.GET.get("show", "") == "set":
        return in_order(found.exclude(pk__in=own.values("pk")))
    return in_order(own)


def _here(address: str, state: str, show_set: bool) -> str:
    return f"{address}?{'show=set&' if show_set else ''}state={state}"


def _show_task(
    request: HttpRequest,
    task: Task,
    now: datetime,
    refusal: RuleBroken | None = None,
    form: SettlingForm | None = None,
) -> HttpResponse:
    rows = list_follow_ups(FollowUp.objects.filter(pk=task.row.pk), day=day_of(now))
    row = rows[0]
    reads_meeting = bool(row.meeting) and (
        access.meetings_visible_to(request.user, now).filter(public_id=row.meeting).exists()
    )
    reads_talk = bool(row.talk) and access.reads_talks_of(request.user, task.row.unit_id, now)
    shown = {
        "row": row,
        "task": task,
        "form": form or SettlingForm(),
        "is_open": row.state is State.OPEN,
        "reads_meeting": reads_meeting,
        "reads_talk": reads_talk,
    }
    return show(request, "meetings/follow_up.html", shown, refusal)
