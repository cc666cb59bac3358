"""Plan the sittings of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from mingtian.campaigns.actions.campaigns import locked_draft, note
from mingtian.campaigns.models import Campaign, Lecture
from mingtian.campaigns.rules import LectureTimes, Refusal, campaign_days, lecture_times
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
    if not lecture.title.strip():
        raise RuleBroken(Refusal.TITLE_MISSING)
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
    if not all(title.strip() for title, _english in titles):
        raise RuleBroken(Refusal.TITLE_MISSING)
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
