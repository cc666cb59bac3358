"""Leaders' meetings tick the first point of a school's checklist, and take it back (PUB-2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mingtian.campaigns.queries import campaign_row
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.documents.models import Document
from mingtian.meetings.actions import change, record
from mingtian.meetings.models import Meeting
from mingtian.meetings.rules import Attending, Kind
from mingtian.meetings.tests.conftest import BY, key, spec
from mingtian.org.models import Unit
from mingtian.org.queries import path_on, unit_rows
from mingtian.org.rules import Role
from mingtian.readiness import actions as readiness
from mingtian.readiness.actions.checklists import School
from mingtian.readiness.models import Checklist
from mingtian.readiness.queries.checklists import ChecklistRow, find_checklist
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import DAY, NOW

ENGLISH = {"accept-language": "en"}
EARLIER = NOW - timedelta(days=3)


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


def meet(evening: Evening, unit: Unit | None = None, **changes: object) -> Meeting:
    """Let the school's leaders meet about the campaign, an hour ago unless said otherwise."""
    key_of = (unit or evening.tree.school).pk
    held = spec(**{"campaign_id": evening.campaign.pk, **changes})
    return record(unit=unit_rows([key_of], DAY)[key_of], spec=held, once=key(), by=BY, now=NOW)


def correct(meeting: Meeting, **changes: object) -> Meeting:
    """Write the meeting anew with changes."""
    row = unit_rows([meeting.unit_id], DAY)[meeting.unit_id]
    meeting.refresh_from_db()
    held = spec(**{"campaign_id": meeting.campaign_id, **changes})
    return change(
        meeting_id=meeting.pk, unit=row, spec=held, revision=meeting.revision, by=BY, now=NOW
    )


def point(evening: Evening) -> ChecklistRow:
    return find_checklist(evening.campaign.pk, evening.tree.school.pk)


def fill(evening: Evening, item: str, now: datetime = NOW, who: str = "") -> Checklist:
    unit = unit_rows([evening.tree.school.pk], DAY)[evening.tree.school.pk]
    school = School(
        campaign=campaign_row(evening.campaign), unit=unit, path=tuple(path_on(unit.id, DAY))
    )
    return readiness.fill_item(
        school=school, item=item, day=day_of(now), who=who, by=BY, now=NOW
    )  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.LEADERS, Kind.EMERGENCY])
def test_a_meeting_of_leaders_ticks_the_checklist(evening: Evening, kind: Kind) -> None:
    held = meet(evening, kind=kind)

    found = point(evening)

    assert (found.points.met_on, found.met_in) == (DAY, held.public_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.PARENTS},
        {"campaign_id": None},
        {"held_at": NOW + timedelta(days=1), "attended": {}},
    ],
)
def test_other_and_planned_meetings_tick_nothing(evening: Evening, changes: Any) -> None:
    meet(evening, **changes)
    assert not Checklist.objects.exists()


def test_only_schools_of_the_campaign_have_a_checklist(evening: Evening) -> None:
    meet(evening, evening.tree.county)
    assert not Checklist.objects.exists()


def test_a_meeting_about_the_documents_campaign_counts_for_it(evening: Evening) -> None:
    document = Document.objects.create(
        unit=evening.tree.school, genre="notice", title="通知", campaign=evening.campaign,
        state="issued", symbol="一小", year=2023, number=1, reference="一小〔2023〕1号", issued_at=EARLIER,
        drafted_at=EARLIER,
    )  # fmt: skip
    meet(evening, campaign_id=None, document=document.public_id)
    assert point(evening).points.met_on == DAY


def test_the_first_of_several_meetings_counts_and_the_next_after_it_fell(evening: Evening) -> None:
    later = meet(evening)
    first = meet(evening, held_at=EARLIER)
    assert point(evening).met_in == first.public_id

    correct(first, kind=Kind.STAFF, held_at=EARLIER, attended={Attending.TEACHERS: 30})

    assert (point(evening).met_in, point(evening).points.met_on) == (later.public_id, DAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"campaign_id": None},
        {"kind": Kind.PARENTS, "attended": {Attending.PARENTS: 40}},
        {"held_at": NOW + timedelta(days=1), "attended": {}},
    ],
)
def test_what_was_no_such_meeting_is_taken_back(
    evening: Evening, changes: dict[str, object]
) -> None:
    held = meet(evening)
    make_staff("head", evening.tree.school, Role.PRINCIPAL)
    fill(evening, "person", who="head")
    assert fill(evening, "plan").completed_on == DAY

    correct(held, **changes)

    found = point(evening)
    assert (found.points.met_on, found.met_in, found.points.completed_on) == (None, "", None)
    assert AuditEntry.objects.filter(action="readiness.item_emptied").count() == 1


def test_a_corrected_day_is_corrected_on_the_checklist(evening: Evening) -> None:
    held = meet(evening)
    correct(held, held_at=EARLIER)
    assert point(evening).points.met_on == day_of(EARLIER)


def test_an_earlier_day_that_was_typed_stands(evening: Evening) -> None:
    fill(evening, "meeting", EARLIER)
    correct(meet(evening), campaign_id=None)
    assert (point(evening).points.met_on, point(evening).met_in) == (day_of(EARLIER), "")


def test_the_day_of_a_recorded_meeting_is_not_typed_over(evening: Evening) -> None:
    meet(evening)
    with pytest.raises(RuleBroken, match="meeting_recorded"):
        fill(evening, "meeting", EARLIER)


def test_the_checklist_leads_to_the_meeting_and_back(evening: Evening, client: Client) -> None:
    school, campaign = evening.tree.school.public_id, evening.campaign.public_id
    client.force_login(make_staff("head", evening.tree.school, Role.PRINCIPAL))
    page = f"/desk/readiness/{campaign}/{school}"
    way = f"/desk/meetings/units/{school}/new?kind=leaders&campaign={campaign}"
    assert way in client.get(page).content.decode().replace("&amp;", "&")
    form = client.get(way).context["form"]

    reply = client.post(way, {**form.initial, "count_leaders": "7"}, headers=ENGLISH)

    assert reply["Location"] == page
    text = client.get(page, headers=ENGLISH).content.decode()
    assert "the checklist says so" in text
    assert f"/desk/meetings/{Meeting.objects.get().public_id}" in text
    assert "We held it today" not in text


@pytest.mark.parametrize("asked", ["campaign=%00'", "document=%00'", "kind=%00&campaign=999"])
def test_a_way_that_there_is_not_leads_to_the_meeting_itself(
    evening: Evening, client: Client, asked: str
) -> None:
    client.force_login(make_staff("head", evening.tree.school, Role.PRINCIPAL))
    way = f"/desk/meetings/units/{evening.tree.school.public_id}/new?{asked}"
    form = client.get(way).context["form"]

    reply = client.post(way, {**form.initial, "count_leaders": "7"})

    assert reply["Location"] == f"/desk/meetings/{Meeting.objects.get().public_id}"


@pytest.mark.django_db(transaction=True)
def test_two_meetings_at_once_tick_the_earlier_one() -> None:
    evening = make_evening()

    def hold(days: int) -> None:
        try:
            meet(evening, held_at=NOW - timedelta(days=days))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(hold, [1, 2]))

    assert point(evening).points.met_on == DAY - timedelta(days=2)
