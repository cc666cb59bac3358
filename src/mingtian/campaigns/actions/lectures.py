"""Plan the sittings of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from mingtian.campaigns.actions.campaigns import locked, locked_draft, note
from mingtian.campaigns.models import SHOWABLE, Broadcast, Campaign, Lecture
from mingtian.campaigns.rules import (
    LONGEST_TITLE,
    CampaignState,
    LectureTimes,
    Refusal,
    campaign_days,
    lecture_times,
)
from mingtian.campaigns.statements import execute
from mingtian.core.errors import RuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class LectureSpec:
    """A sitting as people say it: the day, when it starts in local time, how long it lasts."""

    day: date
    start: time
    length: timedelta
    title: str
    title_en: str = ""


def add_lecture(*, campaign_id: int, lecture: LectureSpec, actor: str, now: datetime) -> Lecture:
    """Add a sitting; all are numbered anew in the order in which they begin.

    A day outside the campaign and an overlap are refused when the campaign opens, because a
    draft may be out of order while it is being planned.
    """
    times = lecture_times(lecture.day, lecture.start, lecture.length)
    _check_titles([(lecture.title, lecture.title_en)])
    with transaction.atomic():
        campaign = locked_draft(campaign_id)
        number = campaign.lectures.count() + 1
        made = _make(campaign, number, times, (lecture.title, lecture.title_en))
        made.save(force_insert=True)
        execute("renumber", {"campaign": campaign.pk})
        note(campaign, "campaigns.lecture_added", actor=actor, now=now)
    made.refresh_from_db(fields=["number"])
    return made


def plan_lectures(
    *,
    campaign_id: int,
    start: time,
    length: timedelta,
    titles: Sequence[tuple[str, str]],
    actor: str,
    now: datetime,
) -> list[Lecture]:
    """Plan one sitting on every day of the campaign (CAM-1), with a title for each.

    ``titles`` are pairs of Chinese and English; the English one may be empty.
    """
    _check_titles(titles)
    with transaction.atomic():
        campaign = locked_draft(campaign_id)
        if campaign.lectures.exists():
            raise RuleBroken(Refusal.LECTURES_PLANNED)
        days = campaign_days(campaign.first_on, campaign.last_on)
        if len(titles) != len(days):
            raise RuleBroken(Refusal.TITLES_DIFFER, titles=len(titles), days=len(days))
        lectures = Lecture.objects.bulk_create(
            _make(campaign, number, lecture_times(day, start, length), pair)
            for number, (day, pair) in enumerate(zip(days, titles, strict=True), start=1)
        )
        note(campaign, "campaigns.lectures_planned", actor=actor, now=now, lectures=len(lectures))
    return lectures


def remove_lecture(*, campaign_id: int, number: int, actor: str, now: datetime) -> None:
    """Take a sitting out of a draft; the later ones move up."""
    with transaction.atomic():
        campaign = locked_draft(campaign_id)
        removed, _by_model = campaign.lectures.filter(number=number).delete()
        if not removed:
            raise RuleBroken(Refusal.LECTURE_UNKNOWN)
        execute("renumber", {"campaign": campaign.pk})
        note(campaign, "campaigns.lecture_removed", actor=actor, now=now, number=number)


def choose_broadcast(
    *, campaign_id: int, number: int, broadcast: str, actor: str, now: datetime
) -> Lecture:
    """Let a lecture show a recording or outside stream; empty takes the choice back.

    ``broadcast`` is a public id of something that is ready or being prepared. Possible in a
    draft and while the campaign is open, because a recording may arrive on the day itself.
    """
    with transaction.atomic():
        campaign = locked(campaign_id)
        if campaign.state == CampaignState.CLOSED:
            raise RuleBroken(Refusal.ALREADY_CLOSED)
        lecture = campaign.lectures.filter(number=number).first()
        if lecture is None:
            raise RuleBroken(Refusal.LECTURE_UNKNOWN)
        chosen = Broadcast.objects.filter(public_id=broadcast, state__in=SHOWABLE).first()
        if broadcast and chosen is None:
            raise RuleBroken(Refusal.BROADCAST_UNKNOWN)
        lecture.broadcast = chosen
        lecture.save(update_fields=["broadcast"])
        note(campaign, "campaigns.broadcast_chosen", actor=actor, now=now, number=number)
    return lecture


def _check_titles(titles: Sequence[tuple[str, str]]) -> None:
    if not all(title.strip() for title, _english in titles):
        raise RuleBroken(Refusal.TITLE_MISSING)
    if any(len(each.strip()) > LONGEST_TITLE for pair in titles for each in pair):
        raise RuleBroken(Refusal.TITLE_TOO_LONG, most=LONGEST_TITLE)


def _make(campaign: Campaign, number: int, times: LectureTimes, titles: tuple[str, str]) -> Lecture:
    title, title_en = titles
    return Lecture(
        campaign=campaign,
        number=number,
        held_on=times.held_on,
        title=title.strip(),
        title_en=title_en.strip(),
        doors_at=times.doors_at,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        closes_at=times.closes_at,
    )
