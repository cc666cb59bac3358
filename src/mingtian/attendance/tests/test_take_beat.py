"""A beat over the whole path: what is settled, and each refusal with its code."""

import asyncio
import json
import logging
from datetime import timedelta

import pytest

from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences
from mingtian.campaigns.models import Campaign
from mingtian.testing.evening import Evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import NOW


def test_the_first_beat_is_the_arrival(hot: HotPath, evening: Evening, seat: str) -> None:
    answer = hot.post("/b", evening.beat(seat))

    assert answer.status == 200
    assert answer.json["live"] == "0"
    assert answer.json["ticket"]
    assert Record.objects.get().live == 0
    arrived = dict(Tally.objects.values_list("kind", "arrived"))
    assert arrived == {1: 1, 100: 1, 101: 1}


def test_a_map_is_settled_and_counted(hot: HotPath, evening: Evening, seat: str) -> None:
    first = hot.post("/b", evening.beat(seat)).json
    hot.clock.now = evening.at(2.5)

    answer = hot.post("/b", evening.beat(seat, 0b111, ticket=first["ticket"])).json

    assert (answer["live"], answer["why"]) == ("7", None)
    tally = Tally.objects.get(kind=1)
    assert tally.slots == 3
    assert tally.curve == 1 + 10**8 + 10**16


def test_a_beat_sent_again_changes_nothing(hot: HotPath, evening: Evening, seat: str) -> None:
    hot.clock.now = evening.at(1)
    beat = evening.beat(seat, 0b10)
    before = hot.post("/b", beat).json

    again = hot.post("/b", beat).json

    assert again == before
    assert list(Tally.objects.values_list("kind", "arrived", "slots").order_by("kind")) == [
        (1, 1, 1),
        (100, 1, 0),
        (101, 1, 0),
    ]


def test_bits_ahead_of_the_clock_stay_on_the_phone(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(1.5)

    answer = hot.post("/b", evening.beat(seat, 0b1110)).json

    assert (answer["live"], answer["why"]) == ("2", "ahead_of_clock")


def test_bits_before_the_first_beat_are_clipped(hot: HotPath, evening: Evening, seat: str) -> None:
    hot.clock.now = evening.at(10.2)

    answer = hot.post("/b", evening.beat(seat, (1 << 11) - 1)).json

    assert int(answer["live"], 16) == 1 << 10
    assert answer["why"] == "before_arrival"


def test_a_lost_ticket_costs_nothing(hot: HotPath, evening: Evening, seat: str) -> None:
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(3)

    answer = hot.post("/b", evening.beat(seat, 0b1111)).json

    assert answer["live"] == "f"
    assert Tally.objects.get(kind=100).arrived == 1


def test_a_ticket_of_another_seat_counts_for_nothing(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    other = hot.post("/enter", evening.entry(1)).json["seat"]
    ticket = hot.post("/b", evening.beat(other)).json["ticket"]
    hot.clock.now = evening.at(5)

    answer = hot.post("/b", evening.beat(seat, 0b111111, ticket=ticket)).json

    assert int(answer["live"], 16) == 1 << 5


def test_a_late_phone_brings_its_map_after_the_end(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    ticket = hot.post("/b", evening.beat(seat)).json["ticket"]
    hot.clock.now = evening.at(60 + 120)

    answer = hot.post("/b", evening.beat(seat, (1 << 60) - 1, ticket=ticket)).json

    assert int(answer["live"], 16) == (1 << 60) - 1
    assert Tally.objects.get(kind=1).completed == 1


def test_a_phone_that_lost_its_ticket_brings_its_map_after_the_end(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    """The reply to the first beat got lost, then the network was gone until after the end."""
    hot.post("/b", evening.beat(seat))
    hot.clock.now = evening.at(61)

    answer = hot.post("/b", evening.beat(seat, 0b111)).json

    assert answer["live"] == "7"
    assert answer["ticket"]
    assert Tally.objects.get(kind=100).arrived == 1


def test_who_first_comes_after_the_end_has_not_come_live(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(61)

    answer = hot.post("/b", evening.beat(seat, 1, replay="3")).json

    assert (answer["live"], answer["replay"], answer["ticket"]) == ("0", "3", "")
    assert Record.objects.get().live is None
    assert list(Tally.objects.values_list("kind", "arrived", "replayed")) == [(1, 0, 1)]


def test_a_replay_map_before_the_end_is_not_counted(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(30)

    answer = hot.post("/b", evening.beat(seat, replay="ff")).json

    assert (answer["replay"], answer["why"]) == ("0", "outside_replay_time")


def test_completion_is_counted_once_whatever_comes_later(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    ticket = hot.post("/b", evening.beat(seat)).json["ticket"]
    hot.clock.now = evening.at(60)
    for live in ((1 << 39) - 1, (1 << 40) - 1, (1 << 41) - 1, (1 << 40) - 1):
        hot.post("/b", evening.beat(seat, live, ticket=ticket))

    assert Tally.objects.get(kind=1).completed == 1


def test_many_beats_share_one_batch_and_one_statement(hot: HotPath, evening: Evening) -> None:
    entries = [evening.entry(n) for n in range(10)]
    seats = [answer.json["seat"] for answer in hot.post_all("/enter", entries)]
    hot.clock.now = evening.at(0)

    answers = hot.post_all("/b", [evening.beat(seat, 1) for seat in seats])

    assert {answer.status for answer in answers} == {200}
    assert Tally.objects.get(kind=1).curve == 10


def refusal(hot: HotPath, body: object) -> tuple[int, str]:
    answer = hot.post("/b", body)
    assert answer.json["say"]
    return answer.status, answer.json["code"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"seat":"x","lecture":"1"}',
        b'{"seat":"x","lecture":0}',
        b'{"seat":"x","lecture":1,"live":"g"}',
        b'{"seat":"x","lecture":1,"live":"1000000000000000"}',
        b'{"seat":"x","lecture":1,"v":2}',
        b'{"lecture":1}',
    ],
)
def test_what_cannot_be_read_is_malformed(hot: HotPath, body: bytes) -> None:
    assert refusal(hot, body) == (400, Reason.MALFORMED)


def test_a_large_body_is_refused(hot: HotPath) -> None:
    assert refusal(hot, b"x" * 3000) == (413, Reason.TOO_LARGE)


def test_a_truncated_beat_is_refused_and_nothing_kept(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    whole = json.dumps(evening.beat(seat, 1)).encode()

    assert refusal(hot, whole[:-9]) == (400, Reason.MALFORMED)
    assert not Record.objects.exists()


def forged(token: str) -> str:
    return token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")


def test_a_wrong_mac_is_refused(hot: HotPath, evening: Evening, seat: str) -> None:
    assert refusal(hot, evening.beat(forged(seat))) == (401, Reason.BAD_SEAT)


def test_a_key_that_is_gone_is_refused(hot: HotPath, evening: Evening) -> None:
    old = Mint({9: b"o" * 32}).seat(Seat(2**31, evening.campaign.pk, 1, 1, 1, ((1, 1, 1),)))

    assert refusal(hot, evening.beat(old)) == (401, Reason.BAD_SEAT)


def test_an_expired_seat_is_refused(hot: HotPath, evening: Evening) -> None:
    seat = Seat(evening.at(-11) // 1000, evening.campaign.pk, 1, 1, 1, ((1, 1, 1),))
    token = hot.service.mint.seat(seat)

    assert refusal(hot, evening.beat(token)) == (401, Reason.EXPIRED_SEAT)


def test_a_seat_of_another_campaign_is_refused(hot: HotPath, evening: Evening) -> None:
    seat = Seat(2**31, evening.campaign.pk + 1, 1, 1, 1, ((1, 1, 1),))

    assert refusal(hot, evening.beat(hot.service.mint.seat(seat))) == (403, Reason.OTHER_CAMPAIGN)


def test_an_unknown_lecture_is_refused(hot: HotPath, evening: Evening, seat: str) -> None:
    assert refusal(hot, evening.beat(seat, lecture=999)) == (404, Reason.UNKNOWN_LECTURE)


def test_before_the_doors_open_the_phone_learns_when(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(-15)

    answer = hot.post("/b", evening.beat(seat))

    assert (answer.status, answer.json["code"]) == (409, Reason.NOT_OPEN_YET)
    assert answer.json["next"] == 300
    assert answer.headers["retry-after"] == "300"


def test_after_closing_and_replay_nothing_is_taken(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    Campaign.objects.filter(pk=evening.campaign.pk).update(replay_until=NOW + timedelta(hours=3))
    hot.run(hot.service.reload())
    hot.clock.now = evening.at(60 * 17)

    assert refusal(hot, evening.beat(seat, 1)) == (410, Reason.OVER)


def test_a_refusal_speaks_the_readers_language(hot: HotPath) -> None:
    english = hot.post("/b", b"{", accept_language="en-GB,en;q=0.9").json["say"]
    chinese = hot.post("/b", b"{", accept_language="zh-CN").json["say"]

    assert english == "This request could not be read. Please open the page again."
    assert "请" in chinese


def test_a_full_buffer_says_busy_and_vouches_for_the_arrival(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.service.beats._limit = 0
    hot.clock.now = evening.at(4)

    busy = hot.post("/b", evening.beat(seat, 1 << 4))

    assert (busy.status, busy.json["code"]) == (503, Reason.BUSY)
    assert busy.headers["retry-after"] == "5"
    hot.service.beats._limit = 1000
    hot.clock.now = evening.at(9)
    later = hot.post("/b", evening.beat(seat, 0b11111 << 4, ticket=busy.json["ticket"])).json
    assert int(later["live"], 16) == 0b11111 << 4
    assert Tally.objects.get(kind=100).arrived == 1


def test_no_personal_data_reaches_the_log(
    hot: HotPath, evening: Evening, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hot.post("/enter", evening.entry(0))
    hot.post("/enter", evening.entry(0, people=[{"number": "1", "name": "沈思远"}]))

    assert "林小满" not in caplog.text
    assert "沈思远" not in caplog.text


def test_a_live_map_after_the_closing_is_not_counted(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(0)
    ticket = hot.post("/b", evening.beat(seat, 1)).json["ticket"]
    hot.clock.now = evening.at(17 * 60)

    late = hot.post("/b", evening.beat(seat, 0b11, replay="f", ticket=ticket)).json

    assert (late["live"], late["replay"], late["why"]) == ("1", "f", "after_closing")
    stored = Record.objects.get()
    assert (stored.live, stored.replay) == (1, 15)


def test_a_map_that_was_stored_stays_settled_after_the_closing(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(0)
    hot.post("/b", evening.beat(seat, 1))
    hot.clock.now = evening.at(17 * 60)

    late = hot.post("/b", evening.beat(seat, 1)).json

    assert (late["live"], late["why"], late["ticket"]) == ("1", None, "")


def test_a_phone_that_comes_after_the_closing_is_no_arrival(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.service.beats._limit = 0
    hot.clock.now = evening.at(4)
    witnessed = hot.post("/b", evening.beat(seat, 1 << 4)).json["ticket"]
    hot.service.beats._limit = 1000
    hot.clock.now = evening.at(17 * 60)

    hot.post("/b", evening.beat(seat, 1 << 4, replay="1", ticket=witnessed))

    assert Record.objects.get().live is None
    assert set(Tally.objects.values_list("arrived", flat=True)) == {0}


def test_a_beat_of_a_lecture_that_leaves_the_schedule_meanwhile_is_tallied(
    hot: HotPath, evening: Evening, seat: str
) -> None:
    hot.clock.now = evening.at(1)
    Campaign.objects.update(state="closed")

    async def beat_while_the_schedule_changes() -> None:
        body = json.dumps(evening.beat(seat, 0b10)).encode()
        asked = asyncio.create_task(hot._ask("POST", "/b", [body], {}))
        await asyncio.sleep(0)
        await hot.service.reload()
        await asked

    hot.run(beat_while_the_schedule_changes())

    assert Record.objects.get().live == 0b10
    assert differences(evening.lecture.pk) == []
