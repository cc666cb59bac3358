"""Two at once: one case, one plan in force, one worker, nothing lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from mingtian.care import access, actions, queries
from mingtian.care.models import Assignment, Case, Plan
from mingtian.care.rules import Duty
from mingtian.care.tests.conftest import County, draft, make_county
from mingtian.children.access import get_child_for
from mingtian.children.actions import close_file
from mingtian.children.queries import list_over
from mingtian.children.rules import KEPT_AFTER_CLOSING, Closing
from mingtian.core.errors import RuleBroken
from mingtian.testing.make import NOW
from mingtian.vault.access import keep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowded(transactional_db: None) -> County:
    return make_county()


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Do these at the same moment, each on a connection of its own; return code or "done"."""
    gate = threading.Barrier(len(calls))
    ends: list[str] = []

    def run(call: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            call()
            ends.append("done")
        except RuleBroken as refusal:
            ends.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in calls]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return sorted(ends)


def test_two_who_open_a_case_at_once_open_one(crowded: County) -> None:
    assert at_once(crowded.open, crowded.open) == ["care_open_already", "done"]
    with keep("look"):
        assert Case.objects.count() == 1
        assert Assignment.objects.filter(ends_at=None).count() == 1


def test_two_who_write_the_plan_at_once_lose_nothing(crowded: County) -> None:
    case = crowded.open()
    crowded.assess(case)
    version = crowded.fresh(case).version

    def write() -> None:
        crowded.act(crowded.worker, case, actions.save_plan, draft(), version=version)

    assert at_once(write, write) == ["care_changed_meanwhile", "done"]
    with keep("look"):
        assert Plan.objects.count() == 1


def test_accepting_and_taking_back_at_once_leaves_one_worker(crowded: County) -> None:
    case = crowded.open()
    asked = crowded.act(crowded.worker, case, actions.ask_transfer, user_id=crowded.town_worker.pk)

    def accept() -> None:
        crowded.act(crowded.town_worker, case, actions.accept_transfer, asked)

    def take_back() -> None:
        crowded.act(crowded.worker, case, actions.end_transfer, asked)

    ends = at_once(accept, take_back)
    assert ends == ["care_handover_gone", "done"]
    with keep("look"):
        (lead,) = Assignment.objects.filter(duty=Duty.LEAD, ends_at=None)
        assert lead.user_id == Case.objects.get().worker_id


def test_the_same_page_sent_twice_at_once_makes_one(crowded: County) -> None:
    case = crowded.planned()
    wanted = actions.Wanted(
        kind="schooling", area="study", due_on=case.opened_at.date(), key="0123456789ab"
    )

    def send() -> None:
        crowded.act(crowded.worker, case, actions.add_service, wanted)

    assert at_once(send, send) == ["done", "done"]
    with crowded.enter(crowded.worker) as door:
        place = access.get_case_for(door, case.public_id)
        assert place.due_on == case.opened_at.date()


def test_a_file_closed_while_a_case_is_opened_is_open_in_the_end(crowded: County) -> None:
    def close() -> None:
        with crowded.enter(crowded.worker) as door:
            close_file(door, get_child_for(door, crowded.number), Closing.NO_LONGER)

    assert "done" in at_once(crowded.open, close)
    with pytest.raises(RuleBroken, match="care_case_still_open"):
        close()
    with keep("look"):
        assert queries.find_open_case(crowded.child)
        assert list_over(NOW + KEPT_AFTER_CLOSING) == []
