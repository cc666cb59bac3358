"""Freezing: order, the chain, one of two who press together, and what a tampered day shows."""

import threading
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.closings.actions import confirm, freeze
from mingtian.closings.models import Closing, Confirmation
from mingtian.closings.queries import find_day, list_sums
from mingtian.closings.queries.files import file_of
from mingtian.closings.tests.conftest import BY, PUPIL, Night, make_night
from mingtian.closings.verifying import verify
from mingtian.core.errors import RuleBroken


def tamper(statement: str) -> None:
    """Change what is frozen past the triggers, as the owner of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_frozen_day_keeps_what_was_counted_and_corrected(night: Night) -> None:
    tree = night.evening.tree
    night.correct(tree.class_one, 9)

    closing = night.freeze()

    night.evening.lecture.refresh_from_db()
    sums = {row.kind: row for row in list_sums(night.day, night.path(tree.city))}
    assert (sums[PUPIL].arrived, sums[PUPIL].completed, sums[PUPIL].counted) == (9, 6, 8)
    assert sums[PUPIL].expected == 22
    assert closing.lines == 4
    assert list(verify()) == []


def test_the_digest_is_the_sha256_of_the_file(night: Night) -> None:
    closing = night.freeze()

    file = file_of(night.day.lecture_id, closing.head)

    assert closing.digest == sha256(file).hexdigest()
    text = file.decode()
    assert text.startswith("mingtian closing 1\ncampaign ")
    assert f"\n{night.evening.tree.class_one.public_id} 1 8 6 10 8 6\n" in text


def test_no_day_is_frozen_while_phones_may_come(night: Night) -> None:
    with pytest.raises(RuleBroken, match="day_still_open"):
        night.freeze(now=night.over)


def test_days_are_frozen_in_their_order_and_name_each_other(night: Night) -> None:
    second = night.day_of(night.next_day())

    with pytest.raises(RuleBroken, match="freeze_in_order"):
        freeze(day=second, by=BY, now=second.closes_at)
    first_closing = night.freeze()
    second_closing = freeze(day=second, by=BY, now=second.closes_at)

    assert second_closing.previous == first_closing.digest
    assert f"previous {first_closing.digest}" in second_closing.head
    assert list(verify()) == []


def test_freezing_twice_is_freezing_once(night: Night) -> None:
    assert night.freeze() == night.freeze()


def test_the_file_says_how_many_houses_were_silent(night: Night) -> None:
    night.confirm(night.evening.tree.school)

    head = night.freeze().head.splitlines()

    assert "confirmed 1" in head
    assert "silent 1" in head


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE closings_line SET arrived = 99",
        "DELETE FROM closings_line",
        "UPDATE closings_closing SET digest = ''",
    ],
)
def test_the_database_refuses_changes_of_what_is_frozen(night: Night, statement: str) -> None:
    night.freeze()

    with (
        pytest.raises(DatabaseError, match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE closings_line SET arrived = 9 WHERE kind = 1 AND arrived = 8", "not those"),
        ("DELETE FROM closings_line WHERE kind = 2", "not those"),
        ("UPDATE closings_closing SET previous = repeat('0', 64) WHERE number = 2", "not follow"),
        ("UPDATE closings_closing SET digest = repeat('0', 64) WHERE number = 1", "not follow"),
        ("UPDATE attendance_tally SET arrived = 7 WHERE kind = 2", "counted now"),
    ],
)
def test_a_tampered_day_is_found(night: Night, statement: str, found: str) -> None:
    night.freeze()
    second = night.day_of(night.next_day())
    freeze(day=second, by=BY, now=second.closes_at)

    tamper(statement)

    assert any(found in each for each in verify())


def test_who_rewrites_line_and_digest_breaks_the_chain_to_the_next_day(night: Night) -> None:
    first = night.freeze()
    second = night.day_of(night.next_day())
    freeze(day=second, by=BY, now=second.closes_at)
    tamper("UPDATE closings_line SET completed = 0 WHERE kind = 1")
    forged = sha256(file_of(night.day.lecture_id, first.head)).hexdigest()
    tamper(f"UPDATE closings_closing SET digest = '{forged}' WHERE number = 1")

    assert any("does not follow" in each for each in verify())


def test_two_who_freeze_together_make_one_closing(transactional_db: None) -> None:
    night = make_night()
    lecture, digests = night.evening.lecture.pk, []
    gate = threading.Barrier(2)

    def press() -> None:
        day = find_day(lecture)
        assert day is not None
        gate.wait(10)
        digests.append(freeze(day=day, by=BY, now=night.closed).digest)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert len(digests) == 2
    assert len(set(digests)) == 1
    assert Closing.objects.count() == 1


def test_two_who_confirm_together_leave_one_confirmation(transactional_db: None) -> None:
    night = make_night()
    school, path = night.row(night.evening.tree.school), night.path(night.evening.tree.school)
    gate = threading.Barrier(2)

    def press() -> None:
        gate.wait(10)
        confirm(day=night.day, unit=school, path=path, by=BY, now=night.over)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)

    assert Confirmation.objects.count() == 1


counts = st.integers(min_value=0, max_value=12)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(came=counts, more=counts, wished=counts, done=counts, late=counts)
def test_frozen_lines_stay_within_what_can_be(
    night: Night, came: int, more: int, wished: int, done: int, late: int
) -> None:
    """Whatever is corrected and whoever comes late: 0 ≤ completed ≤ arrived ≤ roster or phones."""
    unit = night.evening.tree.class_two
    with transaction.atomic():
        night.count(unit, came, min(done, came))
        try:
            night.correct(unit, wished)
            night.correct(unit, done, column="completed")
        except RuleBroken:
            pass
        night.count(unit, more, min(late, more))
        night.freeze()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT arrived, completed, expected, counted_arrived FROM closings_line"
                " WHERE unit = %s AND kind = 1",
                [unit.pk],
            )
            arrived, completed, expected, counted = cursor.fetchone()
        assert 0 <= completed <= arrived <= max(expected, counted)
        assert counted == came + more
        assert list(verify()) == []
        transaction.set_rollback(True)
