"""Entering: who is seated, who is joined, and each refusal with its code."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.models import Seat
from mingtian.campaigns.models import LearningCode
from mingtian.people.models import Household, Person
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import Answer, HotPath
from mingtian.testing.make import NOW, invented_name, make_pupils, make_teachers


def kinds(answer: Answer) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["kin"]) for one in answer.json["members"]]


def test_a_child_and_its_relatives_are_seated_together(hot: HotPath, evening: Evening) -> None:
    answer = hot.post("/enter", evening.entry(0, kin=["maternal_grandmother", "mother"]))

    assert answer.status == 200
    assert kinds(answer) == [
        ("pupil", None),
        ("parent", "mother"),
        ("grandparent", "maternal_grandmother"),
    ]
    assert answer.json["members"][0]["label"] == "1"
    assert Person.objects.exclude(kin="").filter(unit=evening.tree.class_one).count() == 2
    assert Household.objects.count() == 1


def test_each_child_keeps_the_number_that_was_typed_for_it(hot: HotPath, evening: Evening) -> None:
    token = hot.post("/enter", evening.entry(5, 0, 3)).json
    seat = hot.service.mint.open_seat(token["seat"])

    assert seat is not None
    by_person = {pupil.pk: str(n + 1) for n, pupil in enumerate(evening.pupils)}
    labels = [member["label"] for member in token["members"]]
    assert labels == [by_person[person] for person, _, _ in seat.members]


def test_an_entry_sent_again_finds_everything_again(hot: HotPath, evening: Evening) -> None:
    entry = evening.entry(0, kin=["mother"])
    first = hot.post("/enter", entry).json

    again = hot.post("/enter", entry).json

    assert again["seat"] == first["seat"]
    assert Household.objects.count() == 1
    assert Seat.objects.count() == 1
    assert Person.objects.filter(kin="mother").count() == 1


def test_a_second_phone_joins_the_household_and_doubles_nobody(
    hot: HotPath, evening: Evening
) -> None:
    hot.post("/enter", evening.entry(0, kin=["mother"]))

    hot.post("/enter", evening.entry(0, kin=["mother", "father"]))

    assert Household.objects.count() == 1
    assert Seat.objects.count() == 2
    assert sorted(Person.objects.exclude(kin="").values_list("kin", flat=True)) == [
        "father",
        "mother",
    ]


def test_two_phones_at_once_share_one_household(hot: HotPath, evening: Evening) -> None:
    answers = hot.post_all("/enter", [evening.entry(0, kin=["mother"]) for _ in range(8)])

    assert {answer.status for answer in answers} == {200}
    assert Household.objects.count() == 1
    assert Person.objects.filter(kin="mother").count() == 1
    assert Seat.objects.count() == 8


def test_a_brother_in_another_class_joins_by_the_seat_on_the_phone(
    hot: HotPath, evening: Evening
) -> None:
    make_pupils(evening.tree.class_two, ["林知夏"])
    phone = new_phone()
    seat = hot.post("/enter", evening.entry(0, kin=["mother"], phone=phone)).json["seat"]

    answer = hot.post(
        "/enter",
        evening.entry(
            code="c1ass002", people=[{"number": "1", "name": "林知夏"}], phone=phone, seat=seat
        ),
    )

    assert Household.objects.count() == 1
    assert len(answer.json["members"]) == 3
    assert Seat.objects.count() == 1


def test_a_cousin_from_another_home_gets_a_household_of_its_own(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    seat = hot.post("/enter", evening.entry(0, phone=phone)).json["seat"]

    hot.post("/enter", evening.entry(1, phone=phone, seat=seat, home="other"))

    assert Household.objects.count() == 2
    assert Seat.objects.count() == 2


def test_a_relative_is_added_later_without_typing_the_child_again(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    seat = hot.post("/enter", evening.entry(0, phone=phone)).json["seat"]

    answer = hot.post("/enter", evening.entry(phone=phone, seat=seat, kin=["father"]))

    assert kinds(answer) == [("pupil", None), ("parent", "father")]


def test_spaces_and_full_width_numbers_are_forgiven(hot: HotPath, evening: Evening) -> None:
    people = [{"number": " １ ", "name": "林 小满"}]

    assert hot.post("/enter", evening.entry(people=people)).status == 200


def test_a_code_typed_by_hand_is_understood(hot: HotPath, evening: Evening) -> None:
    assert hot.post("/enter", evening.entry(0, code=" CLASS-OO1 ")).status == 200


def test_rare_characters_pass_the_roster_check(hot: HotPath, evening: Evening) -> None:
    make_pupils(evening.tree.class_two, ["𬱖䶮〇"])
    people = [{"number": "1", "name": "𬱖䶮〇"}]

    assert hot.post("/enter", evening.entry(code="c1ass002", people=people)).status == 200


def test_a_teacher_enters_by_the_staff_code(hot: HotPath, evening: Evening) -> None:
    make_teachers(evening.tree.teachers)
    people = [{"number": "T1", "name": invented_name(41)}]

    answer = hot.post("/enter", evening.entry(code="teacher1", people=people))

    assert kinds(answer) == [("teacher", None)]


def test_guests_of_a_village_are_counted_by_head_and_once(hot: HotPath, evening: Evening) -> None:
    entry = evening.entry(code="v111age1", kin=["resident", "resident", "five_old"])
    first = hot.post("/enter", entry)

    again = hot.post("/enter", entry)

    assert sorted(kinds(first)) == [
        ("five_old", "five_old-1"),
        ("resident", "resident-1"),
        ("resident", "resident-2"),
    ]
    assert again.json["seat"] == first.json["seat"]
    assert Person.objects.exclude(kin="").count() == 3


# --- Refusals -----------------------------------------------------------------


def refusal(hot: HotPath, entry: dict[str, Any]) -> tuple[int, str]:
    answer = hot.post("/enter", entry)
    assert answer.json["say"]
    return answer.status, answer.json["code"]


def test_an_unknown_code_is_refused(hot: HotPath, evening: Evening) -> None:
    assert refusal(hot, evening.entry(0, code="zzzzzzzz")) == (404, Reason.UNKNOWN_CODE)


def test_a_closed_code_is_refused(hot: HotPath, evening: Evening) -> None:
    LearningCode.objects.filter(code="c1ass001").update(closed_at=NOW)

    assert refusal(hot, evening.entry(0)) == (410, Reason.CLOSED_CODE)


def test_a_code_closed_a_moment_ago_is_refused_though_remembered_as_open(
    hot: HotPath, evening: Evening
) -> None:
    hot.post("/enter", evening.entry(0))
    LearningCode.objects.filter(code="c1ass001").update(closed_at=NOW)

    assert refusal(hot, evening.entry(1)) == (410, Reason.CLOSED_CODE)


@pytest.mark.parametrize(
    "people", [[{"number": "1", "name": "周小满"}], [{"number": "99", "name": "林小满"}]]
)
def test_wrong_number_and_wrong_name_answer_alike(
    hot: HotPath, evening: Evening, people: list[dict[str, str]]
) -> None:
    answer = hot.post("/enter", evening.entry(people=people))

    assert (answer.status, answer.json["code"]) == (422, Reason.NOT_ON_ROSTER)
    assert answer.json["tries_left"] == 4
    assert not Household.objects.exists()


def test_after_five_tries_the_phone_is_sent_to_the_class_teacher(
    hot: HotPath, evening: Evening
) -> None:
    wrong = evening.entry(people=[{"number": "1", "name": "周小满"}])
    codes = [hot.post("/enter", wrong).json["code"] for _ in range(6)]

    right = hot.post("/enter", evening.entry(0, phone=wrong["phone"]))
    other_phone = hot.post("/enter", evening.entry(0))

    assert codes == [Reason.NOT_ON_ROSTER] * 4 + [Reason.ASK_CLASS_TEACHER] * 2
    assert (right.status, right.json["code"]) == (429, Reason.ASK_CLASS_TEACHER)
    assert other_phone.status == 200


def test_the_next_day_brings_five_new_tries(hot: HotPath, evening: Evening) -> None:
    wrong = evening.entry(people=[{"number": "1", "name": "周小满"}])
    for _ in range(5):
        hot.post("/enter", wrong)
    hot.clock.now += int(timedelta(days=1).total_seconds() * 1000)

    assert hot.post("/enter", evening.entry(0, phone=wrong["phone"])).status == 200


def test_a_pupil_who_left_is_not_on_the_roster(hot: HotPath, evening: Evening) -> None:
    Person.objects.filter(pk=evening.pupils[0].pk).update(left_on=NOW.date())

    assert refusal(hot, evening.entry(0)) == (422, Reason.NOT_ON_ROSTER)


def test_nine_people_are_too_many(hot: HotPath, evening: Evening) -> None:
    kin = ["mother", "father", "paternal_grandfather", "maternal_grandfather"]

    assert refusal(hot, evening.entry(0, 1, 2, 3, 4, kin=kin)) == (422, Reason.TOO_MANY_PEOPLE)


def test_a_ninth_who_comes_later_is_too_many_and_nothing_is_written(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    kin = ["mother", "father", "paternal_grandfather"]
    seat = hot.post("/enter", evening.entry(0, 1, 2, 3, 4, kin=kin, phone=phone)).json["seat"]

    assert refusal(hot, evening.entry(phone=phone, seat=seat, kin=["maternal_grandfather"])) == (
        422,
        Reason.TOO_MANY_PEOPLE,
    )
    assert not Person.objects.filter(kin="maternal_grandfather").exists()


def test_children_of_two_homes_are_asked_to_enter_one_by_one(
    hot: HotPath, evening: Evening
) -> None:
    hot.post("/enter", evening.entry(0))
    hot.post("/enter", evening.entry(1))

    assert refusal(hot, evening.entry(0, 1)) == (409, Reason.TWO_HOUSEHOLDS)


def test_nobody_named_is_refused(hot: HotPath, evening: Evening) -> None:
    assert refusal(hot, evening.entry(kin=["mother"])) == (422, Reason.NOBODY_NAMED)
    assert refusal(hot, evening.entry(code="v111age1")) == (422, Reason.NOBODY_NAMED)


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "short"},
        {"kin": ["uncle"]},
        {"kin": ["resident"]},
        {"people": [{"number": "", "name": "林小满"}]},
        {"people": [{"number": "1"}]},
        {"code": "x" * 50},
        {"home": "elsewhere"},
    ],
)
def test_what_cannot_be_meant_is_malformed(
    hot: HotPath, evening: Evening, changes: dict[str, Any]
) -> None:
    assert refusal(hot, evening.entry(0, **changes)) == (400, Reason.MALFORMED)


def test_a_large_entry_is_refused(hot: HotPath) -> None:
    answer = hot.post("/enter", b" " * 9000)

    assert (answer.status, answer.json["code"]) == (413, Reason.TOO_LARGE)


def test_a_forged_seat_gives_no_household(hot: HotPath, evening: Evening) -> None:
    entry = evening.entry(seat="AAAA", kin=["mother"])

    assert refusal(hot, entry) == (422, Reason.NOBODY_NAMED)


@pytest.mark.parametrize("typed", ["\x00", "c1ass\x00", "z" * 60_000, "林", "a/b"])
def test_what_cannot_be_a_code_is_unknown_and_not_remembered(hot: HotPath, typed: str) -> None:
    page = hot.get(f"/e/{typed}")

    assert page.status == 200
    assert b'"state":"unknown"' in page.body
    assert not hot.service.codes._known


def test_a_code_with_a_nul_is_unknown_to_an_entry(hot: HotPath, evening: Evening) -> None:
    answer = hot.post("/enter", evening.entry(0, code="c1ass\x00"))

    assert (answer.status, answer.json["code"]) == (404, Reason.UNKNOWN_CODE)


def test_a_database_that_is_down_admits_nobody_and_writes_nothing(
    hot: HotPath, evening: Evening
) -> None:
    hot.get("/e/c1ass001")
    stores = hot.service._entry_lanes.stores
    address = stores[0]._url
    for store in stores:
        store._url = "postgresql://nobody@/nowhere?host=/nonexistent"
        hot.run(store.close())
    entry = evening.entry(0, kin=["mother"])

    down = hot.post("/enter", entry)

    assert (down.status, down.json["code"]) == (503, Reason.NOT_DURABLE)
    assert down.headers["retry-after"] == "10"
    assert not Household.objects.exists()
    assert not Person.objects.filter(kin="mother").exists()
    for store in stores:
        store._url = address
    assert hot.post("/enter", entry).status == 200


def test_a_relative_is_added_only_where_a_child_of_the_home_is(
    hot: HotPath, evening: Evening
) -> None:
    seat = hot.post("/enter", evening.entry(0)).json["seat"]
    without_child = {"people": [], "kin": ["mother"], "seat": seat}

    elsewhere = hot.post("/enter", evening.entry(code="c1ass002", **without_child))

    assert (elsewhere.status, elsewhere.json["code"]) == (422, Reason.NOBODY_NAMED)
    assert not Person.objects.filter(kin="mother").exists()
    assert hot.post("/enter", evening.entry(**without_child)).status == 200


def test_an_entry_that_the_tables_refuse_does_not_spoil_its_batch(
    hot: HotPath, evening: Evening
) -> None:
    token = hot.post("/enter", evening.entry(0)).json["seat"]
    seat = hot.service.mint.open_seat(token)
    assert seat is not None
    gone = hot.service.mint.seat(msgspec.structs.replace(seat, household=2**40))
    bad = evening.entry(code="v111age1", people=[], kin=["resident"], seat=gone)

    answers = hot.post_all("/enter", [evening.entry(1), bad, evening.entry(2)])

    assert [answer.status for answer in answers] == [200, 401, 200]
    assert answers[1].json["code"] == Reason.BAD_SEAT
