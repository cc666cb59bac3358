"""Calls: who takes them, what they need, two at once; the report and the desk (STA-3, SUP-3)."""

from collections.abc import Callable

import pytest

from mingtian.closings.queries import find_day
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import list_posts, unit_rows
from mingtian.org.rules import Role
from mingtian.supervision.actions import (
    Said,
    answer,
    finish,
    give,
    look_around,
    settle,
    take,
)
from mingtian.supervision.models import ContactTask, Ticket
from mingtian.supervision.queries import day_report, list_todos
from mingtian.supervision.rules import Cause
from mingtian.supervision.tests.conftest import Week, make_week
from mingtian.supervision.tests.deeds import ask, at_once

NETWORK = Said(cause="network", words="机房断网")


def test_a_call_is_taken_made_and_kept_with_its_cause(week: Week) -> None:
    task = week.fall()
    by = week.county_office

    take(task_id=task.pk, by=by, now=week.over)
    take(task_id=task.pk, by=by, now=week.over)
    done = finish(task_id=task.pk, said=NETWORK, by=by, now=week.over)

    assert (done.cause, done.words, done.done_by_id) == ("network", "机房断网", by.user_id)
    assert not Ticket.objects.exists()
    detail = AuditEntry.objects.get(action="supervision.task_done").detail
    assert detail["cause"] == "network"
    assert "机房断网" not in str(detail)


def test_a_problem_that_is_not_over_stays_as_a_ticket(week: Week) -> None:
    task = week.fall()

    finish(
        task_id=task.pk, said=Said(cause="code", words="码打不开", stays=True),
        by=week.county_office, now=week.over,
    )  # fmt: skip

    ticket = Ticket.objects.get()
    assert (ticket.about_id, ticket.office_id) == (task.about_id, task.owner_id)
    assert (ticket.task_id, ticket.cause, ticket.words) == (task.pk, "code", "码打不开")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(cause=""), "help_cause_missing"),
        (Said(cause="other"), "help_cause_without_words"),
        (Said(cause="code", stays=True), "help_words_missing"),
        (Said(cause="code", words="长" * 301), "help_words_too_many"),
    ],
)
def test_a_call_without_its_reason_is_refused(week: Week, said: Said, code: str) -> None:
    task = week.fall()
    with pytest.raises(RuleBroken, match=code):
        finish(task_id=task.pk, said=said, by=week.county_office, now=week.over)
    task.refresh_from_db()
    assert task.done_at is None


def test_a_call_that_was_made_is_not_made_again(week: Week) -> None:
    task = week.fall()
    finish(task_id=task.pk, said=NETWORK, by=week.county_office, now=week.over)

    repeated: list[Callable[[], object]] = [
        lambda: finish(task_id=task.pk, said=NETWORK, by=week.county_office, now=week.over),
        lambda: take(task_id=task.pk, by=week.county_office, now=week.over),
        lambda: give(task_id=task.pk, to="below", by=week.county_office, now=week.over),
    ]
    for again in repeated:
        with pytest.raises(RuleBroken, match="call_done"):
            again()


def test_nobody_calls_a_school_that_has_confirmed_meanwhile(week: Week) -> None:
    look_around(now=week.late)
    school = week.evening.tree.school
    week.confirm(school, now=week.late)
    settle(now=week.late)

    with pytest.raises(RuleBroken, match="call_settled"):
        take(
            task_id=ContactTask.objects.get(about=school, why="silent").pk,
            by=week.county_office, now=week.late,
        )  # fmt: skip


def test_a_call_is_handed_to_a_colleague_or_to_the_unit_itself(week: Week) -> None:
    task = week.fall()
    tree = week.evening.tree
    colleague = week.person("clerk", tree.county, Role.CLERK)
    week.person("principal", tree.school, Role.PRINCIPAL)

    given = give(task_id=task.pk, to=str(colleague.pk), by=week.county_office, now=week.over)
    assert (given.given_to_id, given.given_below) == (colleague.pk, False)

    given = give(task_id=task.pk, to="below", by=week.county_office, now=week.over)
    assert (given.given_to_id, given.given_below) == (None, True)


@pytest.mark.parametrize("to", ["", "0", "me", "²", "9" * 5])
def test_nobody_outside_is_handed_a_call(week: Week, to: str) -> None:
    with pytest.raises(RuleBroken, match="delegated_outside"):
        give(task_id=week.fall().pk, to=to, by=week.county_office, now=week.over)


def test_neither_a_foreign_office_nor_an_auditor_of_the_own_is_handed_a_call(week: Week) -> None:
    task, tree = week.fall(), week.evening.tree
    for name, unit, role in (
        ("far", tree.far_county, Role.OFFICE),
        ("city", tree.city, Role.OFFICE),
        ("auditor", tree.county, Role.AUDITOR),
    ):
        to = str(week.person(name, unit, role).pk)
        with pytest.raises(RuleBroken, match="delegated_outside"):
            give(task_id=task.pk, to=to, by=week.county_office, now=week.over)


def test_a_school_without_anybody_is_handed_nothing(week: Week) -> None:
    with pytest.raises(RuleBroken, match="nobody_at_unit"):
        give(task_id=week.fall().pk, to="below", by=week.county_office, now=week.over)


def test_two_who_take_one_call_leave_it_with_one(transactional_db: None) -> None:
    week = make_week()
    task = week.fall()
    one = week.county_office
    two = week.actor("clerk", week.evening.tree.county, Role.CLERK)
    now = week.over

    ends = at_once(
        lambda: take(task_id=task.pk, by=one, now=now),
        lambda: take(task_id=task.pk, by=two, now=now),
    )

    assert ends == ["call_taken", "done"]


def test_two_who_finish_one_call_keep_one_word_and_one_ticket(transactional_db: None) -> None:
    week = make_week()
    task = week.fall()
    one, now = week.county_office, week.over
    said = Said(cause="code", words="码打不开", stays=True)

    ends = at_once(*[lambda: finish(task_id=task.pk, said=said, by=one, now=now)] * 2)

    assert ends == ["call_done", "done"]
    assert Ticket.objects.count() == 1


def test_the_report_of_an_evening_counts_and_names_nobody(week: Week) -> None:
    tree = week.evening.tree
    task = week.fall()
    finish(task_id=task.pk, said=NETWORK, by=week.county_office, now=week.over)
    ticket = ask(week)
    answer(
        ticket_id=ticket.pk,
        office_id=week.evening.tree.county.pk,
        words="好",
        by=week.county_office,
        now=week.at(17),
    )
    day = find_day(week.lecture.pk)
    assert day is not None
    units = unit_rows([tree.county.pk, tree.far_county.pk, tree.county_education.pk], day.held_on)

    report = day_report(units[tree.county.pk], day)

    assert (report.units_fallen, report.alerts) == (1, 1)
    assert (report.calls, report.calls_made, report.calls_settled) == (1, 1, 0)
    assert (report.tickets, report.tickets_answered, report.tickets_solved) == (1, 1, 0)
    assert (report.response_total, report.response_median) == (720, 720)
    assert report.causes == {Cause.ACCESS: 1, Cause.NETWORK: 1}
    [figure] = report.figures
    assert (figure.counts, figure.value) == ("units_fallen", 1)
    assert day_report(units[tree.county_education.pk], day).calls == 1
    far = day_report(units[tree.far_county.pk], day)
    assert (far.alerts, far.tickets, far.response_median, far.causes) == (0, 0, None, {})


def test_the_desk_is_told_of_calls_tickets_and_nothing_of_others(week: Week) -> None:
    tree, now = week.evening.tree, week.over
    county = week.person("county", tree.county, Role.OFFICE)
    far = week.person("far", tree.far_county, Role.OFFICE)
    task = week.fall()
    ticket = ask(week)

    def waits(user_id: int) -> list[tuple[str, int]]:
        posts = list_posts(user_id, week.lecture.held_on)
        return [(each.kind, each.number) for each in list_todos(posts, now=now)]

    assert sorted(waits(county.pk)) == [("supervision.call", 1), ("supervision.ticket", 1)]
    assert waits(far.pk) == []

    clerk = week.person("clerk", tree.county, Role.CLERK)
    give(task_id=task.pk, to=str(clerk.pk), by=week.county_office, now=now)
    answer(
        ticket_id=ticket.pk,
        office_id=week.evening.tree.county.pk,
        words="好",
        by=week.county_office,
        now=now,
    )
    assert waits(county.pk) == []
    assert waits(clerk.pk) == [("supervision.call", 1)]

    principal = week.person("principal", tree.school, Role.PRINCIPAL)
    give(task_id=task.pk, to="below", by=week.county_office, now=now)
    assert waits(clerk.pk) == []
    assert waits(principal.pk) == [("supervision.call", 1)]
