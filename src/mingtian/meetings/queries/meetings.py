"""Reads of meetings: lists by unit and kind, what is about a document, what a search finds."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from mingtian.meetings.models import FollowUp, Meeting, Resolution
from mingtian.meetings.rules import OF_LEADERS, Attending, Kind, State
from mingtian.meetings.words import ATTENDING_WORDS, KIND_WORDS
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRow:
    """A meeting in a list. ``id`` and ``unit_id`` never leave the server."""

    id: int
    public_id: str
    unit_id: int
    unit: str
    kind: Kind
    title: str
    held_at: datetime
    place: str
    chair: str
    people: int
    attended: dict[Attending, int]
    has_minutes: bool
    called_off: bool
    resolutions: int
    open_follow_ups: int
    late_follow_ups: int

    @property
    def kind_word(self) -> str:
        return str(KIND_WORDS[self.kind])

    @property
    def attended_words(self) -> list[tuple[str, int]]:
        return [(str(ATTENDING_WORDS[role]), number) for role, number in self.attended.items()]


def list_meetings(
    unit_ids: Collection[int],
    *,
    day: date,
    kinds: Collection[Kind] = frozenset(Kind),
    campaign_id: int | None = None,
    held: bool = True,
) -> list[MeetingRow]:
    """Return the meetings of these very units, the latest first; only held ones unless asked.

    ``day`` is the one on which a follow-up counts as late.
    """
    found = Meeting.objects.filter(
        unit_id__in=unit_ids, kind__in=[kind.value for kind in kinds], called_off_at=None
    )
    if held:
        found = found.filter(people__gt=0)
    if campaign_id is not None:
        found = found.filter(campaign_id=campaign_id)
    return rows_of(found.order_by("-held_at", "-pk"), day)


def first_about(unit_id: int, document_id: int) -> Meeting | None:
    """Return the first meeting that the unit held about a document."""
    return _first(Meeting.objects.filter(unit_id=unit_id, document_id=document_id))


def first_of_leaders(unit_id: int, campaign_id: int) -> Meeting | None:
    """Return the first leaders' or emergency meeting that the unit held about a campaign.

    One that names no campaign is about that of its document.
    """
    of_campaign = Q(campaign_id=campaign_id) | Q(campaign=None, document__campaign_id=campaign_id)
    kinds = [kind.value for kind in OF_LEADERS]
    return _first(Meeting.objects.filter(of_campaign, unit_id=unit_id, kind__in=kinds))


def _first(found: QuerySet[Meeting]) -> Meeting | None:
    return found.filter(called_off_at=None, people__gt=0).order_by("held_at", "pk").first()


def meetings_about(document_ids: Collection[int], *, day: date) -> dict[int, list[MeetingRow]]:
    """Return by document the meetings held about it, the earliest first, at whatever unit.

    The caller shows those of units that its reader may see.
    """
    found = Meeting.objects.filter(
        document_id__in=document_ids, called_off_at=None, people__gt=0
    ).order_by("held_at", "pk")
    of = dict(found.values_list("pk", "document_id"))
    grouped: dict[int, list[MeetingRow]] = defaultdict(list)
    for row in rows_of(found, day):
        document_id = of.get(row.id)
        if document_id is not None:
            grouped[document_id].append(row)
    return dict(grouped)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What a list of meetings is narrowed to. ``unit_id`` stands with everything below it."""

    unit_id: int
    below: bool = False
    kind: Kind | None = None
    state: str = ""
    words: str = ""


def search(
    visible: QuerySet[Meeting], wanted: Wanted, *, now: datetime, day: date
) -> QuerySet[Meeting]:
    """Narrow what a reader may see to what is wanted, the latest first."""
    found = visible
    if wanted.below:
        within = RawSQL(_WITHIN, (wanted.unit_id, day, day))  # noqa: S611 - values are parameters
        found = found.filter(unit_id__in=within)
    else:
        found = found.filter(unit_id=wanted.unit_id)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind.value)
    found = _in_state(found, wanted.state, now, day)
    for word in wanted.words.replace("\0", "").split():
        found = found.filter(_says(word))
    return found.order_by("-held_at", "-pk")


def rows_of(meetings: QuerySet[Meeting], day: date) -> list[MeetingRow]:
    """Return rows of the meetings in their order, with follow-ups counted. Two statements."""
    # The page is cut before anything is counted: counting all to show fifty costs half a second.
    keys = list(meetings.values_list("pk", flat=True))
    is_open = Q(resolutions__follow_ups__state=State.OPEN.value)
    counted = (
        Meeting.objects.filter(pk__in=keys)
        .select_related("unit")
        .defer("agenda", "minutes")
        .annotate(
            resolved=Count("resolutions", distinct=True),
            waiting=Count("resolutions__follow_ups", filter=is_open, distinct=True),
            late=Count(
                "resolutions__follow_ups",
                filter=is_open & Q(resolutions__follow_ups__due_on__lt=day),
                distinct=True,
            ),
        )
    )
    rows = {each.pk: each for each in counted}
    return [
        MeetingRow(
            id=each.pk,
            public_id=each.public_id,
            unit_id=each.unit_id,
            unit=shown_name(each.unit.name, each.unit.name_en),
            kind=Kind(each.kind),
            title=each.title,
            held_at=each.held_at,
            place=each.place,
            chair=each.chair,
            people=each.people,
            attended=attended_of(each.attended),
            has_minutes=each.minutes_at is not None,
            called_off=each.called_off_at is not None,
            resolutions=each.resolved,
            open_follow_ups=each.waiting,
            late_follow_ups=each.late,
        )
        for each in (rows[key] for key in keys if key in rows)
    ]


def attended_of(kept: dict[str, int]) -> dict[Attending, int]:
    """Return who came in the order in which roles are asked for."""
    return {role: kept[role.value] for role in Attending if kept.get(role.value)}


def _in_state(found: QuerySet[Meeting], state: str, now: datetime, day: date) -> QuerySet[Meeting]:
    waiting = FollowUp.objects.filter(resolution__meeting=OuterRef("pk"), state=State.OPEN.value)
    asked: dict[str, Q | Exists] = {
        "open": Exists(waiting),
        "late": Exists(waiting.filter(due_on__lt=day)),
        "minutes": Q(minutes_at=None, called_off_at=None, held_at__lte=now),
        "ahead": Q(called_off_at=None, held_at__gt=now),
    }
    return found.filter(asked[state]) if state in asked else found


def _says(word: str) -> Q:
    fields = ("title", "place", "chair", "partners", "agenda", "minutes", "document_words")
    resolved = Resolution.objects.filter(meeting=OuterRef("pk"), text__icontains=word)
    said = Q(Exists(resolved))
    for field in fields:
        said |= Q(**{f"{field}__icontains": word})
    return said


_WITHIN = """
    SELECT below.unit_id
    FROM org_placement own
    JOIN org_placement below ON below.line = own.line AND below.path <@ own.path
    WHERE own.unit_id = %s AND org_holds(own.starts_on, own.ends_on, %s)
      AND org_holds(below.starts_on, below.ends_on, %s)
"""
