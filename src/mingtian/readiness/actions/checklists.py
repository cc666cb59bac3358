"""Fill a school's checklist (PUB-2) and issue its requirements (SUP-4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from mingtian.campaigns.queries import CampaignRow
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow, path_on
from mingtian.org.rules import UnitKind
from mingtian.readiness.actions.actor import note
from mingtian.readiness.models import Checklist, Sheet
from mingtian.readiness.queries.checklists import points_of
from mingtian.readiness.queries.duty import list_staff
from mingtian.readiness.rules import LONGEST_SHEET, Item, check_chosen, check_day, check_words
from mingtian.readiness.rules.norms import check_sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """A school in a campaign; ``path`` are the keys of the leading line down to it."""

    campaign: CampaignRow
    unit: UnitRow
    path: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A leaders' meeting as it was recorded; ``meeting`` is its public id there."""

    meeting: str
    on: date


def fill_item(
    *, school: School, item: str, day: date | None = None, who: str = "", by: Actor, now: datetime
) -> Checklist:
    """Note one point of the checklist as done; repeated, it sets the point anew.

    The meeting and the plan take ``day`` (today unless said), the person ``who`` (the account's
    name, the one who acts unless said). Raises RuleBroken for a day ahead, an account that is
    not of the school, a unit that is no school of the campaign, and a day for a meeting that is
    recorded: it is changed there.
    """
    _check_school(school)
    chosen = Item(check_chosen(item, Item))
    today = day_of(now)
    check_day(day or today, today)
    with transaction.atomic():
        row = _locked(school, by, now)
        columns = ["changed_by", "changed_at", "completed_on"]
        if chosen is Item.MEETING:
            if row.met_in:
                raise RuleBroken("meeting_recorded")
            row.met_on, column = day or today, "met_on"
        elif chosen is Item.PLAN:
            row.plan_on, column = day or today, "plan_on"
        else:
            row.in_charge_id, column = _account(school, who or by.username, today), "in_charge"
        row.changed_by_id, row.changed_at = by.user_id, now
        _complete(row, today)
        row.save(update_fields=[column, *columns])
        note(
            "item_filled", f"unit:{school.unit.public_id}", by, now,
            campaign=school.campaign.public_id, item=chosen.value,
        )  # fmt: skip
    return row


def take_meeting(
    *, campaign_id: int, unit: UnitRow, find: Callable[[], Held | None], by: Actor, now: datetime
) -> None:
    """Tick the first point from the recorded meeting that ``find`` returns, or take the tick back.

    A day that was typed here stands where it is an earlier one. Does nothing for a unit that is no
    school of the campaign. ``find`` is called with the checklist locked.
    """
    today = day_of(now)
    campaign = campaigns_by_id([campaign_id]).get(campaign_id)
    if campaign is None or unit.kind is not UnitKind.SCHOOL:
        return
    school = School(campaign=campaign, unit=unit, path=tuple(path_on(unit.id, today)))
    if campaign.scope_id not in school.path:
        return
    own = Checklist.objects.filter(campaign_id=campaign.id, unit_id=unit.id)
    if find() is None and not own.exists():
        return
    with transaction.atomic():
        row = _locked(school, by, now)
        held = find()
        typed = row.met_on if not row.met_in else None
        if held is None and not row.met_in:
            return
        if held is not None and typed is not None and typed < held.on:
            return
        row.met_on, row.met_in = (held.on, held.meeting) if held else (None, "")
        row.changed_by_id, row.changed_at = by.user_id, now
        _complete(row, today)
        row.save(update_fields=["met_on", "met_in", "changed_by", "changed_at", "completed_on"])
        note(
            "item_filled" if held else "item_emptied", f"unit:{unit.public_id}", by, now,
            campaign=campaign.public_id, item=Item.MEETING.value,
        )  # fmt: skip


def issue_sheet(*, school: School, text: str, by: Actor, now: datetime) -> Sheet:
    """Issue the school's requirements as a new version; the same words again change nothing.

    Raises RuleBroken for what a school may not ask of families (rules.norms).
    """
    _check_school(school)
    tidy = check_words(text.replace("\r\n", "\n"), most=LONGEST_SHEET)
    check_sheet(tidy)
    with transaction.atomic():
        _locked(school, by, now)
        versions = Sheet.objects.filter(campaign_id=school.campaign.id, unit_id=school.unit.id)
        newest = versions.order_by("-version").first()
        if newest is not None and newest.text == tidy:
            return newest
        highest = versions.aggregate(top=Max("version"))["top"] or 0
        sheet = Sheet.objects.create(
            campaign_id=school.campaign.id,
            unit_id=school.unit.id,
            version=highest + 1,
            text=tidy,
            issued_by_id=by.user_id,
            issued_at=now,
        )
        note(
            "sheet_issued", f"unit:{school.unit.public_id}", by, now,
            campaign=school.campaign.public_id, version=sheet.version,
        )  # fmt: skip
    return sheet


def _complete(row: Checklist, today: date) -> None:
    """Keep the day on which the last point came; without all three there is none."""
    if points_of(row).done < len(Item):
        row.completed_on = None
    else:
        row.completed_on = row.completed_on or today


def _check_school(school: School) -> None:
    if school.unit.kind is not UnitKind.SCHOOL or school.campaign.scope_id not in school.path:
        raise RuleBroken("not_of_this_campaign")


def _locked(school: School, by: Actor, now: datetime) -> Checklist:
    """Return the school's checklist, made if need be, and hold it: two people may fill it."""
    row, _new = Checklist.objects.get_or_create(
        campaign_id=school.campaign.id,
        unit_id=school.unit.id,
        defaults={"changed_by_id": by.user_id, "changed_at": now},
    )
    return Checklist.objects.select_for_update(no_key=True).get(pk=row.pk)


def _account(school: School, who: str, today: date) -> int:
    for each in list_staff(school.path, today):
        if each.username == who:
            return each.id
    raise RuleBroken("not_of_this_campaign")
