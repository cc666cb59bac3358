"""Services, milestones, the parents' contact, liaison (AID-6, AID-7)."""

from datetime import timedelta

import pytest
from django.db import transaction

from mingtian.care import actions
from mingtian.care.actions import Looked, Met, Told, Wanted
from mingtian.care.models import Contact, Liaison, Milestone, Service
from mingtian.care.tests.conftest import POINTS, TODAY, County
from mingtian.core.errors import RuleBroken
from mingtian.testing.make import NOW
from mingtian.vault.access import keep

WEEK = timedelta(days=7)


def test_points_that_are_missing_are_refused(county: County) -> None:
    case = county.open()
    told = Told(points={"safety": 1}, words="不全")
    with pytest.raises(RuleBroken, match="care_points_missing"):
        county.act(county.worker, case, actions.assess, told)
    with pytest.raises(RuleBroken, match="care_words_missing"):
        county.act(county.worker, case, actions.assess, Told(points=POINTS, words=" "))
    with pytest.raises(RuleBroken, match="care_words_too_long"):
        county.act(county.worker, case, actions.assess, Told(points=POINTS, words="长" * 2001))


def test_a_service_is_due_on_a_day_to_come_and_done_on_a_day_that_was(county: County) -> None:
    case = county.planned()
    wanted = Wanted(kind="schooling", area="study", due_on=TODAY - timedelta(days=1))
    with pytest.raises(RuleBroken, match="care_day_past"):
        county.act(county.worker, case, actions.add_service, wanted)
    with pytest.raises(RuleBroken, match="care_choose"):
        county.act(
            county.worker, case, actions.add_service,
            Wanted(kind="money", area="study", due_on=TODAY),
        )  # fmt: skip
    own = county.service(case)
    for on, code in (
        (TODAY + timedelta(days=1), "care_day_to_come"),
        (TODAY - timedelta(days=1), "care_day_too_early"),
        (None, "care_day_missing"),
    ):
        with pytest.raises(RuleBroken, match=code):
            county.act(
                county.worker, case, actions.finish_service, own, done_on=on, outcome="done",
                words="",
            )  # fmt: skip


def test_a_service_that_was_called_off_is_not_done(county: County) -> None:
    case = county.planned()
    own = county.service(case)
    county.act(county.worker, case, actions.call_off_service, own)
    with pytest.raises(RuleBroken, match="care_service_over"):
        county.act(
            county.worker, case, actions.finish_service, own, done_on=TODAY, outcome="done",
            words="",
        )  # fmt: skip
    assert county.fresh(case).due_on == TODAY + timedelta(days=90), "the review is next"


def test_the_first_to_say_what_came_of_it_is_kept(county: County) -> None:
    case = county.planned()
    own = county.service(case)
    for outcome in ("done", "partly"):
        county.act(
            county.worker, case, actions.finish_service, own, done_on=TODAY, outcome=outcome,
            words="",
        )  # fmt: skip
    with keep("look"):
        assert Service.objects.get().outcome == "done"
    with pytest.raises(RuleBroken, match="care_service_over"):
        county.act(county.worker, case, actions.call_off_service, own)


def test_a_review_says_when_to_look_again(county: County) -> None:
    case = county.planned()
    looked = Looked(held_on=TODAY, outcome="go_on", words="好些")
    with pytest.raises(RuleBroken, match="care_day_missing"):
        county.act(county.worker, case, actions.hold_review, looked)
    looked = Looked(held_on=TODAY, outcome="go_on", words="好些", next_on=TODAY + 4 * WEEK)
    county.act(county.worker, case, actions.hold_review, looked)
    assert county.fresh(case).due_on == TODAY + 4 * WEEK


def test_assistance_comes_in_its_order(county: County) -> None:
    case = county.open()
    with pytest.raises(RuleBroken, match="care_milestone_order"):
        county.act(county.worker, case, actions.reach_milestone, kind="first_payment", on=TODAY)
    for kind, days in (("applied", 30), ("approved", 20), ("first_payment", 10)):
        county.act(
            county.worker, case, actions.reach_milestone, kind=kind,
            on=TODAY - timedelta(days=days),
        )  # fmt: skip
    with pytest.raises(RuleBroken, match="care_milestone_order"):
        county.act(county.worker, case, actions.reach_milestone, kind="approved", on=TODAY)
    for _ in range(2):
        county.act(county.worker, case, actions.reach_milestone, kind="guardian", on=TODAY)
    with keep("look"):
        assert Milestone.objects.count() == 4


def test_silent_parents_are_seen_after_a_week(county: County) -> None:
    case = county.open(watched=True)

    def is_silent(days: int) -> bool:
        from mingtian.care import access

        with county.enter(county.worker, now=NOW + timedelta(days=days)) as door:
            return access.get_case_for(door, case.public_id).is_silent

    assert [is_silent(days) for days in (0, 7, 8)] == [False, False, True]
    later = NOW + timedelta(days=8)
    county.act(county.worker, case, actions.note_contact, way="none", on=later.date(), now=later)
    assert is_silent(8), "that nobody called is no contact"
    county.act(county.worker, case, actions.note_contact, way="video", on=later.date(), now=later)
    assert not is_silent(8)
    county.act(county.worker, case, actions.note_contact, way="none", on=later.date(), now=later)
    assert not is_silent(8), "a week with a contact stays one"
    with keep("look"):
        assert Contact.objects.count() == 1


def test_a_try_is_not_a_contact_and_words_are_sealed(county: County) -> None:
    case = county.open()
    met = Met(kind="home_visit", held_on=TODAY, reached=False, words="家中无人")
    county.act(county.worker, case, actions.note_liaison, met)
    with keep("look"):
        own = Liaison.objects.get()
    assert not own.reached
    assert own.words is not None
    assert "家中无人".encode() not in bytes(own.words)


def test_a_counsellor_without_an_open_case_is_told_whom_to_ask(county: County) -> None:
    from mingtian.care import access
    from mingtian.vault.actions import give_part
    from mingtian.vault.rules import Part

    with county.enter(county.worker) as door:
        give_part(
            door, county.child, user_id=county.counsellor.pk, part=Part.COUNSELLOR, source="test:1"
        )
    met = Met(kind="truancy", held_on=TODAY, reached=True)
    with county.enter(county.counsellor) as door:
        place = access.get_child_for(door, county.number)
        with pytest.raises(RuleBroken, match="care_no_case"), transaction.atomic():
            actions.note_truancy(door, place, met)
