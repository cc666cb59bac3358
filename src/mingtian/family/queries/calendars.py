"""A campaign's evenings as a calendar file: the same for everybody, nothing personal in it.

Written through icalendar: one event for each lecture, a stable UID, times in Asia/Shanghai with
its rules in the file, an alarm five minutes before. SEQUENCE is the number of changes of the
plan in the audit trail, so a calendar takes over moved times (RFC 5545, 3.8.7.4).
"""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language, gettext
from icalendar import Alarm, Calendar, Event, Timezone, vText

from mingtian.campaigns.queries import CampaignRow, LectureRow, list_lectures
from mingtian.campaigns.queries.homes import plan_changes
from mingtian.core.clock import SHANGHAI
from mingtian.family.rules import REMIND_BEFORE

_FROM, _TO = date(1992, 1, 1), date(2100, 1, 1)
"""The years for which the file says the rules of the zone; no summer time since 1991."""


def calendar_of(campaign: CampaignRow, now: datetime) -> bytes:
    """Return the calendar of a campaign in the reader's language."""
    language = "en" if (get_language() or "").startswith("en") else "zh-CN"
    changes = plan_changes(campaign.public_id)
    calendar = Calendar()
    calendar.add("prodid", "-//Mingtian//lecture evenings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", campaign.title)
    calendar.add("x-wr-timezone", SHANGHAI.key)
    calendar.add_component(Timezone.from_tzinfo(SHANGHAI, first_date=_FROM, last_date=_TO))
    for lecture in list_lectures(campaign.id):
        event = _event(campaign, lecture, language)
        event.add("dtstamp", changes.last_at or campaign.opened_at or now)
        event.add("sequence", changes.times)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(campaign: CampaignRow, lecture: LectureRow, language: str) -> Event:
    event = Event()
    event.add("uid", f"{campaign.public_id}-{lecture.id}@mingtian")
    event.add("dtstart", lecture.starts_at.astimezone(SHANGHAI))
    event.add("dtend", lecture.ends_at.astimezone(SHANGHAI))
    summary = vText(lecture.title)
    summary.params["LANGUAGE"] = language
    event.add("summary", summary)
    event.add("description", _description(campaign))
    event.add("url", f"{settings.PUBLIC_ORIGIN}/hall/{lecture.id}")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(lecture.title))
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    return event


def _description(campaign: CampaignRow) -> str:
    return "\n".join(
        [
            campaign.title,
            gettext("The doors open ten minutes before. Watching together with the family counts."),
        ]
    )
