"""The end of a term, leftovers and marks: what goes then, and that totals stay."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from mingtian.attendance.actions.forget import (
    drop_marks,
    end_term,
    sweep_leftovers,
)
from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences
from mingtian.attendance.queries.terms import count_term
from mingtian.attendance.tasks import sweep
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import leaving
from mingtian.people.actions import terms as people_terms
from mingtian.people.models import Departed, Household, Person
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.leaving import erase, home_of, term_of, watch
from mingtian.testing.make import ACTOR, NOW


def test_a_term_ends_with_totals_and_without_phones_homes_or_people(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening()
    with HotPath(tmp_path, now=evening.at(-10)) as hot:
        for child in range(3):
            entry = evening.entry(child, kin=["mother"])
            watch(hot, evening, hot.post("/enter", entry).json["seat"])
    before = list(Tally.objects.order_by("kind").values())
    over = NOW.replace(year=2024)

    term = term_of(evening.campaign)
    counted = count_term(term)

    assert end_term(term, now=over, actor=ACTOR) == counted
    assert counted == {"phones": 3, "records": 6, "notes": 0, "questions": 0}
    assert people_terms.end_term(term, now=over, actor=ACTOR) == {
        "households": 3, "relatives": 3, "consents": 3, "standings": 0, "names": 10,
    }  # fmt: skip
    assert list(Tally.objects.order_by("kind").values()) == before
    assert differences(evening.lecture.pk) == []
    assert not Record.objects.exists()
    assert not Household.objects.exists()
    assert not Person.objects.exists()


def test_a_term_does_not_end_while_seats_are_valid(evening: Evening, seat: str) -> None:
    with pytest.raises(RuleBroken, match="term_not_over"):
        end_term(term_of(evening.campaign), now=NOW, actor=ACTOR)


def leave_rows_behind() -> None:
    """Delete persons and phones past the product, as a clumsy restore would."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attendance_seat")
        cursor.execute("DELETE FROM people_consent")
        cursor.execute("DELETE FROM people_person")
        cursor.execute("DELETE FROM people_household")


def test_leftovers_are_swept_into_the_totals(hot: HotPath, evening: Evening, seat: str) -> None:
    watch(hot, evening, seat)
    leave_rows_behind()

    swept = sweep_leftovers(now=NOW, actor=ACTOR)

    assert swept == 3
    assert not Record.objects.exists()
    assert differences(evening.lecture.pk) == []
    assert sweep_leftovers(now=NOW, actor=ACTOR) == 0


def test_marks_of_erased_homes_stay_while_a_seat_is_valid_and_go_afterwards(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.post("/enter", evening.entry(1))
    leaving.withdraw(home_of(evening.pupils[1]), now=NOW, actor=ACTOR)
    erase(home_of(evening.pupils[0]))
    assert Departed.objects.count() == 2
    last_day = NOW + timedelta(days=7 + 14)

    early = drop_marks(now=last_day)
    late = drop_marks(now=last_day + timedelta(days=2))

    assert (early, late) == (0, 1)
    assert Departed.objects.get().person == evening.pupils[1].pk


def test_a_night_folds_leftovers_and_drops_marks(hot: HotPath, evening: Evening, seat: str) -> None:
    watch(hot, evening, seat)
    leave_rows_behind()

    sweep(NOW)

    assert not Record.objects.exists()
    assert differences(evening.lecture.pk) == []
