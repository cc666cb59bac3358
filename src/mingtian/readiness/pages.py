"""What overviews and files show, put together from rows."""

from datetime import datetime

from django.utils.translation import gettext as _

from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.readiness.access import Place
from mingtian.readiness.queries.audience import list_audience
from mingtian.readiness.queries.checklists import (
    Below,
    SchoolRow,
    counts_by_child,
    counts_of,
    find_checklist,
    list_schools_below,
    not_ready_of,
)
from mingtian.readiness.queries.duty import list_evenings
from mingtian.readiness.queries.pilots import list_families, list_pilots
from mingtian.readiness.queries.words import LEG_WORDS
from mingtian.readiness.queries.work import Under, lever_sums, list_activities, list_duties
from mingtian.readiness.rules import checklist_due_on, state_of
from mingtian.readiness.words import (
    CHANNEL_WORDS,
    LEVER_WORDS,
    STATE_CHIPS,
    STATE_WORDS,
    TASK_WORDS,
)
from mingtian.web.tables import Row


def under_of(place: Place) -> Under:
    """Return what is asked about everything below the place."""
    return Under(campaign_id=place.campaign.id, path=place.subtree, line=place.line, day=place.day)


def schools_of(place: Place, now: datetime) -> list[SchoolRow]:
    """Return the schools below the place."""
    return list_schools_below(
        Below(
            campaign_id=place.campaign.id,
            first_on=place.campaign.first_on,
            path=place.subtree,
            line=place.line,
            day=place.day,
            now=now,
        )
    )


def overview_of(place: Place, now: datetime) -> dict[str, object]:
    """Return the counts below a unit, and to its own office which schools are not ready."""
    if not place.oversees:
        return {"counts": None}
    schools = schools_of(place, now)
    direct = [each for each in schools if each.superior_id == place.unit.id]
    rows = counts_by_child(schools, len(place.path), place.day)
    if rows and direct:
        rows = [counts_of(direct, title=_("Schools directly below")), *rows]
    return {
        "counts": counts_of(schools),
        "rows": rows,
        "not_ready": [
            (each, STATE_CHIPS[each.state], STATE_WORDS[each.state])
            for each in (not_ready_of(schools, place.unit.id) if place.is_direct_superior else [])
        ],
        "due_on": checklist_due_on(place.campaign.first_on),
    }


def overview_table(place: Place, now: datetime) -> list[Row]:
    """Return the overview for a spreadsheet, with the same doors as the page."""
    if place.is_school:
        return _school_table(place)
    page = overview_of(place, now)
    head: list[Row] = [
        [_("Unit"), _("Schools"), _("ready"), _("ready, late"), _("begun"), _("silent"),
         _("Evenings without duty"), _("Requirements issued")]
    ]  # fmt: skip
    if page["counts"] is None:
        return head
    schools = schools_of(place, now)
    total = counts_of(schools, title=place.unit.title)
    body: list[Row] = [
        [each.title, each.schools, each.ready, each.late, each.begun, each.silent, each.gaps,
         each.sheets]
        for each in [*counts_by_child(schools, len(place.path), place.day), total]
    ]  # fmt: skip
    listed: list[Row] = []
    if place.is_direct_superior:
        found = not_ready_of(schools, place.unit.id)
        listed = [
            [],
            [_("Not ready yet")],
            *([one.title, str(STATE_WORDS[one.state])] for one in found),
        ]
    return [*head, *body, *listed]


def _school_table(place: Place) -> list[Row]:
    head: list[Row] = [
        [_("School"), _("Checklist"), _("Meeting held on"), _("In charge"), _("Plan filed on")]
    ]
    if not place.direct:
        return head
    found = find_checklist(place.campaign.id, place.unit.id)
    state = state_of(found.points, place.campaign.first_on)
    row: Row = [
        place.unit.title,
        str(STATE_WORDS[state]),
        _day(found.points.met_on),
        found.in_charge,
        _day(found.points.plan_on),
    ]
    return [*head, row]


def plan_table(place: Place, _now: datetime) -> list[Row]:
    """Return the audience sheet for a spreadsheet."""
    head: list[Row] = [
        [_("Target group"), _("Leg"), _("By way of"), _("Expected size"), _("Frozen denominator"),
         _("Owner"), _("Until")]
    ]  # fmt: skip
    found = list_audience(place.campaign.id, place.unit.id, place.day)
    body: list[Row] = [
            [str(PEOPLE_WORDS[each.kind]), str(LEG_WORDS[each.leg]),
             str(CHANNEL_WORDS[each.channel]), each.expected, each.frozen, each.owner,
             _day(each.due_on)]
            for each in found
    ]  # fmt: skip
    return [*head, *body]


def duty_table(place: Place, now: datetime) -> list[Row]:
    """Return the school's duty roster for a spreadsheet."""
    head: list[Row] = [[_("Evening"), _("Day"), _("Title"), _("In charge"), _("Substitute")]]
    found = list_evenings(place.campaign.id, place.unit.id, now)
    body: list[Row] = [
        [each.number, _day(each.held_on), each.title, each.first, each.substitute] for each in found
    ]
    return [*head, *body]


def volunteers_table(place: Place, _now: datetime) -> list[Row]:
    """Return the duties of the five-old for a spreadsheet."""
    head: list[Row] = [[_("Group"), _("What they do"), _("Block"), _("Volunteers")]]
    found = list_duties(under_of(place))
    body: list[Row] = [
        [each.group, str(TASK_WORDS[each.task]), each.block, each.volunteers] for each in found
    ]
    return [*head, *body]


def log_table(place: Place, _now: datetime) -> list[Row]:
    """Return the log of levers for a spreadsheet, their sums first."""
    under = under_of(place)
    sums: list[Row] = [
        [str(LEVER_WORDS[each.lever]), str(LEG_WORDS[each.leg]), each.activities, each.served]
        for each in lever_sums(under)
    ]
    lines: list[Row] = [
        [str(LEVER_WORDS[each.lever]), each.unit, _day(each.done_on), each.what, each.served]
        for each in list_activities(under)
    ]
    return [
        [_("Lever"), _("Leg"), _("Activities"), _("Person-times served")],
        *sums,
        [],
        [_("Lever"), _("Unit"), _("Day"), _("What"), _("Person-times served")],
        *lines,
    ]


def pilots_table(place: Place, _now: datetime) -> list[Row]:
    """Return the pilot communities for a spreadsheet."""
    head: list[Row] = [
        [_("Community"), _("Why"), _("Coordinator"), _("Consent on"), _("Families"),
         _("Ended on"), _("What was learned")]
    ]  # fmt: skip
    body: list[Row] = [
            [each.title, each.reason, each.coordinator, _day(each.consent_on), each.families,
             _day(each.ended_on), each.finding]
            for each in list_pilots(under_of(place))
    ]  # fmt: skip
    return [*head, *body]


def families_table(place: Place, _now: datetime) -> list[Row]:
    """Return the pilot families of a community for a spreadsheet; no key of a home."""
    head: list[Row] = [[_("Family"), _("Why"), _("Consent on"), _("Linked to its home")]]
    body: list[Row] = [
        [
            each.pseudonym,
            each.reason,
            _day(each.consent_on),
            _("yes") if each.linked else _("no"),
        ]
        for each in list_families(place.campaign.id, place.unit.id)
    ]
    return [*head, *body]


def _day(day: object) -> str:
    return "" if day is None else str(day)
