"""Who works in a case, and how it changes hands (AID-1)."""

from datetime import timedelta

import pytest
from django.http import Http404

from mingtian.care import access, actions, pages
from mingtian.care.models import Assignment, Case, Transfer
from mingtian.care.rules import Duty
from mingtian.care.tests.conftest import County
from mingtian.children.access import get_child_for, get_child_to_settle
from mingtian.children.actions import move, settle, take_up
from mingtian.children.models import Stay
from mingtian.children.queries.parts import list_far
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.actions import end_post
from mingtian.org.models import Post
from mingtian.org.rules import Role
from mingtian.testing.make import ACTOR, NOW
from mingtian.vault.access import TurnedAway, keep
from mingtian.vault.rules import FieldClass

LATER = NOW + timedelta(days=1)


def ask(county: County, case: Case) -> Transfer:
    asked = county.act(county.worker, case, actions.ask_transfer, user_id=county.town_worker.pk)
    assert isinstance(asked, Transfer)
    return asked


def test_a_case_changes_hands_when_it_is_accepted_and_not_before(county: County) -> None:
    case = county.open()
    asked = ask(county, case)
    assert county.fresh(case).worker_id == county.worker.pk
    with pytest.raises(TurnedAway), county.enter(county.town_worker) as door:
        door.keys([county.child], [FieldClass.NAME])
    county.act(county.town_worker, case, actions.accept_transfer, asked, now=LATER)
    assert county.fresh(case).worker_id == county.town_worker.pk
    with county.enter(county.town_worker, now=LATER) as door:
        door.keys([county.child], [FieldClass.NAME])
    with pytest.raises(TurnedAway), county.enter(county.worker, now=LATER) as door:
        door.keys([county.child], [FieldClass.NAME])
    with keep("look"):
        assert list(
            Assignment.objects.order_by("pk").values_list("user_id", "duty", "ends_at")
        ) == [(county.worker.pk, "lead", LATER), (county.town_worker.pk, "lead", None)]


def test_accepting_twice_is_once(county: County) -> None:
    case = county.open()
    asked = ask(county, case)
    for _ in range(2):
        county.act(county.town_worker, case, actions.accept_transfer, asked)
    with keep("look"):
        assert Assignment.objects.filter(duty=Duty.LEAD, ends_at=None).count() == 1


def test_a_case_is_handed_to_nobody_outside_the_line(county: County) -> None:
    case = county.open()
    for outside in (county.far_worker, county.town, county.counsellor):
        with pytest.raises(RuleBroken, match="care_handover_outside"):
            county.act(county.worker, case, actions.ask_transfer, user_id=outside.pk)
    with pytest.raises(RuleBroken, match="care_handover_outside"):
        county.act(county.worker, case, actions.add_second, user_id=county.far_worker.pk)


def test_whoever_has_left_the_line_meanwhile_does_not_take_over(county: County) -> None:
    case = county.open()
    asked = ask(county, case)
    post = Post.objects.get(user=county.town_worker)
    end_post(post=post, ends_on=NOW.date() + timedelta(days=1), actor=ACTOR, now=NOW)
    with pytest.raises(Http404):
        county.act(
            county.town_worker, case, actions.accept_transfer, asked, now=NOW + timedelta(days=2)
        )
    assert county.fresh(case).worker_id == county.worker.pk


def test_a_declined_hand_over_is_over(county: County) -> None:
    case = county.open()
    asked = ask(county, case)
    other = county.person("other", county.tree.county, Role.CASE_WORKER)
    with pytest.raises(RuleBroken, match="care_handover_waits"):
        county.act(county.worker, case, actions.ask_transfer, user_id=other.pk)
    county.act(county.town_worker, case, actions.end_transfer, asked)
    with pytest.raises(RuleBroken, match="care_handover_gone"):
        county.act(county.town_worker, case, actions.accept_transfer, asked)
    again = ask(county, case)
    county.act(county.town_worker, case, actions.accept_transfer, again)
    with pytest.raises(RuleBroken, match="care_handover_gone"):
        county.act(county.town_worker, case, actions.end_transfer, again)


def test_an_office_gives_the_case_of_somebody_who_left_to_another(county: County) -> None:
    case = county.open()
    asked = county.act(county.town, case, actions.ask_transfer, user_id=county.town_worker.pk)
    county.act(county.town_worker, case, actions.accept_transfer, asked)
    assert county.fresh(case).worker_id == county.town_worker.pk
    county.act(county.town, case, actions.bring_counsellor, user_id=county.counsellor.pk)


def test_an_office_calls_off_what_another_asked_who_has_gone(county: County) -> None:
    case = county.open()
    asked = county.act(county.town, case, actions.ask_transfer, user_id=county.town_worker.pk)
    other = county.person("other", county.tree.county, Role.CASE_WORKER)
    with county.enter(county.county) as door:
        row, place = access.get_transfer_to_end(door, asked.public_id)  # type: ignore[attr-defined]
        actions.end_transfer(door, place, row)
    county.act(county.county, case, actions.ask_transfer, user_id=other.pk)


def test_what_the_next_should_know_is_read_by_the_next_alone(county: County) -> None:
    case = county.open()
    asked = county.act(
        county.worker, case, actions.ask_transfer, user_id=county.town_worker.pk,
        words="祖母耳背，要大声说",
    )  # fmt: skip
    with keep("look"):
        words = Transfer.objects.get().words
    assert words is not None
    assert "祖母".encode() not in bytes(words)
    county.act(county.town_worker, case, actions.accept_transfer, asked)
    with county.enter(county.town_worker) as door:
        place = access.get_case_to_read(door, case.public_id)
        seal = door.keys([county.child], [FieldClass.SITUATION])[county.child]
        (told,) = pages.file_of(door, place, seal).handovers
    assert told.words == "祖母耳背，要大声说"


def test_a_second_worker_reads_until_it_is_ended(county: County) -> None:
    case = county.open()
    own = county.act(county.worker, case, actions.add_second, user_id=county.town_worker.pk)
    assert isinstance(own, Assignment)
    with county.enter(county.town_worker) as door:
        door.keys([county.child], [FieldClass.SITUATION])
    for _ in range(2):
        county.act(county.worker, case, actions.end_duty, own, now=LATER)
    with pytest.raises(TurnedAway), county.enter(county.town_worker, now=LATER) as door:
        door.keys([county.child], [FieldClass.SITUATION])
    assert AuditEntry.objects.filter(action="care.work_ended").count() == 1, "ended twice is once"


def test_the_worker_is_no_second_and_does_not_end_alone(county: County) -> None:
    case = county.open()
    with pytest.raises(RuleBroken, match="care_works_already"):
        county.act(county.worker, case, actions.add_second, user_id=county.worker.pk)
    with pytest.raises(RuleBroken, match="care_works_already"):
        county.act(county.worker, case, actions.ask_transfer, user_id=county.worker.pk)
    with keep("look"):
        lead = Assignment.objects.get()
    with pytest.raises(RuleBroken, match="care_lead_stays"):
        county.act(county.worker, case, actions.end_duty, lead)


def test_only_a_counsellor_of_the_school_is_brought_in(county: County) -> None:
    case = county.open()
    far = county.person("far", county.tree.far_school, Role.COUNSELLOR)
    with pytest.raises(RuleBroken, match="care_counsellor_elsewhere"):
        county.act(county.worker, case, actions.bring_counsellor, user_id=far.pk)
    for _ in range(2):
        county.act(county.worker, case, actions.bring_counsellor, user_id=county.counsellor.pk)
    with keep("look"):
        assert Assignment.objects.filter(duty=Duty.COUNSELLOR).count() == 1
    with pytest.raises(TurnedAway), county.enter(county.counsellor) as door:
        door.keys([county.child], [FieldClass.SITUATION])


def test_a_hand_over_is_nobody_elses(county: County) -> None:
    case = county.open()
    asked = ask(county, case)
    for other in (county.far_worker, county.counsellor, county.county):
        with pytest.raises(Http404), county.enter(other) as door:
            access.get_transfer_for(door, asked.public_id)


def test_after_a_move_the_new_place_ends_a_seconds_work_and_not_the_leads(county: County) -> None:
    """A worker's case is handed over first; until then nothing of the decision is kept."""
    case = county.open()
    county.act(county.worker, case, actions.add_second, user_id=county.town_worker.pk)
    near = county.person("near", county.tree.far_county, Role.CASE_WORKER)
    office = county.person("new office", county.tree.far_county, Role.OFFICE)
    with county.enter(county.worker) as door:
        row = get_child_for(door, access.get_case_for(door, case.public_id).child)
        move(door, row, unit_id=county.tree.far_county.pk, school_id=None)

    def settle_all(*, lead_stays: bool) -> None:
        with county.enter(office) as door:
            row = get_child_to_settle(door, county.number)
            far = list_far(door, row.id)
            lead = f"worker-{county.worker.pk}"
            settle(door, row, {each.key: lead_stays and each.key == lead for each in far})

    with county.enter(near) as door:
        take_up(door, county.child, county.number)
    with pytest.raises(RuleBroken, match="care_lead_stays"):
        settle_all(lead_stays=False)
    with keep("look"):
        assert Assignment.objects.filter(ends_at=None).count() == 2
        assert not Stay.objects.exists()
    settle_all(lead_stays=True)
    with keep("look"):
        assert Assignment.objects.get(ends_at=None).duty == Duty.LEAD
        assert Stay.objects.get().user_id == county.worker.pk
