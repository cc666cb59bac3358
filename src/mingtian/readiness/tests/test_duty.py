"""Who has charge of an evening, who stands in, who changes with whom (SUP-5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from mingtian.campaigns.models import Lecture
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.org.actions import PostSpec, end_post, give_post
from mingtian.org.models import Post, Unit
from mingtian.org.rules import Line, Role
from mingtian.readiness import actions
from mingtian.readiness.models import Swap, Turn
from mingtian.readiness.queries.duty import list_evenings, list_open_swaps, on_duty
from mingtian.readiness.tests.conftest import Ready
from mingtian.staff.open_things import open_things
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import make_evening
from mingtian.testing.make import ACTOR, DAY, NOW, OPENED_ON


def as_(user: User) -> Actor:
    return Actor(username=user.username, user_id=user.pk)


def who(ready: Ready) -> list[tuple[str, bool]]:
    found = on_duty([ready.tree.school.pk], DAY).get(ready.tree.school.pk, [])
    return [(each.name, each.stands_in) for each in found]


def test_whoever_is_named_is_on_duty_that_day(ready: Ready, cast: Cast, second: User) -> None:
    assert ready.name("second", "teacher") == 2
    assert who(ready) == [("second", False)]
    assert ready.name("second", "teacher") == 0


def test_the_substitute_stands_in_when_the_post_has_ended(
    ready: Ready, cast: Cast, second: User
) -> None:
    ready.name("second", "principal")
    end_post(post=Post.objects.get(user=second), ends_on=DAY, actor=ACTOR, now=NOW)

    assert who(ready) == [("principal", True)]


def test_a_school_that_named_nobody_is_missing(ready: Ready, cast: Cast) -> None:
    assert on_duty([ready.tree.school.pk], DAY) == {}
    evenings = list_evenings(ready.campaign.id, ready.tree.school.pk, ready.now)
    assert [each.is_gap for each in evenings] == [True]


def test_first_and_substitute_can_change_places(ready: Ready, cast: Cast, second: User) -> None:
    ready.name("second", "principal")
    ready.name("principal", "second")
    assert who(ready) == [("principal", False)]


def test_nobody_is_named_twice_for_one_evening(ready: Ready, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="duty_doubled"):
        ready.name("principal", "principal")


def test_nobody_is_at_two_schools_the_same_evening(ready: Ready, cast: Cast) -> None:
    ready.name("principal")
    both = make_staff("both", ready.tree.other_school, Role.DUTY_TEACHER)
    ready.name("both", school=ready.tree.other_school)
    give_post(
        spec=PostSpec(user=both, unit=ready.tree.school, role=Role.DUTY_TEACHER, line=Line.LEADS),
        starts_on=OPENED_ON, actor=ACTOR, now=NOW,
    )  # fmt: skip

    with pytest.raises(RuleBroken, match="duty_doubled"):
        ready.name("both")
    assert who(ready) == [("principal", False)]


def test_somebody_of_another_school_is_refused(ready: Ready, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        ready.name("outsider")


def test_a_post_that_serves_single_children_is_no_colleague_for_duty(
    ready: Ready, cast: Cast
) -> None:
    make_staff("counsellor", ready.tree.school, Role.COUNSELLOR)

    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        ready.name("counsellor")


def test_a_lecture_of_another_campaign_is_refused(ready: Ready, cast: Cast) -> None:
    elsewhere = Lecture(pk=999_999)
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        ready.name("principal", lecture=elsewhere)


def test_a_substitute_alone_is_refused(ready: Ready, cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="duty_without_first"):
        ready.name("", "principal")


def test_an_evening_that_is_over_is_not_named_anew(ready: Ready, cast: Cast) -> None:
    over = ready.evening.lecture.ends_at
    with pytest.raises(RuleBroken, match="past_evening"):
        ready.name("principal", now=over)
    assert ready.name("", now=over) == 0


def swap_of(ready: Ready, cast: Cast, second: User) -> Swap:
    """The principal has the first evening, the duty teacher the second; the principal asks."""
    later = ready.next_evening()
    ready.name("principal")
    ready.name("second", lecture=later)
    return actions.ask_swap(
        turn=ready.turn(cast.principal), back=ready.turn(second).public_id, by=as_(cast.principal),
        now=ready.now,
    )  # fmt: skip


def test_turns_change_hands_when_both_have_said_so(ready: Ready, cast: Cast, second: User) -> None:
    swap = swap_of(ready, cast, second)
    assert ready.turn(cast.principal).lecture.number == 1

    actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)

    assert ready.turn(cast.principal).lecture.number == 2
    assert ready.turn(second).lecture.number == 1
    assert list_open_swaps(second.pk, [ready.tree.school.pk], ready.now) == ([], [])


def test_a_turn_is_handed_over_without_another_in_return(
    ready: Ready, cast: Cast, second: User
) -> None:
    ready.name("principal")
    swap = actions.ask_swap(
        turn=ready.turn(cast.principal), whom="second", words="投影仪已开", by=as_(cast.principal),
        now=ready.now,
    )  # fmt: skip

    actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)

    assert who(ready) == [("second", False)]


def test_nothing_changes_when_the_other_declines(ready: Ready, cast: Cast, second: User) -> None:
    swap = swap_of(ready, cast, second)
    actions.answer_swap(swap=swap, agreed=False, by=as_(second), now=ready.now)
    assert ready.turn(cast.principal).lecture.number == 1


def test_only_the_one_who_is_asked_agrees(ready: Ready, cast: Cast, second: User) -> None:
    swap = swap_of(ready, cast, second)
    with pytest.raises(RuleBroken, match="swap_answered"):
        actions.answer_swap(swap=swap, agreed=True, by=as_(cast.principal), now=ready.now)
    with pytest.raises(RuleBroken, match="swap_answered"):
        actions.withdraw_swap(swap=swap, by=as_(second), now=ready.now)


def test_a_request_that_was_taken_back_is_answered_no_more(
    ready: Ready, cast: Cast, second: User
) -> None:
    swap = swap_of(ready, cast, second)
    actions.withdraw_swap(swap=swap, by=as_(cast.principal), now=ready.now)
    with pytest.raises(RuleBroken, match="swap_answered"):
        actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)


def test_one_turn_is_asked_about_once_at_a_time(ready: Ready, cast: Cast, second: User) -> None:
    swap_of(ready, cast, second)
    with pytest.raises(RuleBroken, match="swap_open_already"):
        actions.ask_swap(
            turn=ready.turn(cast.principal), whom="second", by=as_(cast.principal), now=ready.now
        )


def test_a_swap_with_oneself_is_refused(ready: Ready, cast: Cast) -> None:
    ready.name("principal")
    with pytest.raises(RuleBroken, match="swap_with_oneself"):
        actions.ask_swap(
            turn=ready.turn(cast.principal), whom="principal", by=as_(cast.principal),
            now=ready.now,
        )  # fmt: skip


def test_a_past_evening_is_not_handed_over(ready: Ready, cast: Cast, second: User) -> None:
    ready.name("principal")
    turn, over = ready.turn(cast.principal), ready.evening.lecture.ends_at
    with pytest.raises(RuleBroken, match="past_evening"):
        actions.ask_swap(turn=turn, whom="second", by=as_(cast.principal), now=over)


def test_an_answer_after_the_evening_changes_nothing(
    ready: Ready, cast: Cast, second: User
) -> None:
    swap = swap_of(ready, cast, second)
    with pytest.raises(RuleBroken, match="past_evening"):
        actions.answer_swap(
            swap=swap, agreed=True, by=as_(second), now=ready.evening.lecture.ends_at
        )
    assert ready.turn(cast.principal).lecture.number == 1


def test_a_turn_that_has_changed_meanwhile_lapses_the_request(
    ready: Ready, cast: Cast, second: User
) -> None:
    swap = swap_of(ready, cast, second)
    Turn.objects.filter(user=second).update(user=cast.teacher)
    with pytest.raises(RuleBroken, match="swap_lapsed"):
        actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)


def test_whoever_has_left_the_school_takes_no_turn(ready: Ready, cast: Cast, second: User) -> None:
    swap = swap_of(ready, cast, second)
    end_post(post=Post.objects.get(user=second), ends_on=DAY, actor=ACTOR, now=NOW)
    with pytest.raises(RuleBroken, match="swap_lapsed"):
        actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)


def test_whoever_stands_in_that_evening_cannot_take_the_turn(
    ready: Ready, cast: Cast, second: User
) -> None:
    ready.name("principal", "second")
    swap = actions.ask_swap(
        turn=ready.turn(cast.principal), whom="second", by=as_(cast.principal), now=ready.now
    )
    with pytest.raises(RuleBroken, match="duty_doubled"):
        actions.answer_swap(swap=swap, agreed=True, by=as_(second), now=ready.now)


def test_first_and_substitute_do_not_ask_each_other(ready: Ready, cast: Cast, second: User) -> None:
    ready.name("principal", "second")
    with pytest.raises(RuleBroken, match="duty_doubled"):
        actions.ask_swap(
            turn=ready.turn(cast.principal), back=ready.turn(second).public_id,
            by=as_(cast.principal), now=ready.now,
        )  # fmt: skip


def test_a_note_that_is_too_long_is_refused(ready: Ready, cast: Cast, second: User) -> None:
    ready.name("principal")
    with pytest.raises(RuleBroken, match="readiness_words_too_long"):
        actions.ask_swap(
            turn=ready.turn(cast.principal), whom="second", words="字" * 201,
            by=as_(cast.principal), now=ready.now,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_schools_that_name_one_person_at_once_do_not_both_get_them() -> None:
    ready = Ready(make_evening())
    both = make_staff("both", ready.tree.school, Role.DUTY_TEACHER)
    spec = PostSpec(
        user=both, unit=ready.tree.other_school, role=Role.DUTY_TEACHER, line=Line.LEADS
    )
    give_post(spec=spec, starts_on=OPENED_ON, actor=ACTOR, now=NOW)
    # Two lectures of one evening: the constraint of a lecture does not see the other one.
    first = ready.evening.lecture
    other = Lecture.objects.create(
        campaign=ready.evening.campaign, number=2, held_on=DAY, title="第二讲",
        doors_at=first.doors_at, starts_at=first.starts_at, ends_at=first.ends_at,
        closes_at=first.closes_at,
    )  # fmt: skip

    def name(where: tuple[Unit, Lecture]) -> str:
        try:
            ready.name("both", school=where[0], lecture=where[1])
        except RuleBroken as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        places = [(ready.tree.school, first), (ready.tree.other_school, other)]
        answers = sorted(pool.map(name, places))

    assert answers == ["done", "duty_doubled"]


@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_once_make_one_change() -> None:
    ready = Ready(make_evening())
    cast = make_cast(ready.tree)
    second = make_staff("second", ready.tree.school, Role.DUTY_TEACHER)
    swap = swap_of(ready, cast, second)

    def press(_number: int) -> str:
        try:
            actions.answer_swap(
                swap=Swap.objects.select_related("turn__lecture", "back__lecture").get(pk=swap.pk),
                agreed=True, by=as_(second), now=ready.now + timedelta(minutes=1),
            )  # fmt: skip
        except RuleBroken as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)))

    assert answers == ["done", "swap_answered"]
    assert ready.turn(second).lecture.number == 1


def test_a_hand_over_says_where_the_predecessor_is_named(ready: Ready, cast: Cast) -> None:
    ready.fill("person", who="principal")
    ready.name("principal")
    ready.name("principal", lecture=ready.next_evening())
    post = Post.objects.get(user=cast.principal)

    kept = {one["kind"]: one for one in open_things(cast.principal.pk, post.pk, now=ready.now)}

    assert kept["readiness.charge"]["number"] == 1
    assert (kept["readiness.turns"]["about"], kept["readiness.turns"]["number"]) == (
        "09-18, 09-19",
        2,
    )
