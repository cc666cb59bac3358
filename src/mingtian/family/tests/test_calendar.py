"""The calendar file: stable, in the zone of the lectures, with its alarm, and about nobody."""

from datetime import timedelta
from typing import Any, cast

import pytest
from icalendar import Calendar

from mingtian.campaigns.models import Campaign
from mingtian.core import audit
from mingtian.family.tests.conftest import Family, Phone, add_lecture
from mingtian.testing.evening import Evening
from mingtian.testing.make import ACTOR, NOW, invented_name


def events(phone: Phone, path: str) -> list[Any]:
    reply = phone.get(path)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return cast(list[Any], Calendar.from_ical(reply.content).walk("VEVENT"))


def test_anybody_may_have_the_evenings_of_a_campaign(phone: Phone, evening: Evening) -> None:
    add_lecture(evening, 2)

    first, second = events(phone, f"/calendar/{evening.campaign.public_id}.ics")

    assert first["summary"] == "Minors"
    assert str(first["dtstart"].dt) == "2023-09-18 20:00:00+08:00"
    assert first["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert (second["dtstart"].dt - first["dtstart"].dt).days == 1
    (alarm,) = first.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-5)


def test_the_file_is_the_same_twice_and_names_its_zone(phone: Phone, evening: Evening) -> None:
    path = f"/calendar/{evening.campaign.public_id}.ics"

    first = phone.get(path).content
    phone.now = NOW + timedelta(days=1)

    assert phone.get(path).content == first
    assert b"BEGIN:VTIMEZONE" in first
    assert b"DTSTAMP:20230918T110000Z" in first


def test_moved_times_keep_the_event_and_raise_its_sequence(phone: Phone, evening: Evening) -> None:
    path = f"/calendar/{evening.campaign.public_id}.ics"
    (before,) = events(phone, path)

    lecture = evening.lecture
    lecture.starts_at += timedelta(minutes=30)
    lecture.save(update_fields=["starts_at"])
    audit.record(
        actor=ACTOR, action="campaigns.lecture_moved",
        subject=f"campaign:{evening.campaign.public_id}", now=NOW + timedelta(hours=1),
    )  # fmt: skip
    (after,) = events(phone, path)

    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstamp"].dt > before["dtstamp"].dt


def test_the_file_speaks_the_language_of_the_reader(phone: Phone, evening: Evening) -> None:
    phone.client.cookies["lang"] = "zh-hans"

    (event,) = events(phone, f"/calendar/{evening.campaign.public_id}.ics")

    assert event["summary"] == "未成年人保护法"
    assert event["summary"].params["LANGUAGE"] == "zh-CN"


def test_a_draft_and_an_unknown_campaign_are_not_there(phone: Phone, evening: Evening) -> None:
    Campaign.objects.update(state="draft")

    assert phone.get(f"/calendar/{evening.campaign.public_id}.ics").status_code == 404
    assert phone.get("/calendar/000000000000.ics").status_code == 404


def test_the_familys_page_leads_to_a_file_that_any_browser_may_fetch(
    opened: Phone, family: Family
) -> None:
    """WeChat keeps no files: it hands the address to a browser that has entered nowhere."""
    opened.now = NOW
    opened.show(family.token)
    path = f"/calendar/{family.evening.campaign.public_id}.ics"
    assert f'href="{path}"' in opened.text("/my")
    opened.client.cookies.clear()

    text = opened.get(path).content.decode()

    assert text.count("BEGIN:VEVENT") == 1
    for personal in (invented_name(0), family.household.public_id, "Pupil", "Class"):
        assert personal not in text


@pytest.mark.parametrize("method", ["post", "put"])
def test_a_calendar_is_only_read(phone: Phone, evening: Evening, method: str) -> None:
    reply = getattr(phone.client, method)(f"/calendar/{evening.campaign.public_id}.ics")

    assert reply.status_code == 405
