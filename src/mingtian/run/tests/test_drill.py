"""The short drill of every check: 500 phones, all faults, both crashes, one reconciliation."""

import json
import random
import subprocess
import sys
from typing import Any

import pytest

from mingtian.comments.rules import Concern
from mingtian.comments.sieve.look import Sieve
from mingtian.comments.sieve.words import parse, starting_text
from mingtian.run.drill import Faults
from mingtian.run.families import Beside
from mingtian.run.phones import Invitation, Phone, Reply, Wire
from mingtian.run.reconcile import (
    Reconciliation,
    Said,
    count_assisted,
    count_shared,
    counted_by_phones,
    differing,
    total,
)
from mingtian.run.sayings import ADULTS, PUPILS, QUESTIONS, TO_LOOK_AT, URGENT
from mingtian.run.voices import Voice

KEYS = [
    "phones", "beats_sent", "beats_acknowledged", "refused_by_reason", "persons_expected",
    "persons_stored", "persons_tallied", "persons_on_board", "slots_expected", "slots_stored",
    "slots_tallied", "faults", "reconciled", "assisted", "by_hand", "gathered_heads", "exempt",
    "unwilling", "withdrawn", "erased", "shared_phones", "homes_in_two_schools",
    "comments_sent", "comments_acknowledged", "comments_stored", "comments_repeated",
    "homes_that_like",
]  # fmt: skip


class Answering(Wire):
    """A server that answers everything alike."""

    def __init__(self, body: str) -> None:
        self.reply = Reply(200, json.loads(body))

    async def post(self, path: str, body: bytes | dict[str, Any]) -> Reply:  # noqa: ARG002 - all alike
        return self.reply


@pytest.mark.slow
def test_a_drill_of_500_phones_reconciles() -> None:
    command = [sys.executable, "-m", "mingtian.run.drill_command", "--phones", "500", "--json"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert [key for key in KEYS if key not in result] == []
    assert result["persons_expected"] == result["persons_stored"] == result["persons_on_board"]
    assert result["slots_expected"] == result["slots_stored"] == result["slots_tallied"] > 0
    assert min(result["faults"].values()) > 0
    assert result["comments_sent"] > result["comments_acknowledged"] == result["comments_stored"]
    assert {"malformed", "bad_seat", "expired_seat", "withdrawn", "left"} <= set(
        result["refused_by_reason"]
    )
    assert min(result[name] for name in KEYS[13:]) > 0


def phone(*children: str, live: int, settled: int, kin: tuple[str, ...] = ()) -> Phone:
    people = tuple((child, "") for child in children)
    invitation = Invitation(code="", unit=7, people=people, kin=kin)
    return Phone(invitation, epoch="1:1", live=live, settled=settled)


def test_a_person_on_two_phones_counts_once_with_both_maps() -> None:
    phones = [phone("1", live=0b11, settled=0b11), phone("1", live=0b110, settled=0b100)]

    assert counted_by_phones(phones, settled=True) == {7: (1, 3)}
    assert counted_by_phones(phones, settled=False) == {7: (1, 3)}


def test_relatives_count_beside_their_child() -> None:
    phones = [phone("1", "2", live=1, settled=1, kin=("mother",))]

    assert counted_by_phones(phones, settled=True) == {7: (3, 3)}


def test_children_of_one_home_at_two_schools_count_in_the_class_of_their_own() -> None:
    there = Invitation(code="", unit=8, people=(("20", ""),))
    here = Invitation(code="", unit=7, people=(("1", ""),), kin=("mother",), beside=there)

    counted = counted_by_phones([Phone(here, epoch="1:1", live=0b11, settled=0b1)], settled=True)

    assert counted == {7: (2, 2), 8: (1, 1)}


def test_two_homes_on_one_phone_are_one_shared_phone() -> None:
    cousins = [phone("1", live=1, settled=1), phone("2", live=1, settled=1)]
    cousins[1].name = cousins[0].name

    assert count_shared([*cousins, phone("3", live=1, settled=1)]) == 1
    assert counted_by_phones(cousins, settled=True) == {7: (2, 2)}


def test_a_helped_home_with_two_phones_counts_once_and_only_when_it_came() -> None:
    helped = Invitation(code="", unit=7, people=(("1", ""),), assisted=True)
    other = Invitation(code="", unit=7, people=(("2", ""),), assisted=True)
    phones = [Phone(helped, epoch="1:1"), Phone(helped, epoch="1:1"), Phone(other)]

    assert count_assisted(phones) == 1


async def test_a_home_that_left_takes_nothing_more_as_confirmed() -> None:
    gone = phone("1", live=0b111, settled=0b1)
    gone.left = True

    await gone.beat(Answering('{"live":"7","epoch":"1:1","next":10}'), 4)

    assert gone.settled == 0b1
    assert gone.acknowledged == 0


def test_a_note_that_is_not_shown_is_named() -> None:
    assert differing({"by_hand": 3, "exempt": 2}, {"by_hand": 3, "exempt": 2}) == []
    assert differing({"by_hand": 3}, {"by_hand": 3, "exempt": 2}) == ["exempt: 0 shown, 2 done"]


def test_what_never_happened_beside_the_phones_is_named() -> None:
    done = Beside(by_hand=1, gathered_heads=1, exempt=1, unwilling=1, withdrawn=1)

    assert done.missing() == ["erased"]


def test_a_phone_that_was_never_answered_counts_for_nothing() -> None:
    silent = phone("1", live=1, settled=0)
    silent.epoch = ""

    assert counted_by_phones([silent], settled=True) == {}


@pytest.mark.parametrize("count", ["acknowledged", "stored", "tallied"])
def test_one_slot_too_many_anywhere_is_a_disagreement(count: str) -> None:
    """A reconciliation that cannot fail proves nothing."""
    same = {7: (2, 10)}
    counts = {"sent": {7: (2, 12)}, "acknowledged": same, "stored": same, "tallied": same}
    right = Reconciliation(**counts, board={7: 2})

    wrong = Reconciliation(**{**counts, count: {7: (2, 11)}}, board={7: 2})

    assert right.agrees
    assert not wrong.agrees


def test_a_board_that_lags_and_more_acknowledged_than_sent_are_disagreements() -> None:
    same = {7: (2, 10)}

    assert not Reconciliation(
        sent=same, acknowledged=same, stored=same, tallied=same, board={7: 1}
    ).agrees
    assert not Reconciliation(
        sent={7: (2, 9)}, acknowledged=same, stored=same, tallied=same, board={7: 2}
    ).agrees


def test_a_fault_that_never_happened_is_named() -> None:
    faults = Faults(
        resent=1, reordered=1, forged=1, expired=1, ahead_of_clock=1, truncated=1, away=1
    )

    assert faults.missing() == ["ingest_killed", "postgres_crashed"]


def said(**changes: Any) -> Said:
    same = frozenset({"a", "b"})
    facts: dict[str, Any] = {"sent": same, "acknowledged": same, "stored": same}
    return Said(**{**facts, "repeated": 1, "liking": 1, "forgetful": 0, **changes})


def test_comments_that_agree_message_by_message_have_no_problem() -> None:
    assert said(sent=frozenset("abc")).problems() == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stored": frozenset("a")}, "acknowledged and are not stored"),
        ({"stored": frozenset("abc")}, "stored and were not acknowledged"),
        ({"stored": frozenset("ac"), "acknowledged": frozenset("ac")}, "nobody sent"),
        ({"repeated": 0}, "comments_repeated: never happened"),
        ({"forgetful": 2}, "2 homes find other likes"),
    ],
)
def test_a_comment_or_like_that_differs_is_a_problem(changes: dict[str, Any], told: str) -> None:
    (problem,) = said(**changes).problems()

    assert told in problem


def test_an_erased_home_leaves_behind_only_what_tells_of_harm() -> None:
    voice = Voice(phone("1", live=0, settled=0), 4, random.Random(1))
    voice.sent = {"a": {"text": URGENT[0]}, "b": {"text": "谢谢"}, "c": {"phrase": 1}}
    voice.said = {"a", "b"}

    voice.forget()

    assert (set(voice.sent), voice.said) == ({"a"}, {"a"})


def test_every_text_to_look_at_raises_something_and_no_other_does() -> None:
    """What the crowd says shows the queue as it is: most is plain, little is urgent."""
    sieve = Sieve(parse(starting_text()))

    assert [text for text in (*PUPILS, *ADULTS, *QUESTIONS) if sieve.look(text)] == []
    assert [text for text in TO_LOOK_AT if not sieve.look(text)] == []
    assert {sieve.look(text)[0] for text in URGENT} == {Concern.HARM}
    assert all(Concern.HARM not in sieve.look(text) for text in TO_LOOK_AT)


def test_totals_add_over_classes() -> None:
    assert total({1: (2, 3), 2: (4, 5)}) == (6, 8)
