"""Look at meetings: a unit's list, one meeting, its minutes on paper (DOC-2, DOC-5)."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.access import readable
from mingtian.meetings import access
from mingtian.meetings.access import Place
from mingtian.meetings.minutes import paper_of
from mingtian.meetings.models import Meeting
from mingtian.meetings.queries.follow_ups import list_follow_ups, of_meeting
from mingtian.meetings.queries.meetings import MeetingRow, Wanted, attended_of, rows_of, search
from mingtian.meetings.rules import HOUSES, KINDS_AT, READERS, Attending, Kind
from mingtian.meetings.views.shared import TABLE, show
from mingtian.meetings.words import ATTENDING_WORDS, KIND_WORDS
from mingtian.org.queries import UnitRow, person_name
from mingtian.papers.pdf import draw_pdf
from mingtian.papers.word import draw_docx
from mingtian.web import tables
from mingtian.web.paging import cut

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAWN = {"pdf": (draw_pdf, "application/pdf"), "docx": (draw_docx, WORD)}


@login_required
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Send the reader to the meetings of the own unit."""
    unit = access.own_unit_of(request.user, clock.now())
    if unit is not None:
        return redirect("meetings:list", unit.public_id)
    return render(request, "meetings/none.html")


@login_required
@require_GET
def listed(request: HttpRequest, unit: str) -> HttpResponse:
    """Show the meetings of a unit, or of everything below it, as they are asked for."""
    now = clock.now()
    place = access.get_place_for(request.user, unit, now)
    wanted = _wanted(request, place)
    found = search(access.meetings_visible_to(request.user, now), wanted, now=now, day=day_of(now))
    rows, page = cut(found, request)
    shown = {
        "place": place,
        "wanted": wanted,
        "rows": rows_of(rows, day_of(now)),
        "page": page,
        "now": now,
        "kinds": [(kind, KIND_WORDS[kind]) for kind in Kind],
        "states": _states(),
        "offered": _offered(place),
        "scopes": _scopes(place),
        "asked": _asked(wanted),
        "has_below": _has_below(place.unit),
        "may_see_talks": place.unit.kind in HOUSES
        and access.reads_talks_of(request.user, place.unit.id, now),
    }
    return show(request, "meetings/list.html", shown)


@login_required
@require_GET
def export(request: HttpRequest, unit: str, form: str) -> HttpResponse:
    """Give the list as it is asked for as CSV or XLSX."""
    now = clock.now()
    place = access.get_place_for(request.user, unit, now)
    visible = access.meetings_visible_to(request.user, now)
    found = search(visible, _wanted(request, place), now=now, day=day_of(now))
    rows = rows_of(found[: TABLE + 1], day_of(now))
    return tables.download(
        _table(rows), name=f"meetings-{place.unit.public_id}-{day_of(now)}", form=form, most=TABLE
    )


@login_required
@require_GET
def meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Show a meeting: who came, what was said, what it resolved and how far that is."""
    now = clock.now()
    found, place = access.get_meeting_for(request.user, meeting, now)
    return show_meeting(request, found, place, now)


@login_required
@require_GET
def minutes(request: HttpRequest, meeting: str, form: str) -> HttpResponse:
    """Give the minutes as PDF or as a Word file."""
    now = clock.now()
    found, place = access.get_meeting_for(request.user, meeting, now)
    if form not in DRAWN:
        raise Http404
    draw, content_type = DRAWN[form]
    response = HttpResponse(
        draw(paper_of(found, place.unit, day_of(now))), content_type=content_type
    )
    name = f"minutes-{day_of(found.held_at)}-{found.public_id}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def show_meeting(
    request: HttpRequest,
    found: Meeting,
    place: Place,
    now: datetime,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    """Show the page of a meeting, with what was refused on it if anything was."""
    follow_ups = list_follow_ups(of_meeting(found.pk), day=day_of(now))
    resolutions = [
        (each, [row for row in follow_ups if row.resolution_id == each.pk])
        for each in found.resolutions.order_by("number")
    ]
    came = attended_of(found.attended)
    own = access.follow_ups_visible_to(request.user, now).filter(resolution__meeting=found)
    shown = {
        "meeting": found,
        "place": place,
        "kind": KIND_WORDS[Kind(found.kind)],
        "ahead": found.held_at > now,
        "attended": [(ATTENDING_WORDS[role], number) for role, number in came.items()],
        "staff": [person_name(each) for each in found.staff.order_by("username")],
        "resolutions": resolutions,
        "own": set(own.values_list("public_id", flat=True)),
        "document": found.document,
        "may_read_document": found.document_id is not None
        and _reads(request, found.document_id, now),
        "may_resolve": place.may_keep and place.unit.kind in HOUSES,
    }
    return show(request, "meetings/meeting.html", shown, refusal)


def _reads(request: HttpRequest, document_id: int, now: datetime) -> bool:
    units = access.units_of(request.user, READERS, now)
    return readable(units).filter(pk=document_id).exists()


def _wanted(request: HttpRequest, place: Place) -> Wanted:
    kind = request.GET.get("kind", "")
    return Wanted(
        unit_id=place.unit.id,
        below=request.GET.get("scope", "") == "below" and _has_below(place.unit),
        kind=Kind(kind) if kind in {each.value for each in Kind} else None,
        state=request.GET.get("state", ""),
        words=request.GET.get("q", "").replace("\0", "").strip()[:60],
    )


def _has_below(unit: UnitRow) -> bool:
    return unit.kind in HOUSES


def _asked(wanted: Wanted) -> str:
    """Return what is asked for as a query string, for the next page and for files."""
    parts = {
        "scope": "below" if wanted.below else "",
        "kind": wanted.kind.value if wanted.kind else "",
        "state": wanted.state if wanted.state in dict(_states()) else "",
        "q": wanted.words,
    }
    return urlencode({name: value for name, value in parts.items() if value})


def _scopes(place: Place) -> list[tuple[str, str, str]]:
    address = reverse("meetings:list", args=[place.unit.public_id])
    return [
        ("own", _("This unit"), address),
        ("below", _("With all below"), f"{address}?scope=below"),
    ]


def _states() -> list[tuple[str, str]]:
    return [
        ("open", _("with open follow-ups")),
        ("late", _("with late follow-ups")),
        ("minutes", _("without minutes")),
        ("ahead", _("still ahead")),
    ]


def _offered(place: Place) -> list[tuple[Kind, object]]:
    """Return the kinds that may be entered here, the one that is held most often first."""
    if not place.may_keep:
        return []
    first = [Kind.LEADERS, Kind.PARENTS]
    kinds = sorted(
        KINDS_AT[place.unit.kind], key=lambda kind: (kind not in first, [*Kind].index(kind))
    )
    return [(kind, KIND_WORDS[kind]) for kind in kinds]


def _table(rows: list[MeetingRow]) -> list[tables.Row]:
    head = [
        _("Unit"), _("Kind"), _("What it is about"), _("Begins at"), _("Place"), _("In the chair"),
        _("People"), *(str(ATTENDING_WORDS[role]) for role in Attending), _("Minutes of the meeting"),
        _("Resolutions"), _("Open follow-ups"), _("Late follow-ups"), _("Called off"),
    ]  # fmt: skip
    yes = _("yes")
    return [
        head,
        *(
            [
                row.unit, row.kind_word, row.title,
                row.held_at, row.place, row.chair,
                row.people, *(row.attended.get(role) for role in Attending),
                yes if row.has_minutes else None, row.resolutions, row.open_follow_ups,
                row.late_follow_ups, yes if row.called_off else None,
            ]
            for row in rows
        ),
    ]  # fmt: skip
