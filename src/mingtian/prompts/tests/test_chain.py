"""The chain: committee and bureau, school, class teacher; nobody skips a link (SUP-3, EXE-2)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from mingtian.attendance.actions.by_hand import note_by_hand
from mingtian.attendance.rules import How
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.rules import ExemptReason, StandingState
from mingtian.prompts.actions import keep_rhythm, prompt
from mingtian.prompts.models import Prompt
from mingtian.prompts.queries import list_links, list_prompts
from mingtian.prompts.rules import Kind
from mingtian.prompts.tests.conftest import DURING, FIVE_TO, HALF_PAST, Night, actor, make_night
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import STARTS
from mingtian.testing.make import ACTOR, DAY


@pytest.fixture
def waiting(reminded: Night) -> Night:
    """Class 1 misses four of ten, Class 2 nobody of twelve."""
    tree = reminded.evening.tree
    reminded.expect(tree.class_one, 10, 6)
    reminded.expect(tree.class_two, 12, 12)
    return reminded


def code(night: Night, *args: object, **more: object) -> str:
    with pytest.raises(RuleBroken) as refused:
        night.prompt(*args, **more)  # type: ignore[arg-type]
    return refused.value.code


def asked() -> set[str]:
    found = Prompt.objects.filter(kind="missing").select_related("unit")
    return {each.unit.kind for each in found}


def test_a_word_goes_from_the_city_to_the_class_link_by_link(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast

    assert waiting.prompt(cast.office, tree.city) == 1
    assert asked() == {"county"}
    waiting.pass_on(waiting.county, tree.county)
    assert asked() == {"county", "school"}
    waiting.pass_on(cast.principal, tree.school)
    assert asked() == {"county", "school", "class"}

    in_class = Prompt.objects.filter(kind="missing", unit__kind="class")
    assert [each.unit for each in in_class] == [tree.class_one]


def test_the_education_bureau_prompts_along_its_own_line(waiting: Night) -> None:
    tree = waiting.evening.tree

    assert waiting.prompt(waiting.city_education, tree.city_education) == 1
    assert Prompt.objects.get(kind="missing").unit == tree.county_education
    waiting.pass_on(waiting.county_education, tree.county_education)
    assert asked() == {"sector", "school"}


def test_each_link_sees_when_the_next_has_passed_it_on_and_counts_only(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast
    waiting.prompt(waiting.county, tree.county, tree.school)
    later = DURING + timedelta(minutes=3)
    waiting.pass_on(cast.principal, tree.school, later)

    [school] = list_links(waiting.place(waiting.county, tree.county))
    assert (school.asked_at, school.asked_passed_at) == (DURING, later)
    assert (school.classes, school.classes_missing, school.missing) == (2, 1, 4)
    one, two = list_links(waiting.place(cast.principal, tree.school))
    assert (one.missing, one.asked_at, two.missing, two.asked_at) == (4, later, 0, None)
    assert one.reminded_at == HALF_PAST


@pytest.mark.parametrize(
    ("who", "at", "to"),
    [
        ("office", "city", "school"),
        ("office", "city", "class_one"),
        ("county", "county", "class_one"),
        ("county", "county", "far_school"),
        ("county", "county", "town"),
        ("county_education", "county_education", "class_one"),
        ("city_education", "city_education", "school"),
        ("principal", "school", "grade"),
        ("principal", "school", "other_class"),
        ("principal", "school", "school"),
    ],
)
def test_nobody_prompts_past_the_next_link(waiting: Night, who: str, at: str, to: str) -> None:
    user = getattr(waiting, who, None) or getattr(waiting.cast, who)
    tree = waiting.evening.tree

    assert code(waiting, user, getattr(tree, at), getattr(tree, to)) == "prompt_not_your_link"
    assert asked() == set()


def test_nobody_is_prompted_before_the_doors_open_or_after_the_end(waiting: Night) -> None:
    tree = waiting.evening.tree
    early, over = STARTS - timedelta(minutes=11), STARTS + timedelta(hours=1)

    assert code(waiting, waiting.county, tree.county, now=early) == "prompt_too_early"
    assert code(waiting, waiting.county, tree.county, now=over) == "prompt_lecture_over"


def test_nobody_is_prompted_when_nobody_is_missing(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast
    assert code(waiting, cast.principal, tree.school, tree.class_two) == "prompt_nobody_missing"


def test_once_an_evening_is_enough_whoever_prompts(waiting: Night) -> None:
    tree = waiting.evening.tree
    waiting.prompt(waiting.county, tree.county)

    assert waiting.prompt(waiting.county, tree.county) == 0
    assert code(waiting, waiting.county_education, tree.county_education) == "prompt_sent_already"
    assert Prompt.objects.filter(kind="missing").count() == 1


def test_exempt_unwilling_and_noted_pupils_are_missed_by_nobody(waiting: Night) -> None:
    tree, pupils = waiting.evening.tree, waiting.evening.pupils
    for pupil, state, reason in (
        (pupils[0], StandingState.EXEMPT, ExemptReason.NO_SMARTPHONE),
        (pupils[1], StandingState.UNWILLING, None),
    ):
        decide_standing(
            person_id=pupil.pk,
            decision=Decision(
                state=state, reason=reason, starts_on=DAY,
                review_on=DAY + timedelta(days=90) if reason else None,
            ),
            actor=ACTOR, now=DURING,
        )  # fmt: skip
    note_by_hand(
        person_id=pupils[2].pk, lecture_id=waiting.evening.lecture.pk, how=How.TELEPHONE,
        now=DURING, actor=ACTOR,
    )  # fmt: skip

    one, _two = list_links(waiting.place(waiting.cast.principal, tree.school))

    assert one.missing == 1


def test_a_class_teacher_passes_on_all_that_came_with_one_tap(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast
    keep_rhythm(now=FIVE_TO)
    waiting.prompt(cast.principal, tree.school)

    assert waiting.pass_on(cast.teacher, tree.class_one) == 3
    assert waiting.pass_on(cast.teacher, tree.class_one) == 0
    prompts = list_prompts(waiting.place(cast.teacher, tree.class_one))
    assert [each.kind for each in prompts] == [Kind.HALF_HOUR, Kind.FIVE_MINUTES, Kind.MISSING]
    assert {each.passed_on_at for each in prompts} == {DURING}
    entry = AuditEntry.objects.get(action="prompts.passed_on")
    assert entry.subject == f"unit:{tree.class_one.public_id}"


def test_a_colleague_is_told_that_it_was_passed_on(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast
    colleague = make_staff("colleague", tree.school, Role.OFFICE)
    waiting.pass_on(cast.principal, tree.school)

    with pytest.raises(RuleBroken, match="prompt_passed_on"):
        waiting.pass_on(colleague, tree.school)


def test_nothing_is_passed_on_to_families_after_nine(waiting: Night) -> None:
    tree, cast = waiting.evening.tree, waiting.cast
    waiting.move(timedelta(minutes=30))
    nine = STARTS + timedelta(hours=1)

    with pytest.raises(RuleBroken, match="prompt_too_late_for_families"):
        waiting.pass_on(cast.teacher, tree.class_one, nine)
    waiting.pass_on(cast.principal, tree.school, nine)


def test_what_was_missed_can_no_longer_be_passed_on(night: Night) -> None:
    keep_rhythm(now=STARTS + timedelta(minutes=30))

    with pytest.raises(RuleBroken, match="prompt_none"):
        night.pass_on(night.cast.teacher, night.evening.tree.class_one, DURING)


@pytest.mark.slow
def test_two_offices_that_prompt_at_once_prompt_once(transactional_db: None) -> None:
    night = make_night()
    tree = night.evening.tree
    night.expect(tree.class_one, 10)
    places = [
        (night.place(night.county, tree.county), night.county),
        (night.place(night.county_education, tree.county_education), night.county_education),
    ]
    start = threading.Barrier(2)
    ends: list[int | str] = []

    def run(index: int) -> None:
        place, user = places[index]
        try:
            start.wait(10)
            ends.append(prompt(place=place, to="", by=actor(user), now=DURING))
        except RuleBroken as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(map(str, ends)) == ["1", "prompt_sent_already"]
    assert Prompt.objects.filter(kind="missing", unit=tree.school).count() == 1
