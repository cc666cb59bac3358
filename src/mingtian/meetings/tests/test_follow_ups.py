"""What was resolved, who sees to it, how it ends; talks with other offices (ORG-4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.core.todo import Todo, When
from mingtian.meetings.actions import follow_resolution, follow_talk, resolve, settle
from mingtian.meetings.models import FollowUp, Resolution, Talk
from mingtian.meetings.queries import list_follow_ups
from mingtian.meetings.queries.follow_ups import of_meeting, of_talk
from mingtian.meetings.queries.owners import list_owners
from mingtian.meetings.queries.todo import list_todos
from mingtian.meetings.rules import State
from mingtian.meetings.tests.conftest import BY, TOMORROW, Desk, key
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_cast, make_staff
from mingtian.testing.make import DAY, NOW, make_tree


def test_resolutions_are_numbered_within_their_meeting(desk: Desk) -> None:
    first, second = desk.meet(desk.tree.school), desk.meet(desk.tree.county)

    numbers = [desk.resolve(meeting).number for meeting in (first, first, second, first)]

    assert numbers == [1, 2, 1, 3]


def test_the_same_form_sent_twice_makes_one_resolution_and_one_follow_up(desk: Desk) -> None:
    meeting, once = desk.meet(desk.tree.school), key()
    for _time in range(2):
        resolve(meeting_id=meeting.pk, text="确定专人", task=desk.task(), once=once, by=BY, now=NOW)

    assert (Resolution.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_nothing_is_resolved_without_words_or_before_the_meeting(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="resolution_without_words"):
        desk.resolve(desk.meet(desk.tree.school), text=" ")
    ahead = desk.meet(desk.tree.school, held_at=NOW + timedelta(days=1), attended={})
    with pytest.raises(RuleBroken, match="resolution_too_early"):
        desk.resolve(ahead)


def test_owners_are_the_unit_its_people_and_what_stands_directly_below(desk: Desk) -> None:
    tree, cast = desk.tree, desk.cast

    at_city = {each.key for each in list_owners(tree.city.pk, DAY)}
    at_bureau = {each.key for each in list_owners(tree.county_education.pk, DAY)}
    at_school = {each.key for each in list_owners(tree.school.pk, DAY)}

    below = {f"unit:{unit.public_id}" for unit in (tree.city, tree.county, tree.far_county)}
    assert at_city == {*below, f"unit:{tree.city_education.public_id}", f"person:{cast.office.pk}"}
    schools = {f"unit:{unit.public_id}" for unit in (tree.school, tree.other_school)}
    assert at_bureau == {f"unit:{tree.county_education.public_id}", *schools}
    classes = {f"unit:{unit.public_id}" for unit in (tree.school, tree.class_one, tree.class_two)}
    assert at_school == {*classes, f"person:{cast.principal.pk}"}


def test_an_owner_elsewhere_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    meeting = desk.meet(desk.tree.school)

    with pytest.raises(RuleBroken, match="follow_up_owner_elsewhere"):
        desk.resolve(meeting, owner=f"unit:{desk.tree.far_school.public_id}")

    assert not Resolution.objects.exists()


def test_a_follow_up_is_done_once_with_a_sentence(desk: Desk) -> None:
    found = desk.follow(desk.tree.county, desk.tree.school)

    settle(follow_up_id=found.pk, to=State.DONE, said="名单已上报", by=BY, now=NOW)
    with pytest.raises(RuleBroken, match="follow_up_settled"):
        settle(follow_up_id=found.pk, to=State.WITHDRAWN, said="不需要", by=BY, now=NOW)

    found.refresh_from_db()
    assert (found.state, found.said, found.settled_at) == ("done", "名单已上报", NOW)
    assert AuditEntry.objects.get(action="meetings.settled").detail["to"] == "done"


def test_a_second_follow_up_goes_to_a_colleague(desk: Desk) -> None:
    meeting = desk.meet(desk.tree.school)
    desk.resolve(meeting)

    follow_resolution(
        meeting_id=meeting.pk, number=1, task=desk.task(owner=f"person:{desk.cast.principal.pk}"),
        once=key(), by=BY, now=NOW,
    )  # fmt: skip

    (row,) = list_follow_ups(of_meeting(meeting.pk), day=TOMORROW + timedelta(days=1))
    assert (row.person, row.number, row.late) == ("principal", 1, True)


def test_a_talk_keeps_offices_and_what_follows(desk: Desk) -> None:
    county = desk.tree.county
    talk = desk.talk(county, task=desk.task(owner=f"unit:{county.public_id}"))

    follow_talk(talk_id=talk.pk, task=desk.task(), once=key(), by=BY, now=NOW)

    assert len(list_follow_ups(of_talk(talk.pk), day=DAY)) == 2
    assert AuditEntry.objects.get(action="meetings.talked").subject == f"talk:{talk.public_id}"


def test_a_talk_with_a_wrong_follow_up_is_not_kept_at_all(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="follow_up_without_owner"):
        desk.talk(desk.tree.county, task=desk.task(owner=""))
    assert not Talk.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_a_follow_up_at_once_one_is_told() -> None:
    tree = make_tree()
    found = Desk(tree=tree, cast=make_cast(tree)).follow(tree.county, tree.school)

    def end(said: str) -> str:
        try:
            settle(follow_up_id=found.pk, to=State.DONE, said=said, by=BY, now=NOW)
        except RuleBroken as broken:
            return broken.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as both:
        told = sorted(both.map(end, ["甲", "乙"]))

    assert told == ["follow_up_settled", "kept"]


# --- What waits ---------------------------------------------------------------


def waiting(user: User, days: int = 0) -> list[Todo]:
    now = NOW + timedelta(days=days)
    return list_todos(list_posts(user.pk, DAY), now=now)


def test_a_follow_up_comes_to_its_owner_and_when_late_to_whoever_resolved_it(desk: Desk) -> None:
    office = make_staff("county", desk.tree.county, Role.OFFICE)
    found = desk.follow(desk.tree.county, desk.tree.school, TOMORROW)
    # The county's own minutes are another story.
    found.resolution.meeting.__class__.objects.update(minutes="有", minutes_at=NOW)  # type: ignore[union-attr]

    address = f"/desk/meetings/follow-ups/{found.public_id}"
    assert [(each.when, each.address) for each in waiting(desk.cast.principal)] == [
        (When.SOON, address)
    ]
    assert waiting(office) == []
    assert [each.when for each in waiting(desk.cast.principal, 1)] == [When.TODAY]
    assert [each.when for each in waiting(desk.cast.principal, 2)] == [When.OVERDUE]
    (ask,) = waiting(office, 2)
    assert (ask.kind, ask.address, ask.about) == ("follow_up.late", address, "上报名单")
    assert waiting(desk.cast.outsider, 2) == []

    settle(follow_up_id=found.pk, to=State.DONE, said="好了", by=BY, now=NOW)
    assert waiting(office, 2) == waiting(desk.cast.principal, 2) == []


def test_alike_follow_ups_are_one_item_with_a_number(desk: Desk) -> None:
    for _time in range(3):
        desk.follow(desk.tree.county, desk.tree.school, TOMORROW)

    (one,) = waiting(desk.cast.principal, 2)

    assert (one.number, one.address) == (3, "/desk/meetings/follow-ups?state=late")


def test_what_a_colleague_was_given_comes_to_that_colleague(desk: Desk) -> None:
    meeting = desk.meet(desk.tree.school, minutes="有")
    desk.resolve(meeting, owner=f"person:{desk.cast.principal.pk}")

    assert [each.kind for each in waiting(desk.cast.principal)] == ["follow_up.due"]


def test_what_a_school_leaves_to_a_class_comes_to_its_teacher(desk: Desk) -> None:
    desk.follow(desk.tree.school, desk.tree.class_one, TOMORROW)

    (todo,) = waiting(desk.cast.teacher)

    assert (todo.kind, todo.about) == ("follow_up.due", "上报名单")
    (row,) = list_follow_ups(FollowUp.objects.all(), day=DAY)
    assert row.owner == "No. 1 Primary School Grade 3 Class 1"
    titles = [each.title for each in list_owners(desk.tree.school.pk, DAY)]
    assert "Grade 3 · Class 2" in titles


def test_minutes_are_missing_two_days_after_the_meeting(desk: Desk) -> None:
    meeting = desk.meet(desk.tree.school)

    assert waiting(desk.cast.principal, 1) == []
    (todo,) = waiting(desk.cast.principal, 2)
    assert (todo.kind, todo.when) == ("meeting.minutes", When.OVERDUE)
    assert todo.address == f"/desk/meetings/{meeting.public_id}/change"
    assert waiting(desk.cast.office, 2) == []


def test_what_waits_is_asked_in_one_statement(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk.follow(desk.tree.county, desk.tree.school)
    posts = list_posts(desk.cast.principal.pk, DAY)
    with django_assert_max_num_queries(1):
        list_todos(posts, now=NOW + timedelta(days=3))
    assert list_todos([], now=NOW) == []
