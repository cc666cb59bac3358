"""Confirming and correcting a day: what is refused, what stays, two at once (STA-1)."""

import pytest

from mingtian.closings.models import Confirmation, Correction
from mingtian.closings.queries import list_houses_below, list_sums, stage_of
from mingtian.closings.queries.days import find_confirmation
from mingtian.closings.rules import HOUSES, Column, check_correction, check_reason
from mingtian.closings.tests.conftest import MOTHER, PUPIL, Night
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Status
from mingtian.core.models import AuditEntry
from mingtian.org.queries import path_on


def arrived(night: Night, kind: int = PUPIL) -> int:
    rows = list_sums(night.day, night.path(night.evening.tree.city))
    return sum(row.arrived for row in rows if row.kind == kind)


def test_a_school_confirms_its_figures_and_the_trail_says_so(night: Night) -> None:
    school = night.evening.tree.school

    night.confirm(school)

    found = find_confirmation(night.day.lecture_id, school.pk)
    assert found is not None
    assert found.counts == {1: (8, 6), 2: (5, 4), 101: (7, 0)}
    entry = AuditEntry.objects.get(action="closings.confirmed")
    assert entry.subject == f"unit:{school.public_id}"


def test_nobody_confirms_before_the_end(night: Night) -> None:
    with pytest.raises(RuleBroken, match="day_not_over"):
        night.confirm(night.evening.tree.school, now=night.evening.lecture.starts_at)


def test_confirming_twice_is_confirming_once(night: Night) -> None:
    school = night.evening.tree.school

    first, second = night.confirm(school), night.confirm(school)

    assert first.pk == second.pk


def test_figures_that_changed_are_confirmed_anew_and_the_earlier_word_stays(night: Night) -> None:
    tree = night.evening.tree
    first = night.confirm(tree.school)
    night.count(tree.class_one, 1)

    second = night.confirm(tree.school)

    first.refresh_from_db()
    assert first.superseded_at == night.over
    assert second.counts["1"] == [9, 6]
    assert Confirmation.objects.count() == 2


def test_a_county_says_how_many_schools_were_silent(night: Night) -> None:
    tree = night.evening.tree
    assert night.confirm(tree.county).silent == 2

    night.confirm(tree.school)
    night.count(tree.class_one, 1)

    assert night.confirm(tree.county).silent == 1


def test_houses_are_those_with_a_learning_code_below(night: Night) -> None:
    tree = night.evening.tree
    night.confirm(tree.school)

    houses = list_houses_below(night.day, night.path(tree.city), HOUSES)

    assert {house.id: house.confirmed_at for house in houses} == {
        tree.town.pk: None,
        tree.school.pk: night.over,
    }


def test_the_word_for_a_class_follows_its_school_and_the_freezing(night: Night) -> None:
    tree = night.evening.tree
    path = path_on(tree.class_one.pk, night.day.held_on)
    lecture = night.evening.lecture

    def status(now: object = night.over) -> Status:
        return stage_of(night.day, path, now).status  # type: ignore[arg-type]

    assert status(lecture.starts_at) is Status.LIVE
    assert status() is Status.PROVISIONAL
    night.confirm(tree.school)
    assert status() is Status.CONFIRMED
    night.freeze()
    assert status() is Status.FROZEN


def test_a_correction_counts_and_keeps_the_old_number_and_its_reason(night: Night) -> None:
    tree = night.evening.tree

    night.correct(tree.class_one, 10, reason="other", note="两家用同一部手机")

    kept = Correction.objects.get()
    assert (kept.old, kept.new, kept.reason, kept.note) == (8, 10, "other", "两家用同一部手机")
    assert arrived(night) == 10
    detail = AuditEntry.objects.get(action="closings.corrected").detail
    assert (detail["old"], detail["new"], detail["reason"]) == (8, 10, "other")


def test_phones_that_come_after_a_correction_count_but_not_above_the_roster(night: Night) -> None:
    tree = night.evening.tree
    night.correct(tree.class_one, 10)
    night.count(tree.class_one, 1)

    assert arrived(night) == 10

    night.count(tree.class_one, 2)
    assert arrived(night) == 11  # the phones' own word is never cut


def test_relatives_have_no_roster_to_stay_below(night: Night) -> None:
    night.correct(night.evening.tree.class_one, 9, kind=MOTHER)

    assert arrived(night, MOTHER) == 9


@pytest.mark.parametrize(
    ("new", "column", "code"),
    [
        (-1, "arrived", "correction_negative"),
        (11, "arrived", "above_roster"),
        (5, "arrived", "arrived_below_completed"),
        (9, "completed", "completed_above_arrived"),
        (8, "arrived", "correction_changes_nothing"),
    ],
)
def test_numbers_that_cannot_be_are_refused(night: Night, new: int, column: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        night.correct(night.evening.tree.class_one, new, column=column)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("reason", "note", "code"),
    [
        ("", "", "reason_missing"),
        ("because", "", "reason_missing"),
        ("other", "  ", "reason_without_words"),
        ("other", "长" * 201, "reason_too_long"),
    ],
)
def test_a_correction_without_a_reason_is_refused(
    night: Night, reason: str, note: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        night.correct(night.evening.tree.class_one, 9, reason=reason, note=note)


def test_reasons_with_a_word_of_their_own_need_no_note() -> None:
    assert check_reason("shared_phone", "") == "shared_phone"


def test_nothing_is_corrected_or_confirmed_after_the_freezing(night: Night) -> None:
    night.freeze()

    with pytest.raises(RuleBroken, match="day_frozen"):
        night.correct(night.evening.tree.class_one, 9, now=night.closed)
    with pytest.raises(RuleBroken, match="day_frozen"):
        night.confirm(night.evening.tree.school, now=night.closed)


def test_nothing_is_corrected_before_the_end(night: Night) -> None:
    with pytest.raises(RuleBroken, match="day_not_over"):
        night.correct(night.evening.tree.class_one, 9, now=night.evening.lecture.starts_at)


def test_a_number_at_the_very_roster_is_right() -> None:
    check_correction(column=Column.ARRIVED, new=10, arrived=8, completed=6, expected=10)
