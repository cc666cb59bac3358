"""The list of words, the phrases, and what is kept about somebody."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingtian.comments.actions import forget
from mingtian.comments.models import Comment, Like, Phrase, WordListVersion
from mingtian.comments.queries import kept_about
from mingtian.comments.queries.phrases import list_phrases
from mingtian.comments.rules import State
from mingtian.comments.tests.conftest import TalkPath, enter
from mingtian.comments.tests.say import said
from mingtian.org.rules import Role
from mingtian.people.rules import PersonKind
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.evening import Evening
from mingtian.testing.make import ACTOR, NOW

WORDS = reverse("comments:word-list")


def save(client: Client, text: str, based_on: int = 0) -> tuple[int, str]:
    answer = client.post(WORDS, {"text": text, "note": "更新", "based_on": based_on})
    return answer.status_code, answer.content.decode()


def test_the_city_office_saves_a_version_and_the_intake_takes_it_up(
    client: Client, cast: Cast, hot: TalkPath, evening: Evening, home: str
) -> None:
    client.force_login(cast.office)
    assert save(client, "[listed]\n口袋鼠")[0] == 302
    hot.run(hot.talk.prepared.reload())

    hot.say(home, evening.lecture.pk, text="我喜欢口 袋 鼠")

    assert hot.talk.prepared.sieve.version == 1
    assert Comment.objects.get().concerns == "listed"
    page = client.get(WORDS).content.decode()
    assert "更新" in page
    assert "口袋鼠" in client.get(reverse("comments:word-list-version", args=[1])).content.decode()
    first = client.get(reverse("comments:word-list-version", args=[0])).content.decode()
    assert "不想活" in first
    assert client.get(reverse("comments:word-list-version", args=[7])).status_code == 404


def test_refused_lists_say_what_to_do(client: Client, cast: Cast) -> None:
    # Meets "word_list_line", "word_list_changed", "word_list_too_long".
    client.force_login(cast.office)

    status, page = save(client, "没有类别的词")
    assert (status, "第 1 行" in page) == (422, True)
    assert save(client, "[listed]\n甲乙")[0] == 302
    assert "新版本" in save(client, "[listed]\n丙丁")[1]
    assert "词表太长" in save(client, "[listed]\n" + "很" * 500_001, based_on=1)[1]
    assert WordListVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["principal", "teacher", "outsider"])
def test_nobody_below_the_city_keeps_the_words(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))

    assert client.get(WORDS).status_code == 404
    assert client.get(reverse("comments:word-list-version", args=[0])).status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CLERK])
def test_director_and_clerk_read_words_and_phrases_and_change_neither(
    client: Client, evening: Evening, role: Role
) -> None:
    client.force_login(make_staff(role.value, evening.tree.city, role))
    client.cookies["lang"] = "en"

    words, phrases = (client.get(page).text for page in (WORDS, phrases_page(evening)))

    assert "[harm]" in words
    assert "Our whole family is watching" in phrases
    assert "<textarea" not in words + phrases
    assert client.post(WORDS, {"text": "[listed]", "based_on": 0}).status_code == 404
    assert client.post(phrases_page(evening), {"text": "句 | phrase"}).status_code == 404
    assert not WordListVersion.objects.exists()
    assert not Phrase.objects.exists()


def phrases_page(evening: Evening) -> str:
    return reverse("comments:phrases", args=[evening.campaign.public_id, 1])


def test_the_campaigns_office_sets_phrases_and_those_that_stay_keep_their_number(
    client: Client, cast: Cast, evening: Evening
) -> None:
    client.force_login(cast.office)
    assert "我们一家都在看" in client.get(phrases_page(evening)).content.decode()
    client.post(phrases_page(evening), {"text": "甲 | one\n乙 ｜ two"})
    kept = Phrase.objects.get(text="乙")

    client.post(phrases_page(evening), {"text": "乙 | two\n丙 | three"})

    offered, own = list_phrases(evening.lecture.pk)
    assert own
    assert [one.text for one in offered] == ["乙", "丙"]
    assert offered[0].number == kept.pk
    assert Phrase.objects.get(text="甲").retired_at is not None
    client.post(phrases_page(evening), {"text": ""})
    assert list_phrases(evening.lecture.pk)[1] is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("只有中文", "请写中文和英文"),
        ("很" * 41 + " | long", "有短语太长"),
        ("\n".join(f"句{n} | phrase {n}" for n in range(13)), "短语太多"),
    ],
)
def test_refused_phrases_say_what_to_do(
    client: Client, cast: Cast, evening: Evening, text: str, told: str
) -> None:
    # Meets "phrase_needs_both", "phrase_too_long", "too_many_phrases".
    client.force_login(cast.office)

    answer = client.post(phrases_page(evening), {"text": text})

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_phrases_of_another_campaign_or_lecture_are_not_found(
    client: Client, cast: Cast, evening: Evening
) -> None:
    client.force_login(cast.principal)
    assert client.get(phrases_page(evening)).status_code == 404
    client.force_login(cast.office)
    missing = reverse("comments:phrases", args=[evening.campaign.public_id, 9])
    assert client.get(missing).status_code == 404


def test_everything_kept_is_told_and_can_be_forgotten(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture, pupil = evening.lecture.pk, evening.pupils[0].pk
    hot.like(home, lecture, like=True)
    hot.say(home, lecture, phrase=1)
    hot.say(home, lecture, text="我学到了很多")
    other = enter(hot, evening, 1)
    hot.like(other, lecture, like=True)

    kept = kept_about([pupil])

    assert {one.what for one in kept} == {"like", "comment"}
    assert [one.facts.get("words") for one in kept] == [None, "我们一家都在看", None]
    Comment.objects.update(state="approved")
    assert kept_about([pupil])[-1].facts["words"] == "我学到了很多"
    assert {one.facts["lecture"] for one in kept} == {"未成年人保护法"}
    assert forget([pupil], now=NOW, actor=ACTOR) == 3
    assert kept_about([pupil]) == []
    assert Like.objects.count() == 1


def test_what_is_kept_costs_as_many_statements_for_many_phrases_as_for_one(
    hot: TalkPath, evening: Evening, home: str
) -> None:
    lecture, pupil = evening.lecture, evening.pupils[0].pk
    own = [
        Phrase.objects.create(lecture=lecture, place=n, text=f"句{n}", text_en=f"phrase {n}")
        for n in range(3)
    ]
    hot.run(hot.talk.prepared.reload())
    hot.say(home, lecture.pk, phrase=own[0].pk)
    with CaptureQueriesContext(connection) as one:
        kept_about([pupil])
    for phrase in own[1:]:
        hot.say(home, lecture.pk, phrase=phrase.pk)

    with CaptureQueriesContext(connection) as three:
        kept = kept_about([pupil])

    assert [each.facts["words"] for each in kept] == ["句0", "句1", "句2"]
    assert len(three) == len(one)


@pytest.mark.parametrize("state", ["waiting", "declined", "referred"])
def test_a_home_cannot_tell_what_the_school_did_with_a_childs_words(
    evening: Evening, state: str
) -> None:
    tree, pupil = evening.tree, evening.pupils[0]
    said("家里的事", lecture=evening.lecture.pk, unit=tree.class_one, house=tree.school,
         person=pupil.pk, state=State(state), kind=PersonKind.PUPIL)  # fmt: skip

    (kept,) = kept_about([pupil.pk])

    assert kept.facts == {"lecture": "未成年人保护法", "words": None, "state": None}


def test_erasure_does_not_take_away_what_tells_of_harm(evening: Evening) -> None:
    tree, pupil, mother = evening.tree, evening.pupils[0].pk, 10**6
    lecture, unit, house = evening.lecture.pk, tree.class_one, tree.school
    referred = said(
        "他打我", lecture=lecture, unit=unit, house=house, person=pupil, state=State.REFERRED
    )
    unread = said("救救我", lecture=lecture, unit=unit, house=house, person=mother, concerns="harm")

    assert forget([pupil, mother], now=NOW, actor=ACTOR) == 0

    Comment.objects.filter(public_id=referred.public_id).update(state=State.DECLINED)
    Comment.objects.filter(public_id=unread.public_id).update(state=State.APPROVED)
    assert forget([pupil, mother], now=NOW, actor=ACTOR) == 2


def test_forgetting_nobody_leaves_everything(evening: Evening) -> None:
    tree = evening.tree
    said("留下的话", lecture=evening.lecture.pk, unit=tree.class_one, house=tree.school)

    assert forget([], now=NOW, actor=ACTOR) == 0
    assert Comment.objects.count() == 1
