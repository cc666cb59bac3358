"""Duties of the five-old by group and block, and the log of levers (PER-1, PER-2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from mingtian.core.errors import RuleBroken
from mingtian.people.rules import PersonKind
from mingtian.readiness import actions
from mingtian.readiness.actions import ActivityWish, DutyWish
from mingtian.readiness.models import Activity, Duty
from mingtian.readiness.queries import lever_sums
from mingtian.readiness.queries.work import list_activities, list_duties
from mingtian.readiness.rules import Lever
from mingtian.readiness.tests.conftest import BY, Ready
from mingtian.testing.make import DAY, make_person
from mingtian.web.refusals import sentence

VISIT = ActivityWish(lever="five_old", done_on=DAY, what="入户宣传", served=12)


def share(ready: Ready, **change: object) -> Duty:
    wish = DutyWish(group=ready.tree.five_old.public_id, task="help", block="东街", volunteers=2)
    return actions.write_duty(
        campaign=ready.campaign, unit=ready.row(ready.tree.town),
        wish=replace(wish, **change), by=BY, now=ready.now,  # type: ignore[arg-type]
    )  # fmt: skip


def note(ready: Ready, wish: ActivityWish = VISIT) -> Activity:
    return actions.log_activity(
        campaign=ready.campaign, unit=ready.row(ready.tree.town), wish=wish, by=BY, now=ready.now
    )


def test_a_township_shares_out_duties_without_names(ready: Ready) -> None:
    share(ready)
    share(ready)
    share(ready, task="watch", block="西街")

    found = list_duties(ready.under(ready.tree.county))

    assert [(each.group, each.block, each.volunteers) for each in found] == [
        ("河口镇五老", "东街", 2),
        ("河口镇五老", "西街", 2),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"group": "000000000000"}, "not_of_this_campaign"),
        ({"task": "march"}, "choice_unknown"),
        ({"block": ""}, "readiness_words_missing"),
        ({"block": "东街打卡"}, "demands_punch_in"),
        ({"volunteers": 0}, "size_impossible"),
        ({"volunteers": 5}, "duty_twice"),
    ],
)
def test_a_duty_that_cannot_be_is_refused(
    ready: Ready, change: dict[str, object], code: str
) -> None:
    share(ready)
    with pytest.raises(RuleBroken, match=code):
        share(ready, **change)


@pytest.mark.parametrize("volunteers", [0, 1001])
def test_an_impossible_number_of_volunteers_is_told_with_what_is_possible(
    ready: Ready, volunteers: int
) -> None:
    with pytest.raises(RuleBroken) as refused:
        share(ready, volunteers=volunteers)

    with override("en"):
        assert sentence(refused.value).endswith("Enter a whole number from 1 to 1,000.")


def test_no_more_volunteers_than_stand_on_the_roster(ready: Ready) -> None:
    make_person(ready.tree.five_old, "V1", "林安和", kind=PersonKind.FIVE_OLD)
    with pytest.raises(RuleBroken, match="above_volunteers"):
        share(ready)


def test_a_group_elsewhere_is_not_the_townships(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        share(ready, group=ready.tree.teachers.public_id)


def test_a_duty_is_taken_off_once(ready: Ready) -> None:
    duty = share(ready)

    def remove() -> bool:
        return actions.remove_duty(
            campaign=ready.campaign, unit=ready.row(ready.tree.town), duty=duty.public_id, by=BY,
            now=ready.now,
        )  # fmt: skip

    assert remove()
    assert not remove()


def test_levers_sum_what_was_served_below(ready: Ready) -> None:
    note(ready)
    note(ready)
    note(ready, replace(VISIT, done_on=DAY - timedelta(days=1), served=8))

    sums = {each.lever: each for each in lever_sums(ready.under(ready.tree.city))}

    assert (sums[Lever.FIVE_OLD].activities, sums[Lever.FIVE_OLD].served) == (2, 20)
    assert sums[Lever.SCHOOL].activities == 0
    assert list_activities(ready.under(ready.tree.far_county)) == []
    assert [each.served for each in list_activities(ready.under(ready.tree.county))] == [12, 8]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lever": "drum"}, "choice_unknown"),
        ({"what": " "}, "readiness_words_missing"),
        ({"what": "收集截图"}, "demands_screenshot"),
        ({"what": "群内接龙"}, "demands_reply"),
        ({"done_on": DAY + timedelta(days=1)}, "readiness_day_ahead"),
        ({"served": -1}, "size_impossible"),
    ],
)
def test_a_line_of_the_log_that_cannot_be_is_refused(
    ready: Ready, change: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        note(ready, replace(VISIT, **change))  # type: ignore[arg-type]


def test_a_line_is_taken_off_by_its_own_unit_only(ready: Ready) -> None:
    line = note(ready)

    def remove(unit: object) -> bool:
        return actions.remove_activity(
            campaign=ready.campaign, unit=ready.row(unit), activity=line.public_id, by=BY,  # type: ignore[arg-type]
            now=ready.now,
        )  # fmt: skip

    assert not remove(ready.tree.county)
    assert remove(ready.tree.town)
