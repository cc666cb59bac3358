"""Tickets: from open to closed, passed up link by link, two at once (STA-4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import list_posts, unit_rows
from mingtian.org.rules import Role
from mingtian.supervision.actions import (
    Problem,
    answer,
    close,
    give_ticket,
    open_ticket,
    pass_up,
    solve,
)
from mingtian.supervision.models import Passing, Ticket
from mingtian.supervision.queries import list_todos
from mingtian.supervision.rules import State
from mingtian.supervision.tests.conftest import Week, make_week
from mingtian.supervision.tests.deeds import ask, at_once


def test_a_ticket_goes_from_open_to_closed_with_its_response_time(week: Week) -> None:
    ticket = ask(week)
    by, now = week.county_office, week.at(17)

    answer(
        ticket_id=ticket.pk,
        office_id=week.evening.tree.county.pk,
        words="换一个入口",
        by=by,
        now=now,
    )
    solve(ticket_id=ticket.pk, words="", by=by, now=now + timedelta(minutes=3))
    closed = close(ticket_id=ticket.pk, by=by, now=now + timedelta(minutes=5))

    assert closed.state == State.CLOSED
    assert closed.answered_at is not None
    assert closed.answered_at - closed.opened_at == timedelta(minutes=12)
    repeated: list[Callable[[], object]] = [
        lambda: answer(
            ticket_id=ticket.pk, office_id=week.evening.tree.county.pk, words="再试", by=by, now=now
        ),
        lambda: close(ticket_id=ticket.pk, by=by, now=now),
        lambda: give_ticket(
            ticket_id=ticket.pk, office_id=week.evening.tree.county.pk, to="below", by=by, now=now
        ),
    ]
    for again in repeated:
        with pytest.raises(RuleBroken, match="ticket_closed"):
            again()


def test_an_open_ticket_is_not_closed_unsolved(week: Week) -> None:
    with pytest.raises(RuleBroken, match="ticket_not_solved"):
        close(ticket_id=ask(week).pk, by=week.county_office, now=week.at(9))


def test_a_ticket_without_words_or_cause_is_refused(week: Week) -> None:
    with pytest.raises(RuleBroken, match="help_words_missing"):
        ask(week, words="")
    with pytest.raises(RuleBroken, match="help_words_missing"):
        answer(
            ticket_id=ask(week).pk,
            office_id=week.evening.tree.county.pk,
            words=" ",
            by=week.county_office,
            now=week.at(9),
        )


def test_a_page_that_is_sent_twice_makes_one_ticket(week: Week) -> None:
    key = "0123456789ab"

    assert ask(week, key).pk == ask(week, key).pk
    assert ask(week, "another0001x").pk != ask(week, key).pk
    assert Ticket.objects.count() == 2


def test_the_key_of_somebody_elses_ticket_opens_an_own_one(week: Week) -> None:
    first = ask(week, "0123456789ab")
    tree = week.evening.tree
    by = week.actor("teacher", tree.class_one, Role.CLASS_TEACHER)

    second = open_ticket(
        about_id=tree.class_one.pk, office_id=tree.school.pk, lecture_id=None,
        problem=Problem(cause="sound", words="没有声音", key=first.public_id), by=by,
        now=week.at(6),
    )  # fmt: skip

    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.words == "进不去"


def test_two_who_answer_one_ticket_leave_one_answer(transactional_db: None) -> None:
    week = make_week()
    ticket, now = ask(week), week.at(20)

    def say(name: str) -> Callable[[], object]:
        by = Actor(username=name, user_id=week.county_office.user_id)
        return lambda: answer(
            ticket_id=ticket.pk, office_id=week.evening.tree.county.pk, words=name, by=by, now=now
        )

    assert at_once(say("甲"), say("乙")) == ["done", "ticket_answered"]
    assert AuditEntry.objects.filter(action="supervision.ticket_answered").count() == 1


def test_two_pages_sent_at_once_open_one_ticket(transactional_db: None) -> None:
    week = make_week()
    week.person("principal", week.evening.tree.school, Role.PRINCIPAL)

    ends = at_once(*[lambda: ask(week, "0123456789ab")] * 2)

    assert ends == ["done", "done"]
    assert Ticket.objects.count() == 1


def at_the_class(week: Week) -> Ticket:
    """A ticket of the class for its school, with somebody at every office above."""
    tree = week.evening.tree
    week.person("principal", tree.school, Role.PRINCIPAL)
    week.person("county", tree.county, Role.OFFICE)
    week.person("city", tree.city, Role.OFFICE)
    return open_ticket(
        about_id=tree.class_one.pk, office_id=tree.school.pk, lecture_id=week.lecture.pk,
        problem=Problem(cause="network", words="全校断网"),
        by=week.actor("teacher", tree.class_one, Role.CLASS_TEACHER), now=week.at(5),
    )  # fmt: skip


def pass_from(week: Week, ticket: Ticket, office: str, above: str, minutes: int) -> Ticket:
    tree, role = week.evening.tree, Role.PRINCIPAL if office == "school" else Role.OFFICE
    units = unit_rows([getattr(tree, above).pk], week.lecture.held_on)
    return pass_up(
        ticket_id=ticket.pk, office_id=getattr(tree, office).pk,
        above=units[getattr(tree, above).pk], words="学校解决不了",
        by=week.actor({"school": "principal"}.get(office, office), getattr(tree, office), role),
        now=week.at(minutes),
    )  # fmt: skip


def test_a_ticket_goes_up_link_by_link_and_its_time_begins_again(week: Week) -> None:
    tree, ticket = week.evening.tree, at_the_class(week)

    pass_from(week, ticket, "school", "county", 15)
    passed = pass_from(week, ticket, "county", "city", 20)
    said = answer(
        ticket_id=ticket.pk, office_id=tree.city.pk, words="运营商在修",
        by=week.actor("city", tree.city, Role.OFFICE), now=week.at(27),
    )  # fmt: skip

    assert (passed.office_id, passed.opened_at) == (tree.city.pk, week.at(5))
    assert said.answered_at is not None
    assert said.answered_at - said.asked_at == timedelta(minutes=7)
    ways = Passing.objects.order_by("pk").values_list("office", "above", "words")
    assert list(ways) == [
        (tree.school.pk, tree.county.pk, "学校解决不了"),
        (tree.county.pk, tree.city.pk, "学校解决不了"),
    ]
    assert AuditEntry.objects.filter(action="supervision.ticket_passed").count() == 2


def test_an_answer_that_did_not_help_goes_up_with_the_ticket(week: Week) -> None:
    tree, ticket = week.evening.tree, at_the_class(week)
    by = week.actor("principal", tree.school, Role.PRINCIPAL)
    answer(ticket_id=ticket.pk, office_id=tree.school.pk, words="重启路由器", by=by, now=week.at(9))

    passed = pass_from(week, ticket, "school", "county", 15)

    assert (passed.state, passed.answer, passed.answered_at) == (State.OPEN, "", None)
    kept = Passing.objects.get()
    assert (kept.answer, kept.answered_by_id, kept.answered_at) == (
        "重启路由器", by.user_id, week.at(9),
    )  # fmt: skip


def test_what_was_passed_up_is_answered_and_handed_on_by_its_new_office_alone(week: Week) -> None:
    tree, ticket = week.evening.tree, at_the_class(week)
    pass_from(week, ticket, "school", "county", 15)
    by, now = week.actor("principal", tree.school, Role.PRINCIPAL), week.at(16)

    with pytest.raises(RuleBroken, match="ticket_passed"):
        answer(ticket_id=ticket.pk, office_id=tree.school.pk, words="好", by=by, now=now)
    with pytest.raises(RuleBroken, match="ticket_passed"):
        pass_from(week, ticket, "school", "county", 16)
    with pytest.raises(RuleBroken, match="delegated_outside"):
        give_ticket(
            ticket_id=ticket.pk, office_id=tree.county.pk, to="below", by=week.county_office,
            now=now,
        )  # fmt: skip


def test_nothing_goes_up_without_a_reason_a_reader_or_a_need(week: Week) -> None:
    ticket, tree = ask(week), week.evening.tree
    above = unit_rows([tree.city.pk], week.lecture.held_on)[tree.city.pk]

    def up(words: str = "断网") -> Ticket:
        return pass_up(
            ticket_id=ticket.pk, office_id=tree.county.pk, above=above, words=words,
            by=week.county_office, now=week.at(9),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="help_words_missing"):
        up(" ")
    with pytest.raises(RuleBroken, match="nobody_above"):
        up()
    week.person("city", tree.city, Role.OFFICE)
    solve(ticket_id=ticket.pk, words="", by=week.county_office, now=week.at(8))
    with pytest.raises(RuleBroken, match="ticket_solved"):
        up()
    close(ticket_id=ticket.pk, by=week.county_office, now=week.at(9))
    with pytest.raises(RuleBroken, match="ticket_closed"):
        up()
    assert not Passing.objects.exists()


def test_the_desk_of_the_office_that_holds_it_is_told_and_the_other_no_more(week: Week) -> None:
    ticket = at_the_class(week)

    def waits(name: str) -> list[object]:
        posts = list_posts(week.people[name].pk, week.lecture.held_on)
        return [each.due_at for each in list_todos(posts, now=week.at(15))]

    assert (waits("principal"), waits("county")) == ([week.at(20)], [])
    pass_from(week, ticket, "school", "county", 15)
    assert (waits("principal"), waits("county")) == ([], [week.at(30)])


def test_two_who_pass_one_ticket_up_move_it_one_level(transactional_db: None) -> None:
    week = make_week()
    ticket = at_the_class(week)

    ends = at_once(*[lambda: pass_from(week, ticket, "school", "county", 15)] * 2)

    assert ends == ["done", "ticket_passed"]
    ticket.refresh_from_db()
    assert ticket.office_id == week.evening.tree.county.pk


def test_who_answers_while_a_colleague_passes_up_answers_for_no_other_office(
    transactional_db: None,
) -> None:
    week = make_week()
    ticket, tree = at_the_class(week), week.evening.tree
    by = week.actor("principal", tree.school, Role.PRINCIPAL)

    ends = at_once(
        lambda: pass_from(week, ticket, "school", "county", 15),
        lambda: answer(
            ticket_id=ticket.pk, office_id=tree.school.pk, words="好", by=by, now=week.at(15)
        ),
    )

    ticket.refresh_from_db()
    assert ends in (["done", "done"], ["done", "ticket_passed"])
    assert (ticket.office_id, ticket.answer) == (tree.county.pk, "")
    kept = Passing.objects.get().answer
    assert kept == ("好" if ends == ["done", "done"] else "")
