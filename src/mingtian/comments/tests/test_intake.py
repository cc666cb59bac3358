"""What phones may say and like, and every way to be refused (COM-2)."""

import asyncio

import pytest

from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.ingest.tokens import Seat
from mingtian.comments.intake import sentences
from mingtian.comments.intake.reasons import STATUS, Objection
from mingtian.comments.models import Comment, Like, Phrase
from mingtian.comments.rules import MOST_A_LECTURE, State
from mingtian.comments.sealing import place_of_text
from mingtian.comments.tests.conftest import TalkPath, enter, new_key
from mingtian.core.clock import SHANGHAI
from mingtian.people.models import Departed, Person
from mingtian.people.sealing import sealer
from mingtian.testing.evening import Evening


def test_a_text_waits_sealed_and_a_phrase_is_shown_at_once(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    text = hot.say(home, evening.lecture.pk, 1, text="  孩子  学到很多  ")
    phrase = hot.say(home, evening.lecture.pk, 0, phrase=2)

    assert text.json["state"] == "waiting"
    assert phrase.json["state"] == "approved"
    row = Comment.objects.get(phrase=None)
    assert row.kin == "mother"
    assert row.house == evening.tree.school.pk
    assert row.unit == evening.tree.class_one.pk
    assert "孩子".encode() not in bytes(row.text_sealed or b"")
    opened = sealer().open(bytes(row.text_sealed or b""), place_of_text(row.public_id))
    assert opened == "孩子 学到很多"


def test_a_message_sent_twice_is_stored_once(hot: TalkPath, evening: Evening, home: str) -> None:
    key = new_key()

    first = hot.say(home, evening.lecture.pk, text="今天学了很多", key=key)
    again = hot.say(home, evening.lecture.pk, text="今天学了很多", key=key)

    assert first.status == again.status == 200
    assert first.json["left"] == again.json["left"] == MOST_A_LECTURE - 1
    assert Comment.objects.count() == 1


def test_a_message_twice_in_one_batch_and_on_two_connections_is_stored_once(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    one = {"seat": home, "lecture": evening.lecture.pk, "person": 0, "phrase": 1}
    message, other = one | {"key": new_key()}, one | {"key": new_key()}

    assert {each.status for each in hot.post_all("/say", [other, message, message])} == {200}
    hot.talk.says._most = 1
    assert {each.status for each in hot.post_all("/say", [message, other] * 3)} == {200}

    assert Comment.objects.count() == 2


def test_five_things_may_be_said_and_the_sixth_is_refused(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    bodies = [
        {"seat": home, "lecture": evening.lecture.pk, "person": 0, "key": new_key(), "phrase": 1}
        for _ in range(8)
    ]

    answers = hot.post_all("/say", bodies)

    assert sorted(answer.status for answer in answers) == [200] * 5 + [429] * 3
    assert Comment.objects.count() == MOST_A_LECTURE
    assert hot.say(home, evening.lecture.pk, phrase=1).json["code"] == Objection.ENOUGH_SAID
    assert hot.say(home, evening.lecture.pk, 1, phrase=1).status == 200, "another person may"


def test_two_processes_together_store_five(
    hot: TalkPath, evening: Evening, home: str, tmp_path: object
) -> None:
    """The primary key decides; who lost its number looks again."""
    lanes = hot.talk.says
    bodies = [
        {"seat": home, "lecture": evening.lecture.pk, "person": 0, "key": new_key(), "phrase": 1}
        for _ in range(12)
    ]

    async def one_by_one() -> list[int]:
        lanes._most = 1  # each batch on a lane of its own
        answers = await asyncio.gather(*(_posted(hot, body) for body in bodies))
        return sorted(answers)

    statuses = hot.run(one_by_one())

    assert statuses.count(200) == MOST_A_LECTURE
    assert Comment.objects.count() == MOST_A_LECTURE


async def _posted(hot: TalkPath, body: dict[str, object]) -> int:
    import json

    answer = await hot._ask("POST", "/say", [json.dumps(body).encode()], {})
    return answer.status


def test_the_same_like_from_two_connections_is_one(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    hot.talk.likes._most = 1
    body = {"seat": home, "lecture": evening.lecture.pk, "person": 0, "like": True}

    answers = hot.post_all("/like", [body] * 6)

    assert {answer.status for answer in answers} == {200}
    assert Like.objects.count() == 1


def test_a_like_can_be_taken_back_and_is_told_to_its_own_home_only(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture = evening.lecture.pk
    assert hot.like(home, lecture, 1, like=True).json["like"] is True
    assert [one["like"] for one in hot.like(home, lecture).json["people"]] == [False, True]

    assert hot.like(home, lecture, 1, like=False).json["like"] is False

    assert not Like.objects.exists()
    other = enter(hot, evening, 1)
    assert [one["like"] for one in hot.like(other, lecture).json["people"]] == [False]


def test_the_last_wish_in_a_batch_holds(hot: TalkPath, evening: Evening, home: str) -> None:
    wish = {"seat": home, "lecture": evening.lecture.pk, "person": 0}

    hot.post_all("/like", [wish | {"like": True}, wish | {"like": False}, wish | {"like": True}])

    assert Like.objects.count() == 1


def test_a_text_is_refused_when_empty_or_too_long(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture = evening.lecture.pk
    assert hot.say(home, lecture, text=" \u3000 ").json["code"] == Objection.NOTHING_SAID
    assert hot.say(home, lecture, text="好" * 201).json["code"] == Objection.TOO_LONG
    assert hot.say(home, lecture, text="好" * 200).status == 200
    assert hot.say(home, lecture, text="x" * 1200).json["code"] == "malformed"


def test_an_unknown_or_retired_phrase_is_refused(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture = evening.lecture
    assert hot.say(home, lecture.pk, phrase=99).json["code"] == Objection.UNKNOWN_PHRASE
    own = Phrase.objects.create(lecture=lecture, place=1, text="我爱普法", text_en="I like law")
    hot.run(hot.talk.prepared.reload())

    assert own.pk >= 100
    assert hot.say(home, lecture.pk, phrase=own.pk).status == 200
    assert hot.say(home, lecture.pk, phrase=1).json["code"] == Objection.UNKNOWN_PHRASE


def test_nobody_there_is_refused(hot: TalkPath, evening: Evening, home: str) -> None:
    assert hot.say(home, evening.lecture.pk, 2, phrase=1).json["code"] == Objection.NOBODY_THERE
    assert hot.like(home, evening.lecture.pk, 2, like=True).status == 422


def test_talk_keeps_the_hours_of_the_lecture_to_the_second(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture = evening.lecture
    hot.clock.now = evening.at(-11)
    early = hot.say(home, lecture.pk, phrase=1)
    assert (early.json["code"], early.json["next"]) == (Objection.TALK_NOT_OPEN, 60)
    closes = round(lecture.closes_at.astimezone(SHANGHAI).timestamp() * 1000)

    hot.clock.now = closes - 1
    assert hot.say(home, lecture.pk, phrase=1).status == 200
    hot.clock.now = closes

    assert hot.say(home, lecture.pk, phrase=1).json["code"] == Objection.TALK_OVER
    assert hot.like(home, lecture.pk, like=True).json["code"] == Objection.TALK_OVER
    assert hot.like(home, lecture.pk).status == 200, "asking stays possible"


def test_a_home_that_has_left_says_nothing_more(hot: TalkPath, evening: Evening, home: str) -> None:
    pupil = evening.pupils[0]
    pupil.refresh_from_db()
    hot.say(home, evening.lecture.pk, phrase=1)
    for person in Person.objects.filter(household=pupil.household_id):
        Departed.objects.create(
            person=person.pk, household=pupil.household_id or 0, at=evening.lecture.starts_at
        )

    assert hot.say(home, evening.lecture.pk, phrase=1).json["code"] in {Objection.LEFT, "withdrawn"}
    hot.like(home, evening.lecture.pk, like=True)
    assert not Like.objects.exists()
    hot.clock.now += 5_000
    assert feed_of(hot, evening, home)["comments"] == []


def test_a_person_erased_since_has_to_enter_again(hot: TalkPath, evening: Evening) -> None:
    unit, campaign = evening.tree.class_one.pk, evening.campaign.pk
    ghost = hot.service.mint.seat(Seat(2**31, campaign, 1, 1, unit, ((2**40, unit, 1),)))

    assert hot.say(ghost, evening.lecture.pk, phrase=1).json["code"] == "bad_seat"


def test_forged_expired_and_foreign_seats_are_refused(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    unit, campaign, lecture = evening.tree.class_one.pk, evening.campaign.pk, evening.lecture.pk
    members = ((evening.pupils[0].pk, unit, 1),)
    expired = hot.service.mint.seat(Seat(1000, campaign, 1, 1, unit, members))
    foreign = hot.service.mint.seat(Seat(2**31, campaign + 1, 1, 1, unit, members))
    nowhere = hot.service.mint.seat(
        Seat(2**31, campaign, 1, 1, unit, ((evening.pupils[0].pk, 10**6, 1),))
    )

    assert hot.say("AAAA", lecture, phrase=1).json["code"] == "bad_seat"
    assert hot.say(home[:-3] + "AAA", lecture, phrase=1).json["code"] == "bad_seat"
    assert hot.say(expired, lecture, phrase=1).json["code"] == "expired_seat"
    assert hot.say(foreign, lecture, phrase=1).json["code"] == "other_campaign"
    assert hot.say(nowhere, lecture, phrase=1).json["code"] == "bad_seat"
    assert hot.say(home, 999, phrase=1).json["code"] == "unknown_lecture"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"seat": 1}', b"\xff"])
def test_what_cannot_be_read_is_refused(hot: TalkPath, body: bytes) -> None:
    for path in ("/say", "/like"):
        assert hot.post(path, body).json["code"] == "malformed"


def test_a_body_over_the_limit_is_refused(hot: TalkPath) -> None:
    assert hot.post("/say", b"x" * 5000).status == 413


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/say", "POST"),
        ("OPTIONS", "/like", "POST"),
        ("PUT", "/comments/1/abc.json", "GET, HEAD"),
    ],
)
def test_another_method_is_refused_with_those_that_work(
    hot: TalkPath, method: str, path: str, allowed: str
) -> None:
    answer = hot.ask(method, path, [b""])

    assert (answer.status, answer.json["code"]) == (405, Reason.WRONG_METHOD)
    assert answer.headers["allow"] == allowed


def test_a_full_buffer_says_when_to_try_again(hot: TalkPath, evening: Evening, home: str) -> None:
    hot.talk.says._limit = 0

    refused = hot.say(home, evening.lecture.pk, phrase=1)

    assert (refused.status, refused.json["code"]) == (503, "busy")
    assert refused.headers["retry-after"]


def feed_of(hot: TalkPath, evening: Evening, seat: str) -> dict[str, list[dict[str, object]]]:
    address: str = hot.like(seat, evening.lecture.pk).json["feed"]
    parsed: dict[str, list[dict[str, object]]] = hot.get(address).json
    return parsed


def test_the_feed_shows_approved_comments_of_the_own_school_without_names_and_totals(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    hot.say(home, evening.lecture.pk, 1, text="电话13812345678,讲得好")
    hot.say(home, evening.lecture.pk, 0, phrase=1)
    assert [one["kind"] for one in feed_of(hot, evening, home)["comments"]] == ["pupil"]

    Comment.objects.filter(phrase=None).update(state=State.APPROVED)
    hot.clock.now += 4_000
    feed = feed_of(hot, evening, home)

    shown = {str(one["zh"]) for one in feed["comments"]}
    assert shown == {"我们一家都在看", "电话〔号码〕,讲得好"}
    assert {one["kin"] for one in feed["comments"]} == {"", "mother"}
    assert set(feed) == {"phrases", "comments"}
    assert set(feed["comments"][0]) == {"id", "kind", "kin", "zh", "en", "at"}


def test_another_school_sees_nothing_of_it(hot: TalkPath, evening: Evening, home: str) -> None:
    hot.say(home, evening.lecture.pk, 0, phrase=1)
    other = f"/comments/{evening.lecture.pk}/{evening.tree.far_school.public_id}.json"

    assert hot.get(other).json["comments"] == []


def test_the_feed_is_the_same_bytes_for_some_seconds_and_answers_304(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    address = hot.like(home, evening.lecture.pk).json["feed"]
    first = hot.get(address)
    hot.say(home, evening.lecture.pk, 0, phrase=1)

    assert hot.get(address).body == first.body
    assert hot.get(address, if_none_match=first.headers["etag"]).status == 304
    hot.clock.now += 4_000
    assert hot.get(address, if_none_match=first.headers["etag"]).status == 200
    assert first.headers["cache-control"] == "public, max-age=3"


@pytest.mark.parametrize(
    "path", ["x/abc", "1", "99999/abc", "1/a-b", "1/aaaaaaaaaaaaaaaaaa", "²/a"]
)
def test_a_wrong_feed_address_is_refused(hot: TalkPath, path: str) -> None:
    assert hot.get(f"/comments/{path}.json").json["code"] == Objection.UNKNOWN_FEED


@pytest.mark.parametrize("objection", Objection)
def test_an_objection_has_a_status_and_sentences_in_both_languages(objection: Objection) -> None:
    assert STATUS[objection] >= 400
    chinese = sentences.sentence(objection, "zh-hans")
    english = sentences.sentence(objection, "en")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)
    assert english.isascii()
