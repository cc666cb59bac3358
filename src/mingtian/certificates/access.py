"""Who may set the rules, see the rates, and print for a class."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from mingtian.campaigns.access import (
    Reader,
    campaigns_visible_to,
    can_change_campaigns_of,
    get_campaign_for,
)
from mingtian.campaigns.queries import CampaignRow, campaign_row
from mingtian.org.access import get_unit_for, posts_of
from mingtian.org.queries import UnitRow, path_on, unit_rows
from mingtian.org.rules import Line, UnitKind
from mingtian.people.access import can_read_names

COMPARED = frozenset(UnitKind) - {UnitKind.GRADE, UnitKind.CLASS, UnitKind.STAFF_GROUP}
"""Units are compared, never classes and never persons."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standpoint:
    """A unit from which rates are looked at, with its path along one line on one day."""

    unit: UnitRow
    path: tuple[int, ...]
    line: Line


def get_campaign_row_for(user: Reader, public_id: str, day: date) -> CampaignRow:
    """Return the campaign, or 404 when it is not the reader's to see."""
    return campaign_row(get_campaign_for(user, public_id, day))


def can_set_rules(user: Reader, campaign: CampaignRow, day: date) -> bool:
    """Say whether the reader keeps the office of the campaign's scope, or of one above it."""
    return can_change_campaigns_of(user, campaign.scope_id, day)


def campaigns_with_certificates(user: Reader, day: date) -> list[CampaignRow]:
    """Return the campaigns the reader sees that have been opened, the latest first."""
    opened = campaigns_visible_to(user, day).exclude(state="draft")
    return [campaign_row(each) for each in opened]


def get_standpoint_for(user: Reader, public_id: str, day: date, *, tree_on: date) -> Standpoint:
    """Return the unit for a look at its rates, or 404 when it is out of reach or never compared.

    A sector committee is looked at along the guiding line, because there stand its schools.
    """
    unit = get_unit_for(user, public_id, day, tree_on=tree_on)
    rows = unit_rows([unit.pk], tree_on)
    if unit.pk not in rows or rows[unit.pk].kind not in COMPARED:
        raise Http404
    row = rows[unit.pk]
    line = Line.GUIDES if row.kind is UnitKind.SECTOR else Line.LEADS
    path = path_on(unit.pk, tree_on, line) or path_on(unit.pk, tree_on, Line.LEADS)
    if not path:
        raise Http404
    return Standpoint(unit=row, path=tuple(path), line=line)


def own_units(user: Reader, day: date) -> list[UnitRow]:
    """Return the units of the reader's posts that rates are shown for."""
    rows = unit_rows([post.unit_id for post in posts_of(user, day)], day)
    return [row for row in rows.values() if row.kind in COMPARED]


def own_classes(user: Reader, day: date) -> list[UnitRow]:
    """Return the classes for which the reader may print: those of which it is the teacher."""
    rows = unit_rows([post.unit_id for post in posts_of(user, day)], day)
    return [row for row in rows.values() if can_read_names(user, row.id, day)]


def get_class_for(user: Reader, public_id: str, day: date) -> UnitRow:
    """Return the class for its class teacher, 404 for everybody else."""
    for row in own_classes(user, day):
        if row.public_id == public_id:
            return row
    raise Http404
