"""A school says how ready it is; above it only counts are seen (PUB-2, SUP-4)."""

from datetime import timedelta

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.readiness import actions
from mingtian.readiness.models import Checklist, Sheet
from mingtian.readiness.queries.checklists import (
    Below,
    counts_by_child,
    counts_of,
    find_checklist,
    list_schools_below,
    not_ready_of,
)
from mingtian.readiness.rules import State
from mingtian.readiness.tests.conftest import BY, SHEET, Ready
from mingtian.testing.cast import Cast
from mingtian.testing.make import DAY


def below(ready: Ready) -> Below:
    under = ready.under(ready.tree.city)
    return Below(
        campaign_id=ready.campaign.id, first_on=ready.campaign.first_on, path=under.path,
        line=under.line, day=DAY, now=ready.now,
    )  # fmt: skip


def test_three_points_make_a_school_ready(ready: Ready, cast: Cast) -> None:
    ready.now -= timedelta(days=3)
    ready.fill("meeting")
    ready.fill("person", who="principal")
    assert find_checklist(ready.campaign.id, ready.tree.school.pk).points.completed_on is None
    ready.fill("plan")

    found = find_checklist(ready.campaign.id, ready.tree.school.pk)

    assert found.in_charge == "principal"
    assert found.points.completed_on == DAY - timedelta(days=3)
    assert AuditEntry.objects.filter(action="readiness.item_filled").count() == 3


def test_the_last_point_on_the_day_itself_is_late(ready: Ready, cast: Cast) -> None:
    for item in ("meeting", "person", "plan"):
        ready.fill(item, who="principal")

    states = {each.public_id: each.state for each in list_schools_below(below(ready))}

    assert states[ready.tree.school.public_id] is State.LATE
    assert states[ready.tree.far_school.public_id] is State.SILENT


def test_a_second_press_keeps_one_checklist(ready: Ready, cast: Cast) -> None:
    ready.fill("meeting")
    ready.fill("meeting")
    assert Checklist.objects.count() == 1


def test_a_meeting_that_is_still_to_come_is_refused(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="readiness_day_ahead"):
        ready.fill("meeting", day=DAY + timedelta(days=1))


def test_a_point_that_there_is_not_is_refused(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="choice_unknown"):
        ready.fill("banner")


def test_somebody_of_another_school_cannot_be_in_charge(ready: Ready, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        ready.fill("person", who="outsider")


def test_a_county_counts_its_schools_and_lists_who_is_silent_first(
    ready: Ready, cast: Cast
) -> None:
    ready.fill("meeting")
    schools = list_schools_below(below(ready))

    rows = {each.title: each for each in counts_by_child(schools, 1, DAY)}
    listed = not_ready_of(schools, ready.tree.county.pk)

    assert counts_of(schools).schools == 3
    assert (rows["安平县"].begun, rows["安平县"].silent) == (1, 1)
    assert rows["北河县"].silent == 1
    assert [each.title for each in listed] == ["第二小学", "第一小学"]
    assert {each.gaps for each in schools} == {1}


def test_requirements_get_a_version_each_time_they_change(ready: Ready) -> None:
    for text in (SHEET, SHEET, SHEET + "\n4. 帮助老人。"):
        actions.issue_sheet(school=ready.school(), text=text, by=BY, now=ready.now)

    assert list(Sheet.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


def test_requirements_with_a_target_are_not_kept(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="names_target"):
        actions.issue_sheet(
            school=ready.school(), text=SHEET + "\n家长参与率 97%", by=BY, now=ready.now
        )
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"), [(" ", "readiness_words_missing"), ("愿" * 1001, "readiness_words_too_long")]
)
def test_requirements_need_words_but_not_too_many(ready: Ready, text: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.issue_sheet(school=ready.school(), text=text, by=BY, now=ready.now)


def test_a_county_has_no_requirements_of_a_school(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        actions.issue_sheet(
            school=ready.school(ready.tree.county), text=SHEET, by=BY, now=ready.now
        )
