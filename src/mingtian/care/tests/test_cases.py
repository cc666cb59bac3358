"""A case from its opening to its closing, and what refuses (AID-1)."""

from datetime import timedelta

import pytest
from django.http import Http404

from mingtian.care import access, actions
from mingtian.care.actions import Looked
from mingtian.care.models import Assignment, Case, Plan, Service
from mingtian.care.rules import Duty, State
from mingtian.care.tests.conftest import TODAY, County, draft, make_county
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import agree
from mingtian.testing.make import NOW
from mingtian.vault.access import keep
from mingtian.vault.actions import erase, move
from mingtian.vault.models import Child, Reading
from mingtian.vault.rules import FileState

LATER = NOW + timedelta(days=30)


def test_a_case_comes_from_found_to_closed_by_what_is_there(county: County) -> None:
    case = county.open()
    assert (case.number[:5], county.fresh(case).state) == ("2023-", State.FOUND)
    county.assess(case)
    assert (county.fresh(case).state, county.fresh(case).risk) == (State.ASSESSED, "medium")
    county.plan(case)
    assert county.fresh(case).state == State.CONSENTED
    county.approve(case)
    assert county.fresh(case).state == State.PLANNED
    service = county.service(case)
    assert isinstance(service, Service)
    assert county.fresh(case).due_on == service.due_on
    county.act(
        county.worker, case, actions.finish_service, service, done_on=TODAY, outcome="done",
        words="辅导了四次",
    )  # fmt: skip
    assert county.fresh(case).state == State.SERVED
    looked = Looked(held_on=TODAY, outcome="close", words="目标达成")
    county.act(county.worker, case, actions.hold_review, looked)
    reviewed = county.fresh(case)
    assert (reviewed.state, reviewed.due_on) == (State.REVIEWED, None)
    county.act(
        county.worker, case, actions.close_case, reason="goals_met", version=reviewed.version
    )
    closed = county.fresh(case)
    assert (closed.state, closed.closed_for) == (State.CLOSED, "goals_met")
    with keep("look"):
        assert Child.objects.get(pk=county.child).state == FileState.CLOSED
        assert not Assignment.objects.filter(case=case, ends_at=None).exists()


def test_a_newer_plan_begins_the_way_again_when_it_is_approved(county: County) -> None:
    case = county.planned()
    looked = Looked(held_on=TODAY, outcome="change_plan", words="换个法子", next_on=TODAY)
    county.act(county.worker, case, actions.hold_review, looked)
    county.plan(case, now=LATER)
    assert county.fresh(case).state == State.REVIEWED, (
        "the old plan rules until the new is approved"
    )
    county.approve(case, now=LATER)
    assert county.fresh(case).state == State.PLANNED
    with keep("look"):
        assert list(Plan.objects.order_by("version").values_list("version", "state")) == [
            (1, "replaced"), (2, "approved"),
        ]  # fmt: skip


def test_a_child_has_one_open_case(county: County) -> None:
    county.open()
    with pytest.raises(RuleBroken, match="care_open_already"):
        county.open()
    with county.enter(county.worker) as door:
        seen = access.get_child_for(door, county.number)
    assert seen.case_id is not None


def test_nobody_opens_the_case_of_a_child_elsewhere(county: County) -> None:
    with pytest.raises(Http404), county.enter(county.far_worker) as door:
        access.get_child_to_open(door, county.number)


def test_without_consent_nothing_is_assessed_or_planned(db: None) -> None:
    county = make_county(consents=())
    case = county.open()
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        county.assess(case)
    assert county.fresh(case).state == State.FOUND


def test_withdrawn_consent_stops_the_plan_and_not_the_report_of_duty(county: County) -> None:
    from mingtian.children.actions import withdraw_consent
    from mingtian.children.queries import list_consents

    case = county.open()
    county.assess(case)
    with county.enter(county.worker) as door:
        for consent in list_consents(county.child):
            withdraw_consent(door, county.child, consent.public_id)
    with pytest.raises(RuleBroken, match="children_consent_withdrawn"):
        county.plan(case)
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        actions.report_duty(door, place, actions.Alarm(told=["police"], words="身上有伤"))


def test_a_plan_follows_an_assessment(county: County) -> None:
    with pytest.raises(RuleBroken, match="care_not_assessed"):
        county.plan(county.open())


def test_services_and_reviews_need_an_approved_plan(county: County) -> None:
    case = county.open()
    county.assess(case)
    with pytest.raises(RuleBroken, match="care_not_planned"):
        county.service(case)
    looked = Looked(held_on=TODAY, outcome="go_on", words="好些", next_on=TODAY)
    with pytest.raises(RuleBroken, match="care_not_planned"):
        county.act(county.worker, case, actions.hold_review, looked)


def test_whoever_wrote_a_plan_does_not_approve_it(county: County) -> None:
    from mingtian.org.actions import PostSpec, give_post
    from mingtian.org.rules import Role
    from mingtian.testing.make import ACTOR, OPENED_ON

    spec = PostSpec(user=county.worker, unit=county.tree.village, role=Role.OFFICE)
    give_post(spec=spec, starts_on=OPENED_ON, actor=ACTOR, now=NOW)
    case = county.open()
    county.assess(case)
    plan = county.plan(case)
    with pytest.raises(RuleBroken, match="care_own_plan"):
        county.act(county.worker, case, actions.approve_plan, plan)


def test_a_plan_that_was_given_back_waits_for_no_decision(county: County) -> None:
    case = county.open()
    county.assess(case)
    plan = county.plan(case)
    county.act(county.town, case, actions.return_plan, plan)
    assert county.fresh(case).plan_state == "returned"
    with pytest.raises(RuleBroken, match="care_plan_not_waiting"):
        county.act(county.town, case, actions.approve_plan, plan)
    county.plan(case)
    county.approve(case)
    assert county.fresh(case).state == State.PLANNED


def test_two_who_change_a_plan_at_once_see_it(county: County) -> None:
    case = county.open()
    county.assess(case)
    version = county.fresh(case).version
    county.act(county.worker, case, actions.save_plan, draft(), version=version)
    with pytest.raises(RuleBroken, match="care_changed_meanwhile"):
        county.act(county.worker, case, actions.save_plan, draft(), version=version)


def test_goals_met_are_seen_at_a_review(county: County) -> None:
    case = county.planned()
    version = county.fresh(case).version
    with pytest.raises(RuleBroken, match="care_not_reviewed"):
        county.act(county.worker, case, actions.close_case, reason="goals_met", version=version)
    county.service(case)
    county.act(county.worker, case, actions.close_case, reason="moved_away", version=version)
    with keep("look"):
        assert Service.objects.get().called_off_at is not None


def test_a_closed_case_takes_nothing_more_until_it_is_opened_again(county: County) -> None:
    case = county.planned()
    version = county.fresh(case).version
    county.act(county.worker, case, actions.close_case, reason="moved_away", version=version)
    with pytest.raises(RuleBroken, match="care_closed"):
        county.assess(case)
    with pytest.raises(RuleBroken, match="care_closed"):
        county.act(county.worker, case, actions.close_case, reason="of_age", version=version + 1)
    county.act(county.town_worker, case, actions.reopen_case)
    again = county.fresh(case)
    assert (again.state, again.worker_id) == (State.PLANNED, county.town_worker.pk)
    with county.enter(county.town_worker) as door:
        assert access.get_case_to_write(door, case.public_id).works
    with pytest.raises(Http404), county.enter(county.worker) as door:
        access.get_case_to_read(door, case.public_id)


def test_of_an_erased_child_stays_a_number_and_nothing_is_added(county: County) -> None:
    case = county.planned()
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        actions.report_duty(door, place, actions.Alarm(told=["police"], words="身上有伤"))
    erase(county.child, basis="guardian", now=NOW, actor="system:test")
    with keep("look"):
        left = Case.objects.get(pk=case.pk)
        assert (left.number, left.closed_for, left.worker_id) == (case.number, "erased", None)
        assert Plan.objects.count() == 0
        from mingtian.care.models import Report

        report = Report.objects.get()
        assert (report.words, report.told) == (None, ["police"])
    with pytest.raises(RuleBroken, match="care_erased"):
        county.act(county.town_worker, case, actions.reopen_case)
    with pytest.raises(RuleBroken, match="care_erased"):
        county.assess(case)


def test_a_case_follows_its_child_to_another_place(county: County) -> None:
    case = county.open()
    with county.enter(county.worker) as door:
        move(door, county.child, unit_id=county.tree.town.pk, school_id=None)
    assert county.fresh(case).unit_id == county.tree.town.pk


def test_reading_a_file_is_noted(county: County) -> None:
    case = county.open()
    with keep("look"):
        before = Reading.objects.count()
    county.assess(case)
    with keep("look"):
        assert Reading.objects.count() > before
        assert Reading.objects.latest("pk").classes == "health,situation"


def test_duties_are_dated(county: County) -> None:
    case = county.open()
    with keep("look"):
        own = Assignment.objects.get(case=case)
    assert (own.user_id, own.duty, own.at, own.ends_at) == (
        county.worker.pk, Duty.LEAD, NOW, None,
    )  # fmt: skip


def test_consent_comes_later_than_the_case(db: None) -> None:
    from mingtian.children.rules import ConsentPurpose

    county = make_county(consents=())
    case = county.open()
    with county.enter(county.worker) as door:
        agree(door, county.child, ConsentPurpose.CASE_WORK)
    county.assess(case)
    assert county.fresh(case).state == State.ASSESSED
