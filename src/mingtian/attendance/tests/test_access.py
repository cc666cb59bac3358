"""What a seat token opens for pages, and making one again for a phone that lost it."""

from datetime import timedelta

from mingtian.attendance.access import mint_seat, open_seat
from mingtian.attendance.ingest.reasons import Reason
from mingtian.attendance.models import Seat
from mingtian.people.models import Departed, Person
from mingtian.testing.evening import Evening, new_phone
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import NOW


def test_a_token_opens_its_seat_with_everybody_it_speaks_for(
    hot: HotPath, evening: Evening
) -> None:
    phone = new_phone()
    token = hot.post("/enter", evening.entry(0, phone=phone)).json["seat"]
    hot.post("/enter", evening.entry(phone=phone, seat=token, kin=["mother"]))

    seat = open_seat(token, NOW)

    assert seat is not None
    row = Seat.objects.get()
    mother = Person.objects.get(kin="mother")
    assert (seat.seat_id, seat.household_id) == (row.pk, row.household_id)
    assert (seat.campaign_id, seat.unit_id) == (evening.campaign.pk, evening.tree.class_one.pk)
    assert seat.person_ids == (evening.pupils[0].pk, mother.pk)
    assert not seat.withdrawn


def test_what_we_did_not_make_opens_nothing(seat: str) -> None:
    changed = ("B" if seat[30] == "A" else "A").join((seat[:30], seat[31:]))

    assert [open_seat(text, NOW) for text in ("", "林", "AAAA", changed)] == [None] * 4


def test_a_seat_is_closed_fourteen_days_after_the_campaign(seat: str) -> None:
    opened = open_seat(seat, NOW)
    assert opened is not None

    assert open_seat(seat, opened.expires_at - timedelta(seconds=1)) is not None
    assert open_seat(seat, opened.expires_at) is None


def test_a_seat_of_an_erased_home_opens_nothing(seat: str) -> None:
    Seat.objects.all().delete()

    assert open_seat(seat, NOW) is None


def test_a_home_that_took_its_leave_opens_its_page_but_gets_no_new_token(
    seat: str, evening: Evening
) -> None:
    row = Seat.objects.get()
    Departed.objects.create(person=evening.pupils[0].pk, household=row.household_id, at=NOW)

    opened = open_seat(seat, NOW)

    assert opened is not None
    assert opened.withdrawn
    assert mint_seat(row.pk) is None


def test_a_token_made_again_counts_like_the_first(hot: HotPath, evening: Evening) -> None:
    entry = evening.entry(0, kin=["mother"])
    token = hot.post("/enter", entry).json["seat"]

    again = mint_seat(Seat.objects.get().pk)

    assert again == token


def test_no_token_is_made_for_a_seat_that_is_gone(transactional_db: None) -> None:
    assert mint_seat(2**40) is None


def test_a_token_made_again_is_taken_by_the_hot_path(hot: HotPath, evening: Evening) -> None:
    hot.post("/enter", evening.entry(0))
    token = mint_seat(Seat.objects.get().pk)
    assert token is not None

    assert hot.post("/b", evening.beat(token)).status == 200
    assert hot.post("/b", evening.beat(token[:-1] + "!")).json["code"] == Reason.BAD_SEAT
