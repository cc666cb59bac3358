"""Notes by hand: a basis of its own, undone with a trail, refused where it cannot be true."""

from datetime import timedelta

import pytest

from mingtian.attendance.actions.by_hand import note_by_hand, undo_note
from mingtian.attendance.models import ByHand
from mingtian.attendance.queries import differences, recount
from mingtian.attendance.queries.by_hand import list_notes_at, list_notes_of
from mingtian.attendance.rules import How
from mingtian.campaigns.models import Campaign
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.people.models import Departed
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, DAY, make_person

MINUTE_20 = STARTS + timedelta(minutes=20)


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


def note(evening: Evening, child: int = 0, how: How = How.TELEPHONE) -> ByHand:
    return note_by_hand(
        person_id=evening.pupils[child].pk, lecture_id=evening.lecture.pk, how=how,
        now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip


def undo(evening: Evening, child: int = 0) -> bool:
    return undo_note(
        person_id=evening.pupils[child].pk, lecture_id=evening.lecture.pk,
        now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip


def test_a_note_stands_beside_what_phones_recorded(evening: Evening) -> None:
    made = note(evening)

    child = evening.pupils[0].pk
    assert list_notes_at(lecture_id=evening.lecture.pk, person_ids=[child])[child].how == made.how
    assert recount(evening.lecture.pk) == {}
    assert differences(evening.lecture.pk) == []


def test_a_second_note_is_refused(evening: Evening) -> None:
    note(evening)

    with pytest.raises(RuleBroken, match="noted_already"):
        note(evening, how=How.PAPER)


def test_an_undone_note_leaves_a_trail_and_may_be_made_again(evening: Evening) -> None:
    note(evening)

    assert undo(evening)
    assert not undo(evening)
    note(evening, how=How.PAPER)

    assert [row.how for row in list_notes_of([evening.pupils[0].pk])] == [How.PAPER]
    assert ByHand.objects.count() == 2
    trail = AuditEntry.objects.filter(action__startswith="attendance.").order_by("pk")
    assert list(trail.values_list("action", flat=True)) == [
        "attendance.noted", "attendance.note_undone", "attendance.noted",
    ]  # fmt: skip


def test_a_note_about_a_family_that_withdrew_since_can_be_taken_back(evening: Evening) -> None:
    note(evening)
    Departed.objects.create(person=evening.pupils[0].pk, household=1, at=MINUTE_20)

    assert undo(evening)
    assert not ByHand.objects.filter(undone_at=None).exists()


def test_before_the_doors_open_nobody_can_have_come(evening: Evening) -> None:
    with pytest.raises(RuleBroken, match="lecture_ahead"):
        note_by_hand(
            person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, how=How.PAPER,
            now=evening.lecture.doors_at - timedelta(seconds=1), actor=ACTOR,
        )  # fmt: skip


def test_after_the_closing_the_way_is_the_familys_question(evening: Evening) -> None:
    with pytest.raises(RuleBroken, match="note_after_closing"):
        note_by_hand(
            person_id=evening.pupils[0].pk, lecture_id=evening.lecture.pk, how=How.PAPER,
            now=evening.lecture.closes_at, actor=ACTOR,
        )  # fmt: skip


def test_after_the_campaign_nothing_changes(evening: Evening) -> None:
    note(evening)
    Campaign.objects.update(state="closed")

    with pytest.raises(RuleBroken, match="notes_after_campaign"):
        note(evening, 1)
    with pytest.raises(RuleBroken, match="notes_after_campaign"):
        undo(evening)


def test_somebody_of_a_class_without_a_code_is_not_of_this_campaign(evening: Evening) -> None:
    stranger = make_person(evening.tree.far_class, "1", "何一诺")

    with pytest.raises(RuleBroken, match="person_not_invited"):
        note_by_hand(
            person_id=stranger.pk, lecture_id=evening.lecture.pk, how=How.PAPER,
            now=MINUTE_20, actor=ACTOR,
        )  # fmt: skip


def test_a_kind_that_the_campaign_does_not_invite_is_refused(evening: Evening) -> None:
    Campaign.objects.update(kinds=[2])

    with pytest.raises(RuleBroken, match="person_not_invited"):
        note(evening)


def test_who_had_left_by_that_day_is_refused(evening: Evening) -> None:
    child = evening.pupils[0]
    child.left_on = DAY
    child.save(update_fields=["left_on"])

    with pytest.raises(RuleBroken, match="person_left_before"):
        note(evening)


def test_a_family_that_withdrew_is_not_noted(evening: Evening) -> None:
    Departed.objects.create(person=evening.pupils[0].pk, household=1, at=MINUTE_20)

    with pytest.raises(RuleBroken, match="family_withdrew"):
        note(evening)
