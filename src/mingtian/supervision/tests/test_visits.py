"""Visits to schools: the yearly cap whoever comes, notice, findings, follow-ups (SUP-2)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.queries import UnitRow, list_posts
from mingtian.org.rules import Line, Role
from mingtian.supervision.actions import (
    Plan,
    ToDo,
    call_off,
    do_follow_up,
    follow_up,
    keep_findings,
    plan_visit,
)
from mingtian.supervision.models import FollowUp, Visit
from mingtian.supervision.queries import list_todos
from mingtian.supervision.queries.help import list_visits, visits_of_year
from mingtian.supervision.tests.conftest import BY, Week, make_week
from mingtian.supervision.tests.deeds import at_once

NOW = datetime(2023, 9, 21, 2, 0, tzinfo=UTC)
TODAY = date(2023, 9, 21)
LATER = datetime(2023, 11, 6, 2, 0, tzinfo=UTC)


def plan(
    week: Week, visitor: Unit, school: Unit | None, *, kind: str = "comprehensive",
    at: datetime = LATER, announced_on: date | None = TODAY, purpose: str = "帮老人登录",
    now: datetime = NOW,
) -> Visit:  # fmt: skip
    row: UnitRow | None = week.row(school) if school else None
    wish = Plan(
        kind=kind, role=Role.OFFICE, visits_at=at, announced_on=announced_on, purpose=purpose
    )
    return plan_visit(school=row, visitor=week.row(visitor), plan=wish, by=BY, now=now)


def test_a_school_is_supervised_once_a_year_whoever_comes(week: Week) -> None:
    tree = week.evening.tree
    plan(week, tree.county, tree.school)

    for visitor in (tree.city, tree.county_education, tree.county):
        with pytest.raises(RuleBroken, match="visit_above_cap") as refused:
            plan(week, visitor, tree.school, at=LATER + timedelta(days=3))
        assert refused.value.facts == {"norm": "教师厅〔2025〕2号", "year": 2023}

    plan(week, tree.city, tree.other_school)
    plan(week, tree.city, tree.school, at=LATER + timedelta(days=365))
    assert AuditEntry.objects.filter(action="supervision.visit_refused").count() == 3


def test_the_year_is_that_of_the_visit_in_shanghai(week: Week) -> None:
    tree = week.evening.tree
    new_year = datetime(2023, 12, 31, 17, 0, tzinfo=UTC)
    plan(week, tree.county, tree.school)

    assert plan(week, tree.county, tree.school, at=new_year).year == 2024


def test_visits_to_help_are_counted_apart(week: Week) -> None:
    tree = week.evening.tree
    plan(week, tree.county, tree.school)
    for days in range(3):
        plan(week, tree.county, tree.school, kind="helping", at=NOW + timedelta(days=days))

    path = f"{tree.city.pk}"
    year = visits_of_year(path, Line.LEADS, TODAY)

    assert (year.comprehensive, year.helping, year.schools) == (1, 3, 1)
    assert len(list_visits(path, Line.LEADS, TODAY)) == 4


def test_a_visit_that_is_called_off_frees_the_year(week: Week) -> None:
    tree = week.evening.tree
    visit = plan(week, tree.county, tree.school)

    call_off(visit_id=visit.pk, by=BY, now=NOW)
    call_off(visit_id=visit.pk, by=BY, now=NOW)
    plan(week, tree.city, tree.school)

    assert Visit.objects.filter(called_off_at=None).count() == 1


def test_planning_the_same_hour_twice_is_planning_once(week: Week) -> None:
    tree = week.evening.tree

    assert plan(week, tree.county, tree.school) == plan(week, tree.county, tree.school)


def test_no_school_is_supervised_without_a_months_notice(week: Week) -> None:
    tree = week.evening.tree
    with pytest.raises(RuleBroken, match="visit_without_notice") as refused:
        plan(week, tree.county, tree.school, at=NOW + timedelta(days=20))
    assert refused.value.facts["earliest"] == date(2023, 10, 21)


def test_a_visit_to_help_says_with_what(week: Week) -> None:
    tree = week.evening.tree
    with pytest.raises(RuleBroken, match="visit_without_purpose"):
        plan(week, tree.county, tree.school, kind="helping", purpose=" ")


def test_a_school_out_of_reach_and_one_that_is_not_are_refused_alike(week: Week) -> None:
    tree = week.evening.tree
    for school in (tree.far_school, None):
        with pytest.raises(RuleBroken, match="visit_foreign_school"):
            plan(week, tree.county, school)
    plan(week, tree.county_education, tree.school)


def test_a_township_comes_to_help_only(week: Week) -> None:
    tree = week.evening.tree
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE org_placement AS p SET superior_id = t.unit_id, path = t.path || p.unit_id::text"
            " FROM org_placement AS t WHERE t.unit_id = %s AND p.unit_id = %s AND p.line = 'leads'"
            " AND t.line = 'leads'",
            [tree.town.pk, tree.other_school.pk],
        )
    with pytest.raises(RuleBroken, match="visit_not_of_township"):
        plan(week, tree.town, tree.other_school)
    plan(week, tree.town, tree.other_school, kind="helping")


def test_two_who_plan_the_years_supervision_at_once_make_one(transactional_db: None) -> None:
    week = make_week()
    tree = week.evening.tree

    ends = at_once(
        lambda: plan(week, tree.county, tree.school),
        lambda: plan(week, tree.city, tree.school, at=LATER + timedelta(days=1)),
    )

    assert ends == ["done", "visit_above_cap"]
    assert Visit.objects.count() == 1


def test_findings_and_what_follows_are_kept(week: Week) -> None:
    tree = week.evening.tree
    visit = plan(week, tree.county, tree.school, kind="helping", at=NOW)
    to_do = ToDo(words="换网线", owner_id=tree.school.pk, due_on=TODAY)

    keep_findings(visit_id=visit.pk, findings="机房网络旧", by=BY, now=NOW)
    made = follow_up(visit_id=visit.pk, to_do=to_do, by=BY, now=NOW)
    assert follow_up(visit_id=visit.pk, to_do=to_do, by=BY, now=NOW) == made

    principal = week.person("principal", tree.school, Role.PRINCIPAL)
    posts = list_posts(principal.pk, TODAY)
    [todo] = list_todos(posts, now=NOW)
    assert todo.kind == "supervision.follow_up"
    assert todo.address.endswith(visit.public_id)

    do_follow_up(follow_up_id=made.pk, by=BY, now=NOW)
    do_follow_up(follow_up_id=made.pk, by=BY, now=NOW + timedelta(days=1))
    assert FollowUp.objects.get().done_at == NOW
    assert list_todos(posts, now=NOW) == []
    with pytest.raises(RuleBroken, match="visit_over"):
        call_off(visit_id=visit.pk, by=BY, now=NOW)


def test_what_does_not_fit_a_visit_is_refused(week: Week) -> None:
    tree = week.evening.tree
    visit = plan(week, tree.county, tree.school)
    with pytest.raises(RuleBroken, match="visit_still_ahead"):
        keep_findings(visit_id=visit.pk, findings="都好", by=BY, now=NOW)
    outside = ToDo(words="换网线", owner_id=tree.far_school.pk, due_on=TODAY)
    with pytest.raises(RuleBroken, match="follow_up_outside"):
        follow_up(visit_id=visit.pk, to_do=outside, by=BY, now=NOW)
    undated = ToDo(words="换网线", owner_id=tree.school.pk, due_on=None)
    with pytest.raises(RuleBroken, match="visit_follow_up_without_day"):
        follow_up(visit_id=visit.pk, to_do=undated, by=BY, now=NOW)
    call_off(visit_id=visit.pk, by=BY, now=NOW)
    with pytest.raises(RuleBroken, match="visit_called_off"):
        keep_findings(visit_id=visit.pk, findings="都好", by=BY, now=LATER)
