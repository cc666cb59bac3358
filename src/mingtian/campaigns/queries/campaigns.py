"""Reads of campaigns, lectures, codes and denominators, as frozen rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.campaigns import rules
from mingtian.campaigns.models import SHOWABLE, Broadcast, Campaign, Lecture
from mingtian.campaigns.rules import Audience, CampaignState, Mandate, Refusal
from mingtian.campaigns.statements import fetch
from mingtian.org.queries import shown_name
from mingtian.people.rules import ROSTER_KINDS, PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignRow:
    """A campaign as pages show it. ``id`` never leaves the server."""

    id: int
    public_id: str
    name: str
    name_en: str
    scope_id: int
    scope_name: str
    scope_name_en: str
    state: CampaignState
    mandate: Mandate
    first_on: date
    last_on: date
    kinds: tuple[int, ...]
    needed_slots: int
    opened_at: datetime | None
    replay_until: datetime | None

    @property
    def title(self) -> str:
        return shown_name(self.name, self.name_en)

    @property
    def scope(self) -> str:
        return shown_name(self.scope_name, self.scope_name_en)

    @property
    def issuer(self) -> str:
        """The body of the mandate, or the unit for which the campaign runs."""
        return shown_name(self.mandate.issuer, self.mandate.issuer_en) or self.scope

    @property
    def day_count(self) -> int:
        """How many days it lasts, the first and the last included (CAM-1)."""
        return (self.last_on - self.first_on).days + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class LectureRow:
    """One sitting, with the state of what will be shown (empty when nothing is chosen)."""

    id: int
    campaign_id: int
    number: int
    held_on: date
    title_zh: str
    title_en: str
    doors_at: datetime
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    broadcast: str
    """Public id of what will be shown."""
    broadcast_title: str
    broadcast_state: str
    broadcast_progress: int
    broadcast_failure: str
    outside: bool

    @property
    def title(self) -> str:
        return shown_name(self.title_zh, self.title_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class CountRow:
    """How many persons of a kind, at how many units."""

    kind: int
    persons: int
    units: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitedRow:
    """Units of one kind in a campaign's scope, and how many of them hold an open code."""

    audience: Audience
    units: int
    with_code: int


# --- Campaigns and lectures -------------------------------------------------


def campaign_row(campaign: Campaign) -> CampaignRow:
    """Return the loaded campaign (with its scope) as a row."""
    return CampaignRow(
        id=campaign.pk,
        public_id=campaign.public_id,
        name=campaign.name,
        name_en=campaign.name_en,
        scope_id=campaign.scope_id,
        scope_name=campaign.scope.name,
        scope_name_en=campaign.scope.name_en,
        state=CampaignState(campaign.state),
        mandate=mandate_of(campaign),
        first_on=campaign.first_on,
        last_on=campaign.last_on,
        kinds=tuple(campaign.kinds),
        needed_slots=campaign.needed_slots,
        opened_at=campaign.opened_at,
        replay_until=campaign.replay_until,
    )


def mandate_of(campaign: Campaign) -> Mandate:
    """Return the mandate kept with the campaign, complete or not."""
    return Mandate(
        issuer=campaign.mandate_issuer,
        issuer_en=campaign.mandate_issuer_en,
        symbol=campaign.mandate_symbol,
        number=campaign.mandate_number,
        year=campaign.mandate_year,
        issued_on=campaign.mandate_on,
    )


def find_campaign(public_id: str) -> CampaignRow | None:
    """Return the campaign, or None when there is none of that id."""
    found = Campaign.objects.select_related("scope").filter(public_id=public_id).first()
    return None if found is None else campaign_row(found)


def list_lectures(campaign_id: int) -> list[LectureRow]:
    """Return the sittings of a campaign in order."""
    lectures = Lecture.objects.filter(campaign_id=campaign_id).select_related("broadcast")
    return [_lecture_row(each) for each in lectures.order_by("starts_at", "pk")]


def current_lecture(campaign_id: int, instant: datetime) -> LectureRow | None:
    """Return the sitting whose doors are open and that has not ended, or None."""
    running = (
        each for each in list_lectures(campaign_id) if each.doors_at <= instant < each.ends_at
    )
    return next(running, None)


def next_lecture(campaign_id: int, instant: datetime) -> LectureRow | None:
    """Return the first sitting whose doors have not opened yet, or None after the last."""
    return next((each for each in list_lectures(campaign_id) if each.doors_at > instant), None)


def _lecture_row(lecture: Lecture) -> LectureRow:
    shown = lecture.broadcast
    return LectureRow(
        id=lecture.pk,
        campaign_id=lecture.campaign_id,
        number=lecture.number,
        held_on=lecture.held_on,
        title_zh=lecture.title,
        title_en=lecture.title_en,
        doors_at=lecture.doors_at,
        starts_at=lecture.starts_at,
        ends_at=lecture.ends_at,
        closes_at=lecture.closes_at,
        broadcast=shown.public_id if shown else "",
        broadcast_title=shown_name(shown.title, shown.title_en) if shown else "",
        broadcast_state=shown.state if shown else "",
        broadcast_progress=shown.progress if shown else 0,
        broadcast_failure=shown.failure if shown else "",
        outside=bool(shown and shown.outside_url),
    )


def list_broadcasts() -> list[tuple[str, str]]:
    """Return public id and title of everything that lectures may show, the latest first."""
    showable = Broadcast.objects.filter(state__in=SHOWABLE).order_by("-pk")
    rows = showable.values_list("public_id", "title", "title_en")
    return [(public_id, shown_name(title, title_en)) for public_id, title, title_en in rows]


# --- Audience ---------------------------------------------------------------


def expected_kinds(kinds: Collection[int]) -> list[int]:
    """Return those of the kinds that stand on rosters and can be expected."""
    return sorted(set(kinds) & ROSTER_KINDS)


def rostered(scope_id: int, kinds: Collection[int], day: date) -> list[CountRow]:
    """Count who would be expected, by kind, if a campaign of the scope opened on the day."""
    values = {"scope": scope_id, "day": day, "kinds": expected_kinds(kinds)}
    return [_count(row) for row in fetch("rostered", values)]


def denominators(campaign_id: int, unit_id: int, day: date) -> list[CountRow]:
    """Return the frozen denominators by kind below a unit, as the tree stood on the day."""
    values = {"campaign": campaign_id, "unit": unit_id, "day": day}
    return [_count(row) for row in fetch("frozen", values)]


def invited_units(campaign: CampaignRow, day: date) -> list[InvitedRow]:
    """Count the units that get a code, and those that hold an open one, by audience."""
    values = {
        "campaign": campaign.id,
        "scope": campaign.scope_id,
        "day": day,
        "unit_kinds": rules.units_invited(campaign.kinds),
    }
    return [
        InvitedRow(audience=rules.AUDIENCE_OF_UNIT[kind], units=units, with_code=with_code)
        for kind, units, with_code in fetch("invited", values)
    ]


def opening_refusals(campaign: Campaign, day: date) -> list[Refusal]:
    """Say everything that keeps the campaign from opening on the day, or nothing (empty list)."""
    row = campaign_row(campaign)
    days = rules.Days(
        first_on=row.first_on, last_on=row.last_on, replay_until=campaign.replay_until
    )
    planned = [
        rules.LectureTimes(
            held_on=each.held_on,
            doors_at=each.doors_at,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            closes_at=each.closes_at,
        )
        for each in list_lectures(row.id)
    ]
    communities = sum(
        each.units for each in invited_units(row, day) if each.audience is Audience.COMMUNITY
    )
    open_to_residents = PersonKind.RESIDENT in row.kinds
    return [
        *rules.mandate_refusals(row.mandate, today=day),
        *rules.lecture_refusals(days, planned),
        *rules.audience_refusals(
            persons=sum(each.persons for each in rostered(row.scope_id, row.kinds, day)),
            communities=communities if open_to_residents else 0,
        ),
    ]


def _count(row: tuple[int, int, int]) -> CountRow:
    kind, persons, units = row
    return CountRow(kind=kind, persons=persons, units=units)
