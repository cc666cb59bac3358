"""Taking leave: from the next beat on nothing is counted, and what is erased stays away."""

import pytest

from mingtian.attendance.actions.bring_in import Attended, bring_in
from mingtian.attendance.actions.forget import forget
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.models import Record, Seat, Tally
from mingtian.attendance.queries import differences
from mingtian.core.errors import RuleBroken
from mingtian.people.actions import leaving
from mingtian.people.actions.consents import record_consent
from mingtian.people.models import Consent, Departed, Household, Person, Receipt
from mingtian.people.rules import CONSENT_VERSION, GivenBy, Leaving
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import HotPath
from mingtian.testing.leaving import erase, home_of, watch
from mingtian.testing.make import ACTOR, NOW

FIRST_TEN = (1 << 10) - 1


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
    assert receipt.consent_version == CONSENT_VERSION


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


def test_a_child_taken_out_of_a_home_is_told_so_on_its_own_phone(
    hot: HotPath, evening: Evening
) -> None:
    """The home goes on; nothing says "recorded" to a phone whose maps are stored no more."""
    shared = hot.post("/enter", evening.entry(0, 1)).json["seat"]
    own = hot.post("/enter", evening.entry(1)).json["seat"]
    child = evening.pupils[1].pk
    leaving.stop_counting(home_of(evening.pupils[1]), [child], now=NOW)
    forget([child], now=NOW, actor=ACTOR)
    leaving.remove_from_home(child, now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())

    answers = hot.post_all("/b", [evening.beat(shared), evening.beat(own)])

    assert [answer.status for answer in answers] == [200, 410]
    assert answers[1].json["code"] == Reason.WITHDRAWN


def test_a_leave_that_nobody_can_check_is_not_held_against_a_phone(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    """WITHDRAWN is final for a phone; while the database is away it is told to wait."""
    leaving.withdraw(home_of(evening.pupils[0]), now=NOW, actor=ACTOR)
    hot.run(hot.service.reload())
    look_up = hot.service._look_up_store
    hot.run(look_up.close())
    look_up._url = "postgresql://nobody@/nowhere?host=/nonexistent"

    assert hot.post("/b", evening.beat(seat)).json["code"] == Reason.NOT_DURABLE


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
