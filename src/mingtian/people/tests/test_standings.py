"""Exempt and unwilling families (EXE-1, EXE-2): decided at the class, dated, without proof."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.people.actions.standings import Decision, decide_standing, end_standing
from mingtian.people.models import Person, Standing
from mingtian.people.queries.standings import list_standings_of, list_standings_on
from mingtian.people.rules import ExemptReason, StandingState
from mingtian.testing.make import ACTOR, DAY, NOW, make_pupils, make_teachers, make_tree

REVIEW = DAY + timedelta(days=60)
EXEMPT = Decision(
    state=StandingState.EXEMPT, starts_on=DAY, reason=ExemptReason.NO_SMARTPHONE, review_on=REVIEW
)
UNWILLING = Decision(state=StandingState.UNWILLING, starts_on=DAY)


@pytest.fixture
def child(db: None) -> Person:
    return make_pupils(make_tree().class_one, 1)[0]


def decide(child: Person, decision: Decision = EXEMPT) -> Standing:
    return decide_standing(person_id=child.pk, decision=decision, now=NOW, actor=ACTOR)


def test_an_exemption_holds_from_its_day_on(child: Person) -> None:
    decide(child)

    row = list_standings_on([child.pk], DAY)[child.pk]
    assert (row.state, row.reason, row.review_on) == (
        StandingState.EXEMPT, ExemptReason.NO_SMARTPHONE, REVIEW,
    )  # fmt: skip
    assert list_standings_on([child.pk], DAY - timedelta(days=1)) == {}


def test_the_same_decision_again_changes_nothing(child: Person) -> None:
    assert decide(child).pk == decide(child).pk
    assert AuditEntry.objects.filter(action="people.standing_decided").count() == 1


def test_the_same_decision_for_the_evening_before_holds_then_too(child: Person) -> None:
    yesterday = DAY - timedelta(days=1)
    decide(child)

    decide(child, replace(EXEMPT, starts_on=yesterday))

    assert child.pk in list_standings_on([child.pk], yesterday)
    assert child.pk in list_standings_on([child.pk], DAY)
    assert len(list_standings_of([child.pk])) == 1


def test_another_decision_replaces_the_one_before(child: Person) -> None:
    decide(child)
    decide(child, UNWILLING)

    assert list_standings_on([child.pk], DAY)[child.pk].state is StandingState.UNWILLING
    assert [row.state for row in list_standings_of([child.pk])] == [StandingState.UNWILLING]
    assert Standing.objects.count() == 2


def test_an_ended_exemption_holds_on_the_days_before(child: Person) -> None:
    yesterday = DAY - timedelta(days=1)
    decide(
        child,
        Decision(state=StandingState.EXEMPT, starts_on=yesterday, reason=ExemptReason.OTHER,
                 review_on=REVIEW),
    )  # fmt: skip

    assert end_standing(person_id=child.pk, on=DAY, now=NOW, actor=ACTOR)
    assert not end_standing(person_id=child.pk, on=DAY, now=NOW, actor=ACTOR)

    assert list_standings_on([child.pk], DAY) == {}
    assert child.pk in list_standings_on([child.pk], yesterday)


@pytest.mark.parametrize("days", [1, -2])
def test_only_today_and_the_evening_before_can_be_decided(child: Person, days: int) -> None:
    day = DAY + timedelta(days=days)

    with pytest.raises(RuleBroken, match="standing_other_day"):
        decide(child, Decision(state=StandingState.UNWILLING, starts_on=day))
    with pytest.raises(RuleBroken, match="standing_other_day"):
        end_standing(person_id=child.pk, on=day, now=NOW, actor=ACTOR)


def test_an_exemption_needs_a_reason_and_no_proof(child: Person) -> None:
    with pytest.raises(RuleBroken, match="exemption_needs_reason"):
        decide(child, Decision(state=StandingState.EXEMPT, starts_on=DAY, review_on=REVIEW))


@pytest.mark.parametrize("days", [None, 0, -1, 367])
def test_an_exemption_is_reviewed_within_a_year(child: Person, days: int | None) -> None:
    review = None if days is None else DAY + timedelta(days=days)
    wrong = Decision(
        state=StandingState.EXEMPT, starts_on=DAY, reason=ExemptReason.OTHER, review_on=review
    )

    with pytest.raises(RuleBroken, match="review_day_wrong"):
        decide(child, wrong)


def test_the_unwilling_owe_no_reason(child: Person) -> None:
    asked = Decision(
        state=StandingState.UNWILLING, starts_on=DAY, reason=ExemptReason.OTHER, review_on=REVIEW
    )

    with pytest.raises(RuleBroken, match="unwilling_needs_no_reason"):
        decide(child, asked)


def test_only_pupils_who_are_there_have_a_standing(child: Person) -> None:
    [teacher] = make_teachers(child.unit, 1)
    child.left_on = DAY
    child.save(update_fields=["left_on"])

    for person in (teacher, child):
        with pytest.raises(RuleBroken, match="standing_not_pupil"):
            decide(person)


STEPS = st.lists(
    st.sampled_from(["exempt", "unwilling", "end", "exempt_before", "end_before"]), max_size=8
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_on_no_day_do_two_decisions_hold(child: Person, steps: list[str]) -> None:
    Standing.objects.all().delete()
    for step in steps:
        day = DAY - timedelta(days=1) if step.endswith("before") else DAY
        if step.startswith("end"):
            end_standing(person_id=child.pk, on=day, now=NOW, actor=ACTOR)
        elif step.startswith("exempt"):
            decide(child, Decision(state=StandingState.EXEMPT, starts_on=day,
                                   reason=ExemptReason.OTHER, review_on=REVIEW))  # fmt: skip
        else:
            decide(child, UNWILLING)

    for back in range(3):
        day = DAY - timedelta(days=back)
        assert sum(row.holds_on(day) for row in list_standings_of([child.pk])) <= 1
    stands = Standing.objects.filter(person=child, ends_on=None).exists()
    assert stands is (bool(steps) and not steps[-1].startswith("end"))
