"""Everything kept about a home is shown, nothing of another home, and no key of a row."""

from mingtian.attendance.actions.forget import forget
from mingtian.attendance.models import Appeal, ByHand
from mingtian.attendance.queries import differences
from mingtian.attendance.queries.by_hand import list_beside_below
from mingtian.attendance.queries.kept import kept_about
from mingtian.attendance.sealing import place_of_appeal, sealer
from mingtian.core.ids import public_id
from mingtian.people.models import Person
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import ACTOR, DAY, NOW


def everything(hot: HotPath, evening: Evening) -> list[int]:
    """Let a home enter with help and watch ten slots, with a note and an answered question."""
    seat = hot.post("/enter", evening.entry(0, kin=["mother"], assisted=True)).json["seat"]
    hot.clock.now = evening.at(0)
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(10)
    hot.post("/b", evening.beat(seat, 0b1111011111))
    child = evening.pupils[0].pk
    ByHand.objects.create(
        lecture=evening.lecture, person_id=child, unit=evening.tree.class_one, kind=1,
        how="telephone", recorded_at=NOW,
    )  # fmt: skip
    own_id = public_id()
    Appeal.objects.create(
        public_id=own_id, lecture=evening.lecture, person_id=child, unit=evening.tree.class_one,
        text_sealed=sealer().seal("手机没电了", place_of_appeal("text", own_id)),
        answer_sealed=sealer().seal("已补记", place_of_appeal("answer", own_id)),
        opened_at=NOW, state="granted", answered_at=NOW,
    )  # fmt: skip
    return [child, Person.objects.get(kin="mother").pk]


def test_phones_evenings_notes_and_questions_are_shown(hot: HotPath, evening: Evening) -> None:
    persons = everything(hot, evening)
    hot.post("/enter", evening.entry(1))

    kept = kept_about(persons)

    by_what = {one.what: one for one in kept}
    assert sorted(one.what for one in kept) == [
        "evening", "evening", "noted_by_hand", "phone", "question",
    ]  # fmt: skip
    assert by_what["phone"].facts == {"persons": 2, "assisted": True, "evenings_arrived": 1}
    assert by_what["phone"].person_id is None
    facts = by_what["evening"].facts
    assert (facts["arrived"], facts["slots_live"], facts["slots_replay"]) == (True, 9, 0)
    assert facts["live"] == "1111101111" + "0" * 50
    assert by_what["noted_by_hand"].facts["how"] == "telephone"
    assert by_what["question"].facts["text"] == "手机没电了"
    assert by_what["question"].facts["answer"] == "已补记"


def test_what_stands_beside_the_figures_stays_when_a_home_is_forgotten(
    hot: HotPath, evening: Evening
) -> None:
    persons = everything(hot, evening)
    before = beside(evening)

    forget(persons, now=NOW, actor=ACTOR)

    assert before == {"telephone": 1, "helped": 1}
    assert beside(evening) == before
    assert differences(evening.lecture.pk) == []


def test_a_home_stays_helped_when_whoever_was_helped_is_taken_out_of_it(
    hot: HotPath, evening: Evening
) -> None:
    """The mother was helped with a phone of her own; the child came on another."""
    child = hot.post("/enter", evening.entry(0)).json["seat"]
    helped = evening.entry(people=[], kin=["mother"], seat=child, assisted=True)
    mother = hot.post("/enter", helped).json["seat"]
    hot.clock.now = evening.at(0)
    hot.post_all("/b", [evening.beat(child), evening.beat(mother)])

    forget([Person.objects.get(kin="mother").pk], now=NOW, actor=ACTOR)
    assert beside(evening) == {"helped": 1}
    assert differences(evening.lecture.pk) == []

    forget([evening.pupils[0].pk], now=NOW, actor=ACTOR)
    assert beside(evening) == {"helped": 1}
    assert differences(evening.lecture.pk) == []


def beside(evening: Evening) -> dict[str, int]:
    rows = list_beside_below(
        lecture_id=evening.lecture.pk, path=str(evening.tree.city.pk), line="leads", day=DAY
    )
    return {row.what: row.number for row in rows}


def test_nothing_is_kept_about_a_home_that_was_forgotten(hot: HotPath, evening: Evening) -> None:
    persons = everything(hot, evening)

    rows = forget(persons, now=NOW, actor=ACTOR)

    assert rows == 2 + 1 + 1 + 1 + 1 + 1
    assert kept_about(persons) == []
    assert forget([], now=NOW, actor=ACTOR) == 0
