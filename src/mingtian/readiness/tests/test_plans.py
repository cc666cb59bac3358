"""The audience sheet: expected sizes beside the frozen ones, by leg (CAM-2, CAM-3)."""

from dataclasses import replace

import pytest

from mingtian.campaigns.models import Denominator
from mingtian.core.errors import RuleBroken
from mingtian.readiness import actions
from mingtian.readiness.actions import LineWish
from mingtian.readiness.models import AudienceLine
from mingtian.readiness.queries import audience_by_leg
from mingtian.readiness.queries.audience import list_audience
from mingtian.readiness.rules import Leg
from mingtian.readiness.tests.conftest import BY, Ready
from mingtian.testing.make import DAY

PUPILS = LineWish(kind=1, leg="school", channel="learning_code", expected=500, owner="基教科")


def write(ready: Ready, wish: LineWish = PUPILS) -> AudienceLine:
    return actions.write_line(
        campaign=ready.campaign, unit=ready.row(ready.tree.county), wish=wish, by=BY, now=ready.now
    )


def test_an_expected_size_stands_beside_the_frozen_one(ready: Ready) -> None:
    Denominator.objects.create(
        campaign=ready.evening.campaign, unit=ready.tree.class_one, kind=1, persons=430
    )
    write(ready)

    [line] = list_audience(ready.campaign.id, ready.tree.county.pk, DAY)

    assert (line.expected, line.frozen) == (500, 430)
    assert Denominator.objects.get().persons == 430


def test_legs_sum_the_largest_size_of_each_kind(ready: Ready) -> None:
    write(ready)
    write(ready, replace(PUPILS, channel="in_class", expected=300))
    write(ready, replace(PUPILS, kind=2, leg="family", expected=None))

    legs = {
        each.leg: each for each in audience_by_leg(ready.campaign.id, ready.tree.county.pk, DAY)
    }

    assert (legs[Leg.SCHOOL].lines, legs[Leg.SCHOOL].expected) == (2, 500)
    assert (legs[Leg.FAMILY].lines, legs[Leg.FAMILY].expected) == (1, None)
    assert legs[Leg.FAMILY].kinds == (2, 3, 4)
    assert (legs[Leg.SOCIETY].lines, legs[Leg.SOCIETY].kinds) == (0, (6, 7))


def test_the_same_line_again_is_one_line(ready: Ready) -> None:
    write(ready)
    write(ready)
    assert AudienceLine.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": 7}, "kind_not_invited"),
        ({"expected": -1}, "size_impossible"),
        ({"owner": " "}, "readiness_words_missing"),
        ({"owner": "科" * 61}, "readiness_words_too_long"),
        ({"owner": "截图收集组"}, "demands_screenshot"),
        ({"leg": "army"}, "choice_unknown"),
        ({"channel": "drums"}, "choice_unknown"),
        ({"expected": 501}, "line_twice"),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    ready: Ready, change: dict[str, object], code: str
) -> None:
    write(ready)
    with pytest.raises(RuleBroken, match=code):
        write(ready, replace(PUPILS, **change))  # type: ignore[arg-type]


def test_a_line_is_taken_off_once_and_by_its_own_unit_only(ready: Ready) -> None:
    line = write(ready)

    def remove(unit: object) -> bool:
        return actions.remove_line(
            campaign=ready.campaign, unit=ready.row(unit), line=line.public_id, by=BY,  # type: ignore[arg-type]
            now=ready.now,
        )  # fmt: skip

    assert not remove(ready.tree.city)
    assert remove(ready.tree.county)
    assert not remove(ready.tree.county)
