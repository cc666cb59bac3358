"""Taking leave: from the next beat on nothing is counted, and what is erased stays away."""

import threading
from datetime import timedelta
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from mingtian.attendance.actions.bring_in import Attended, bring_in
from mingtian.attendance.actions.forget import (
    drop_marks,
    forget,
    forget_campaign_seats,
    sweep_leftovers,
)
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.ingest.store import QUERIES
from mingtian.attendance.models import Record, Seat, Tally
from mingtian.attendance.queries import differences
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import leaving
from mingtian.people.actions.consents import record_consent
from mingtian.people.models import Consent, Departed, Household, Person, Receipt
from mingtian.people.rules import GivenBy, Leaving
from mingtian.testing.evening import Evening, make_evening, new_phone
from mingtian.testing.hotpath import HotPath, url_of_tests
from mingtian.testing.make import ACTOR, NOW

FIRST_TEN = (1 << 10) - 1


def home_of(child: Person) -> int:
    child.refresh_from_db()
    assert child.household_id is not None
    return child.household_id


def watch(hot: HotPath, evening: Evening, seat: str, slots: int = 10) -> None:
    hot.clock.now = evening.at(0)
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(slots)
    hot.post("/b", evening.beat(seat, (1 << slots) - 1))


def erase(household: int) -> Receipt:
    """Withdraw, forget in attendance, remove the home: the order of docs/decisions/0010."""
    leaving.withdraw(household, now=NOW, actor=ACTOR)
    persons = list(Person.objects.filter(household=household).values_list("pk", flat=True))
    rows = forget(persons, now=NOW, actor=ACTOR)
    return leaving.forget_household(household, now=NOW, actor=ACTOR, removed={"attendance": rows})


def test_a_home_that_withdraws_is_refused_and_keeps_what_was_recorded(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    watch(hot, evening, seat)

    receipt = leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())
    hot.clock.now = evening.at(30)
    answer = hot.post("/b", evening.beat(seat, (1 << 30) - 1))

    assert (answer.status, answer.json["code"]) == (410, Reason.WITHDRAWN)
    assert answer.json["next"] is None
    assert Record.objects.get().live == FIRST_TEN
    assert (receipt.what, receipt.counts) == (Leaving.WITHDRAWN, {"persons": 1})
    assert Consent.objects.get().withdrawn_at == NOW


def test_before_ingest_has_heard_of_it_the_tables_store_nothing_already(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    watch(hot, evening, seat)
    leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)

    hot.clock.now = evening.at(30)
    hot.post("/b", evening.beat(seat, (1 << 30) - 1))

    assert Record.objects.get().live == FIRST_TEN
    assert differences(evening.lecture.pk) == []


def test_a_phone_that_comes_first_after_the_leave_counts_no_device_and_no_home(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)

    watch(hot, evening, seat)

    assert not Tally.objects.exists()
    assert not Record.objects.exists()


def test_one_home_that_leaves_takes_nobody_else_along(hot: HotPath, evening: Evening) -> None:
    seats = [hot.post("/enter", evening.entry(n)).json["seat"] for n in range(3)]
    leaving.withdraw(home_of(evening.pupils[1]), now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())
    hot.clock.now = evening.at(5)

    answers = hot.post_all("/b", [evening.beat(seat) for seat in seats])

    assert [answer.status for answer in answers] == [200, 410, 200]
    assert Tally.objects.get(kind=1).arrived == 2


def test_withdrawing_twice_gives_the_same_receipt(evening: Evening, seat: str) -> None:
    home = home_of(evening.pupils[0])
    first = leaving.withdraw(home, now=NOW, actor=ACTOR)

    again = leaving.withdraw(home, now=NOW, actor=ACTOR)

    assert again == first
    assert Receipt.objects.count() == 1
    assert Departed.objects.count() == 1


def test_a_new_entry_with_consent_brings_the_home_back(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())

    back = hot.post("/enter", evening.entry(0)).json["seat"]
    hot.run(hot.service.reload())
    watch(hot, evening, back)
    watch(hot, evening, seat)

    assert Record.objects.get().live == FIRST_TEN
    assert Tally.objects.get(kind=101).arrived == 1
    assert Receipt.objects.count() == 1


def test_consent_on_paper_brings_the_home_back_too(evening: Evening, seat: str) -> None:
    home = home_of(evening.pupils[0])
    leaving.withdraw(home, now=NOW, actor=ACTOR)

    consent = record_consent(home, given_by=GivenBy.PAPER, language="zh-hans", now=NOW, actor=ACTOR)
    again = record_consent(home, given_by=GivenBy.PAPER, language="zh-hans", now=NOW, actor=ACTOR)

    assert again == consent
    assert not Departed.objects.exists()


def test_an_erased_home_leaves_totals_and_no_trace_of_persons(
    hot: HotPath, evening: Evening
) -> None:
    seat = hot.post("/enter", evening.entry(0, kin=["mother"])).json["seat"]
    other = hot.post("/enter", evening.entry(1)).json["seat"]
    watch(hot, evening, seat)
    watch(hot, evening, other)
    before = list(Tally.objects.order_by("kind").values())
    child, home = evening.pupils[0], home_of(evening.pupils[0])

    receipt = erase(home)

    assert list(Tally.objects.order_by("kind").values()) == before
    assert differences(evening.lecture.pk) == []
    assert not Household.objects.filter(pk=home).exists()
    assert not Person.objects.filter(kin="mother").exists()
    assert not Record.objects.exclude(person=evening.pupils[1].pk).exists()
    assert Seat.objects.count() == 1
    assert not Person.objects.filter(pk=child.pk).exists()
    assert receipt.counts == {"persons": 2, "relatives": 1, "attendance": 5}
    assert receipt.consent_version == 1


def test_an_erased_pupil_stays_on_the_roster_and_may_enter_anew(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    old = hot.post("/enter", evening.entry(0, phone=phone)).json["seat"]
    watch(hot, evening, old)
    erase(home_of(evening.pupils[0]))
    hot.run(hot.service.reload())

    asked = hot.post("/enter", evening.entry(0, phone=phone, consent=None))
    new = hot.post("/enter", evening.entry(0, phone=phone))
    late = hot.post("/b", evening.beat(old, FIRST_TEN))

    assert asked.json["code"] == Reason.CONSENT_NEEDED
    assert new.status == 200
    assert (late.status, late.json["code"]) == (410, Reason.WITHDRAWN)
    assert not Record.objects.exists()


def test_a_relative_taken_out_of_a_home_is_not_brought_back_by_its_phone(
    hot: HotPath, evening: Evening
) -> None:
    seat = hot.post("/enter", evening.entry(0, kin=["father"])).json["seat"]
    watch(hot, evening, seat)
    father = Person.objects.get(kin="father").pk

    forget([father], now=NOW, actor=ACTOR)
    removed = leaving.remove_from_home(father, now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())
    watch(hot, evening, seat, 20)

    assert removed
    assert [record.person for record in Record.objects.all()] == [evening.pupils[0].pk]
    assert Record.objects.get().live == (1 << 20) - 1
    assert Seat.objects.get().persons == [evening.pupils[0].pk]
    assert differences(evening.lecture.pk) == []
    assert not leaving.remove_from_home(father, now=NOW, actor=ACTOR)


def test_a_home_that_is_gone_is_refused(transactional_db: None) -> None:
    for act in (leaving.withdraw, leaving.forget_household):
        with pytest.raises(RuleBroken, match="home_is_gone"):
            act(2**40, now=NOW, actor=ACTOR)
    with pytest.raises(RuleBroken, match="home_is_gone"):
        record_consent(2**40, given_by=GivenBy.PAPER, language="en", now=NOW, actor=ACTOR)


def test_rows_brought_in_for_somebody_who_left_are_not_stored(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)

    bring_in(
        lecture_id=evening.lecture.pk,
        needed_slots=40,
        attended=[Attended(evening.pupils[0].pk, evening.tree.class_one.pk, 1, FIRST_TEN)],
        actor=ACTOR,
        now=NOW,
    )

    assert not Record.objects.exists()


# --- Two connections ----------------------------------------------------------


def merge_values(evening: Evening, child: int) -> dict[str, str]:
    return {
        "lecture": f"{{{evening.lecture.pk}}}",
        "person": f"{{{evening.pupils[child].pk}}}",
        "unit": f"{{{evening.tree.class_one.pk}}}",
        "kind": "{1}",
        "live": f"{{{FIRST_TEN}}}",
        "replay": "{0}",
        "rule_lecture": f"{{{evening.lecture.pk}}}",
        "rule_needed": "{40}",
    }


def test_leaving_waits_for_a_batch_under_way_and_erases_what_it_stored(
    evening: Evening, seat: str
) -> None:
    home = home_of(evening.pupils[0])
    done = threading.Event()

    def leave() -> None:
        try:
            erase(home)
        finally:
            connection.close()
            done.set()

    with psycopg.connect(url_of_tests()) as batch:
        batch.execute(QUERIES["merge"], merge_values(evening, 0))
        thread = threading.Thread(target=leave)
        thread.start()
        assert not done.wait(0.3)
        batch.commit()
    thread.join(10)

    assert done.is_set()
    assert not Record.objects.exists()
    assert Tally.objects.get(kind=1).arrived == 1
    assert differences(evening.lecture.pk) == []


@pytest.mark.parametrize("prepared", [False, True])
def test_a_batch_that_waits_for_a_leave_stores_nothing_of_who_left(
    evening: Evening, seat: str, prepared: bool
) -> None:
    home = home_of(evening.pupils[0])
    stored = threading.Event()

    def merge(connected: "psycopg.Connection[tuple[object, ...]]") -> None:
        connected.execute(QUERIES["merge"], merge_values(evening, 0), prepare=prepared)
        stored.set()

    with psycopg.connect(url_of_tests(), autocommit=True) as batch:
        for _ in range(7 if prepared else 0):
            batch.execute(QUERIES["merge"], merge_values(evening, 1), prepare=True)
        with transaction.atomic():
            leaving.withdraw(home, now=NOW, actor=ACTOR)
            thread = threading.Thread(target=merge, args=[batch])
            thread.start()
            assert not stored.wait(0.3)
        thread.join(10)

    assert stored.is_set()
    assert not Record.objects.filter(person=evening.pupils[0].pk).exists()


def test_leaving_gives_up_when_a_batch_does_not_end(
    evening: Evening, seat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", "50ms")
    with psycopg.connect(url_of_tests()) as batch:
        batch.execute(QUERIES["merge"], merge_values(evening, 0))

        with pytest.raises(RuleBroken, match="leaving_is_busy"):
            leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)

    assert Consent.objects.get().withdrawn_at is None
    assert not Departed.objects.exists()


# --- The end of a term, leftovers ---------------------------------------------


def test_a_term_ends_with_totals_and_without_phones_homes_or_relatives(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening()
    with HotPath(tmp_path, now=evening.at(-10)) as hot:
        for child in range(3):
            entry = evening.entry(child, kin=["mother"])
            watch(hot, evening, hot.post("/enter", entry).json["seat"])
    before = list(Tally.objects.order_by("kind").values())
    over = NOW.replace(year=2024)

    with transaction.atomic():
        gone = forget_campaign_seats(evening.campaign.pk, now=over, actor=ACTOR)
        receipt = leaving.dissolve_homes(gone.homes, now=over, actor=ACTOR)

    assert (gone.records, gone.seats, len(gone.homes)) == (6, 3, 3)
    assert receipt.counts == {"households": 3, "relatives": 3, "consents": 3}
    assert receipt.what == Leaving.TERM_OVER
    assert list(Tally.objects.order_by("kind").values()) == before
    assert differences(evening.lecture.pk) == []
    assert not Record.objects.exists()
    assert not Household.objects.exists()
    assert Person.objects.count() == len(evening.pupils)


def test_a_term_does_not_end_while_seats_are_valid(evening: Evening, seat: str) -> None:
    with pytest.raises(RuleBroken, match="term_not_over"):
        forget_campaign_seats(evening.campaign.pk, now=NOW, actor=ACTOR)


def test_leftovers_are_swept_into_the_totals(hot: HotPath, evening: Evening, seat: str) -> None:
    watch(hot, evening, seat)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attendance_seat")
        cursor.execute("DELETE FROM people_consent")
        cursor.execute("DELETE FROM people_person")
        cursor.execute("DELETE FROM people_household")

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


def test_the_daily_command_says_what_it_swept(transactional_db: None) -> None:
    told = StringIO()
    call_command("sweep_attendance", stdout=told)

    assert told.getvalue() == "0 leftover rows folded, 0 old marks dropped.\n"
