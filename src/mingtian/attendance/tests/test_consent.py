"""Consent at the entry: asked once for each household, kept with who gave it, undone and renewed."""

from datetime import timedelta
from typing import Any

import pytest

from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.models import Seat
from mingtian.people.models import Consent, Departed, Household, Person
from mingtian.people.rules import CONSENT_VERSION
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import NOW, invented_name, make_teachers

GUARDIAN = {"version": CONSENT_VERSION, "by": "guardian"}


def test_a_home_that_has_not_agreed_is_asked_and_nothing_is_written(
    hot: HotPath, evening: Evening
) -> None:
    answer = hot.post("/enter", evening.entry(0, kin=["mother"], consent=None))

    assert (answer.status, answer.json["code"]) == (422, Reason.CONSENT_NEEDED)
    assert answer.json["next"] is None
    assert answer.json["say"]
    assert not Household.objects.exists()
    assert not Person.objects.filter(kin="mother").exists()


def test_consent_is_kept_with_who_gave_it_when_and_in_which_words(
    hot: HotPath, evening: Evening
) -> None:
    hot.post("/enter", evening.entry(0, consent=GUARDIAN), cookie="lang=en")

    kept = Consent.objects.get()
    assert (kept.version, kept.given_by, kept.language) == (CONSENT_VERSION, "guardian", "en")
    assert kept.household == Household.objects.get()
    assert kept.given_at == NOW + timedelta(minutes=50)
    assert kept.withdrawn_at is None


def test_a_second_phone_of_a_home_that_agreed_is_not_asked(hot: HotPath, evening: Evening) -> None:
    hot.post("/enter", evening.entry(0))

    again = hot.post("/enter", evening.entry(0, consent=None))

    assert again.status == 200
    assert Consent.objects.count() == 1


def test_an_entry_sent_again_with_its_consent_keeps_one(hot: HotPath, evening: Evening) -> None:
    entry = evening.entry(0)

    hot.post_all("/enter", [entry, entry, evening.entry(0)])

    assert Consent.objects.count() == 1


def test_a_withdrawn_consent_counts_no_more_and_a_new_one_brings_the_home_back(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    hot.post("/enter", evening.entry(0, phone=phone))
    home = Household.objects.get()
    Consent.objects.update(withdrawn_at=NOW)
    Departed.objects.create(person=evening.pupils[0].pk, household=home.pk, at=NOW)
    Departed.objects.create(person=2**40, household=home.pk, at=NOW)

    asked = hot.post("/enter", evening.entry(0, phone=phone, consent=None))
    back = hot.post("/enter", evening.entry(0, phone=phone))

    assert asked.json["code"] == Reason.CONSENT_NEEDED
    assert back.status == 200
    assert Consent.objects.filter(household=home, withdrawn_at=None).count() == 1
    assert [one.person for one in Departed.objects.all()] == [2**40]


def test_consent_to_an_older_notice_is_asked_again(hot: HotPath, evening: Evening) -> None:
    hot.post("/enter", evening.entry(0))
    Consent.objects.update(version=CONSENT_VERSION - 1)

    asked = hot.post("/enter", evening.entry(0, consent=None))

    assert asked.json["code"] == Reason.CONSENT_NEEDED


def test_a_teachers_own_word_is_not_enough_for_a_child_of_the_home(
    hot: HotPath, evening: Evening
) -> None:
    make_teachers(evening.tree.teachers)
    phone = new_phone()
    teacher = [{"number": "T1", "name": invented_name(41)}]
    seat = hot.post("/enter", evening.entry(code="teacher1", people=teacher, phone=phone)).json

    asked = hot.post("/enter", evening.entry(0, phone=phone, seat=seat["seat"], consent=None))
    agreed = hot.post("/enter", evening.entry(0, phone=phone, seat=seat["seat"]))

    assert asked.json["code"] == Reason.CONSENT_NEEDED
    assert agreed.status == 200
    assert list(Consent.objects.order_by("pk").values_list("given_by", flat=True)) == [
        "self",
        "guardian",
    ]


@pytest.mark.parametrize(
    ("code", "by"),
    [("c1ass001", "self"), ("teacher1", "guardian"), ("v111age1", "pupil"), ("c1ass001", "paper")],
)
def test_who_cannot_agree_under_a_code_is_malformed(
    hot: HotPath, evening: Evening, code: str, by: str
) -> None:
    who: dict[str, Any] = {"people": [], "kin": ["resident"]} if code == "v111age1" else {}
    consent = {"version": CONSENT_VERSION, "by": by}

    answer = hot.post("/enter", evening.entry(0, code=code, consent=consent, **who))

    assert (answer.status, answer.json["code"]) == (400, Reason.MALFORMED)


def test_a_wrong_name_is_told_before_consent_is_asked(hot: HotPath, evening: Evening) -> None:
    wrong = [{"number": "1", "name": "周小满"}]

    answer = hot.post("/enter", evening.entry(people=wrong, consent=None))

    assert answer.json["code"] == Reason.NOT_ON_ROSTER


def test_help_with_the_entry_is_marked_and_stays_marked(hot: HotPath, evening: Evening) -> None:
    phone = new_phone()
    hot.post("/enter", evening.entry(0, phone=phone, assisted=True))
    hot.post("/enter", evening.entry(1))

    hot.post("/enter", evening.entry(0, phone=phone))

    assert list(Seat.objects.order_by("pk").values_list("assisted", flat=True)) == [True, False]
