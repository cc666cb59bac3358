"""Pages of a day: look at it, confirm, correct, answer, freeze, take it out (STA-1 to STA-6)."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingtian.closings import access, actions
from mingtian.closings.access import Place
from mingtian.closings.actions import Wish
from mingtian.closings.forms import CorrectionForm
from mingtian.closings.outline import Page, page_of, table_of
from mingtian.closings.queries.days import find_closing, list_sums, summary_sent_at
from mingtian.closings.queries.files import file_of
from mingtian.closings.queries.todo import newest_day
from mingtian.closings.rules import Column, check_confirming
from mingtian.closings.summaries import summary_of
from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.groups.rules import is_quiet
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.people.rules import PersonKind
from mingtian.web import tables
from mingtian.web.acting import act, actor
from mingtian.web.refusals import told


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the own unit and the day that is to be confirmed, or was last."""
    now = clock.now()
    assert request.user.pk is not None
    posts = list_posts(request.user.pk, clock.day_of(now))
    for post in posts:
        lecture = newest_day(post, now)
        if lecture is not None:
            return redirect("closings:day", lecture, post.unit.public_id)
    guides = any(post.line is Line.GUIDES for post in posts)
    return render(request, "closings/none.html", {"guides": guides})


@login_required
@require_GET
def day(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show a day at a unit: its figures, who has confirmed, what is asked."""
    now = clock.now()
    return _show(request, access.get_place_for(request.user, lecture, unit, now), now)


@login_required
@require_GET
def export(request: HttpRequest, lecture: int, unit: str, form: str) -> HttpResponse:
    """Give the day's table as CSV or XLSX."""
    now = clock.now()
    place = access.get_place_for(request.user, lecture, unit, now)
    name = f"day-{place.day.held_on}-{place.unit.public_id}"
    return tables.download(table_of(page_of(place, now), place), name=name, form=form)


@login_required
@require_POST
def confirm(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Confirm the unit's figures as they stand."""
    now = clock.now()
    place = access.get_place_to_confirm(request.user, lecture, unit, now)

    def do() -> str:
        actions.confirm(
            day=place.day, unit=place.unit, path=place.subtree, by=actor(request), now=now
        )
        return _("Confirmed. Thank you.")

    return _do(request, place, now, do)


@login_required
@require_POST
def freeze(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Freeze the day of the whole campaign."""
    now = clock.now()
    place = access.get_place_to_freeze(request.user, lecture, unit, now)

    def do() -> str:
        actions.freeze(day=place.day, by=actor(request), now=now)
        return _("The day is frozen.")

    return _do(request, place, now, do)


@login_required
@require_POST
def answer(request: HttpRequest, lecture: int, unit: str, question: str) -> HttpResponse:
    """Keep what the house says to a question about one of its classes."""
    now = clock.now()
    place = access.get_place_to_confirm(request.user, lecture, unit, now)
    classes = {row.group for row in list_sums(place.day, place.subtree, leaves=True)}

    def do() -> str:
        actions.answer(
            day=place.day, question=question, units=[key for key in classes if key is not None],
            said=request.POST.get("answer", ""), by=actor(request), now=now,
        )  # fmt: skip
        return _("Kept.")

    return _do(request, place, now, do)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Set a number of a class right, with its reason."""
    now = clock.now()
    place = access.get_place_to_correct(request.user, lecture, unit, now)
    house = access.house_of(place.path, place.day.held_on)
    assert house is not None, "whoever may correct does so for a house"
    form = CorrectionForm(request.POST or None, initial={"kind": 1, "column": Column.ARRIVED})
    refusal = closed = _closed_to_corrections(place, now)
    if closed is None and request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        wish = Wish(
            kind=sent["kind"], column=Column(sent["column"]), new=sent["new"],
            reason=sent["reason"], note=sent["note"],
        )  # fmt: skip
        try:
            actions.correct(day=place.day, unit=place.unit, wish=wish, by=actor(request), now=now)
        except RuleBroken as broken:
            refusal = broken
        else:
            messages.success(request, _("Corrected. The old number stays in the record."))
            return redirect("closings:day", lecture, house.public_id)
    shown = {
        "place": place,
        "day": place.day,
        "house": house,
        "form": form,
        "open": closed is None,
        **told(refusal),
        "rows": [
            (PEOPLE_WORDS[PersonKind(row.kind)], row)
            for row in sorted(list_sums(place.day, place.subtree), key=lambda row: row.kind)
            if row.kind in set(PersonKind)
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "closings/correct.html", shown, status=status)


def _closed_to_corrections(place: Place, now: datetime) -> RuleBroken | None:
    """Return why nothing can be corrected now, or None. Nobody fills in a form for nothing."""
    frozen = find_closing(place.day.lecture_id) is not None
    try:
        check_confirming(ends_at=place.day.ends_at, frozen=frozen, now=now)
    except RuleBroken as broken:
        return broken
    return None


@login_required
@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Show the class teacher the evening in words for the class's group, and note that it went."""
    now = clock.now()
    place = access.get_class_of_teacher(request.user, lecture, unit, now)
    refusal: RuleBroken | None = None
    if request.method == "POST":
        try:
            actions.send_summary(day=place.day, unit=place.unit, by=actor(request), now=now)
            messages.success(request, _("Noted. Thank you."))
            return redirect("closings:summary", lecture, unit)
        except RuleBroken as broken:
            refusal = broken
    shown = {
        "place": place,
        "day": place.day,
        "text": summary_of(place.day, place.unit, list_sums(place.day, place.subtree)),
        "over": now >= place.day.ends_at,
        "rests": is_quiet(now),
        "sent_at": summary_sent_at(place.day.lecture_id, place.unit.id),
        **told(refusal),
    }
    return render(request, "closings/summary.html", shown, status=422 if refusal else 200)


@login_required
@require_GET
def file(request: HttpRequest, lecture: int, unit: str) -> HttpResponse:
    """Give the file of the frozen day, whose SHA-256 the page shows, to the campaign's scope."""
    place = access.get_place_for(request.user, lecture, unit, clock.now())
    closing = find_closing(place.day.lecture_id)
    if closing is None or place.unit.id != place.day.scope_id:
        raise Http404
    response = HttpResponse(
        file_of(place.day.lecture_id, closing.head), content_type="text/plain; charset=utf-8"
    )
    name = f"closing-{place.day.held_on}.txt"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _do(request: HttpRequest, place: Place, now: datetime, do: Callable[[], str]) -> HttpResponse:
    to = reverse("closings:day", args=[place.day.lecture_id, place.unit.public_id])
    return act(request, do, to=to, again=lambda refusal: _show(request, place, now, refusal))


def _show(
    request: HttpRequest, place: Place, now: datetime, refusal: RuleBroken | None = None
) -> HttpResponse:
    page: Page = page_of(place, now)
    shown = {
        "place": place,
        "day": place.day,
        "page": page,
        # A button that could only refuse is not offered.
        "phones_until": place.day.closes_at if now < place.day.closes_at else None,
        **told(refusal),
    }
    return render(request, "closings/day.html", shown, status=422 if refusal else 200)
