"""Codes are issued for all at once, safely repeated, closed and replaced (COD-1)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, connections
from django.test import override_settings

from mingtian.campaigns import actions, queries
from mingtian.campaigns.actions import codes as code_actions
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.rules import CodeState, Refusal
from mingtian.campaigns.tests.conftest import Ground, spec
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import CROCKFORD
from mingtian.people.rules import PersonKind
from mingtian.testing.make import ACTOR, DAY, NOW, make_class


def test_every_class_staff_group_and_community_gets_one(running: Ground) -> None:
    tree = running.tree
    units = {
        code.unit_id: code.audience
        for code in LearningCode.objects.filter(campaign=running.campaign)
    }

    assert units == {
        tree.class_one.pk: "class",
        tree.class_two.pk: "class",
        tree.other_class.pk: "class",
        tree.far_class.pk: "class",
        tree.teachers.pk: "staff_group",
        tree.five_old.pk: "staff_group",
        tree.village.pk: "community",
    }


def test_codes_are_eight_characters_that_can_be_typed(running: Ground) -> None:
    for code in LearningCode.objects.values_list("code", flat=True):
        assert len(code) == 8
        assert set(code) <= set(CROCKFORD)


def test_units_whose_people_may_not_take_part_get_none(planned: Ground) -> None:
    planned.act("change_campaign", spec=spec(planned.tree, kinds=(PersonKind.PUPIL,)))
    planned.open()

    assert planned.act("issue_codes") == 4


def test_repeating_serves_new_classes_only(running: Ground) -> None:
    before = dict(LearningCode.objects.values_list("unit_id", "code"))
    late = make_class(running.tree.grade)

    assert running.act("issue_codes") == 1

    after = dict(LearningCode.objects.values_list("unit_id", "code"))
    assert after.items() >= before.items()
    assert after.keys() - before.keys() == {late.pk}


def test_a_code_that_was_closed_on_purpose_is_not_issued_again(running: Ground) -> None:
    code = LearningCode.objects.get(unit=running.tree.class_one)
    actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW)

    assert running.act("issue_codes") == 0


def test_a_drawn_code_that_exists_is_drawn_again(planned: Ground) -> None:
    planned.open()
    drawn = iter(["a0000000", "b0000000"] + ["b0000000"] * 6 + [f"c000000{n}" for n in range(9)])

    with patch.object(code_actions, "random_code", lambda _length: next(drawn)):
        issued = planned.act("issue_codes")

    assert issued == 7
    assert LearningCode.objects.count() == 7


def test_codes_of_a_draft_are_refused(planned: Ground) -> None:
    with pytest.raises(RuleBroken, match=Refusal.NOT_OPEN):
        planned.act("issue_codes")


@override_settings(PUBLIC_ORIGIN="https://a-very-long-name.mingtian.example")
def test_codes_are_refused_when_the_address_would_be_too_long(planned: Ground) -> None:
    planned.open()

    with pytest.raises(RuleBroken, match=Refusal.ORIGIN_TOO_LONG):
        planned.act("issue_codes")

    assert not LearningCode.objects.exists()


def test_closing_twice_closes_once(running: Ground) -> None:
    code = LearningCode.objects.get(unit=running.tree.class_one)

    assert actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW)
    assert not actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW + timedelta(hours=1))

    code.refresh_from_db()
    assert code.closed_at == NOW


def test_replacing_closes_the_old_code_and_repeats_harmlessly(running: Ground) -> None:
    old = LearningCode.objects.get(unit=running.tree.class_one)

    new = actions.reissue_code(code_id=old.pk, actor=ACTOR, now=NOW)
    again = actions.reissue_code(code_id=old.pk, actor=ACTOR, now=NOW)

    old.refresh_from_db()
    assert old.closed_at == NOW
    assert new.pk == again.pk != old.pk
    assert (new.unit_id, new.audience) == (old.unit_id, old.audience)


def test_a_closed_code_can_be_replaced(running: Ground) -> None:
    old = LearningCode.objects.get(unit=running.tree.class_one)
    actions.close_code(code_id=old.pk, actor=ACTOR, now=NOW)

    new = actions.reissue_code(code_id=old.pk, actor=ACTOR, now=NOW)

    assert new.closed_at is None


def test_no_code_is_replaced_after_the_end(running: Ground) -> None:
    old = LearningCode.objects.get(unit=running.tree.class_one)
    running.act("close_campaign")

    with pytest.raises(RuleBroken, match=Refusal.NOT_OPEN):
        actions.reissue_code(code_id=old.pk, actor=ACTOR, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_who_replace_at_once_get_the_same_code(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("transactional_db")
    ground: Ground = request.getfixturevalue("running")
    old = LearningCode.objects.get(unit=ground.tree.class_one)

    def press(_nth: int) -> int:
        try:
            return actions.reissue_code(code_id=old.pk, actor=ACTOR, now=NOW).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(press, range(2))

    assert first == second
    connection.close()


@pytest.mark.parametrize("typed", ["{0}", "{0}  ", "{1}", "{2}"])
def test_a_code_is_recognised_as_people_type_it(running: Ground, typed: str) -> None:
    code = running.code_of(running.tree.class_one)
    loose = code.upper().replace("0", "O").replace("1", "l")

    check = queries.code_check(typed.format(code, f"{code[:4]} {code[4:]}", loose), DAY)

    assert check.state is CodeState.GENUINE
    assert check.place is not None
    assert check.place.trail == "安平县 · 第一小学 · 三年级一班"


@pytest.mark.parametrize(
    "typed", ["", "00000000", "k7m2q9x", "k7m2q9xdd", "学习码学习码学习", "\x00" * 8]
)
def test_an_unknown_code_tells_nothing(running: Ground, typed: str) -> None:
    check = queries.code_check(typed, DAY)

    assert (check.state, check.place, check.campaign) == (CodeState.UNKNOWN, None, None)


def test_a_closed_code_is_told_as_closed(running: Ground) -> None:
    code = LearningCode.objects.get(unit=running.tree.class_one)
    actions.close_code(code_id=code.pk, actor=ACTOR, now=NOW)

    assert queries.code_check(code.code, DAY).state is CodeState.CLOSED


def test_every_code_is_closed_when_the_campaign_is(running: Ground) -> None:
    code = running.code_of(running.tree.village)
    running.act("close_campaign")

    assert queries.code_check(code, DAY).state is CodeState.CLOSED


def test_invited_units_tell_who_still_has_no_code(running: Ground) -> None:
    late = make_class(running.tree.grade)
    campaign = queries.find_campaign(running.campaign.public_id)
    assert campaign is not None

    rows = {row.audience.value: row for row in queries.invited_units(campaign, DAY)}

    assert (rows["class"].units, rows["class"].with_code) == (5, 4)
    assert late.pk not in LearningCode.objects.values_list("unit_id", flat=True)
