"""Tokens say what they were made to say, and nothing else opens."""

from hypothesis import given
from hypothesis import strategies as st

from mingtian.attendance.ingest.tokens import Mint, Seat, Ticket

KEY = b"k" * 32
MINT = Mint({1: b"a" * 32, 2: KEY})
BIG = st.integers(min_value=0, max_value=2**63 - 1)
SMALL = st.integers(min_value=0, max_value=2**31 - 1)
SEATS = st.builds(
    Seat,
    expires=SMALL,
    campaign=SMALL,
    seat=BIG,
    household=BIG,
    unit=SMALL,
    members=st.lists(
        st.tuples(BIG, SMALL, st.integers(min_value=1, max_value=7)), min_size=1, max_size=8
    ).map(tuple),
)


@given(SEATS)
def test_a_seat_survives_its_token(seat: Seat) -> None:
    assert MINT.open_seat(MINT.seat(seat)) == seat


@given(SEATS, st.data())
def test_no_changed_character_opens(seat: Seat, data: st.DataObject) -> None:
    token = MINT.seat(seat)
    place = data.draw(st.integers(min_value=0, max_value=len(token) - 2))
    changed = "A" if token[place] != "A" else "B"

    assert MINT.open_seat(token[:place] + changed + token[place + 1 :]) is None


@given(st.text(max_size=200))
def test_no_text_of_strangers_opens_or_breaks_anything(text: str) -> None:
    assert MINT.open_seat(text) is None
    assert MINT.open_ticket(text) is None


def test_a_ticket_survives_and_is_no_seat() -> None:
    text = MINT.ticket(Ticket(7, 2**40, 59, epoch=2**32 - 1))

    assert MINT.open_ticket(text) == Ticket(7, 2**40, 59, epoch=2**32 - 1)
    assert MINT.open_seat(text) is None


def test_an_older_key_opens_and_a_removed_one_does_not() -> None:
    seat = Seat(1, 1, 1, 1, 1, ((1, 1, 1),))
    old = Mint({1: b"a" * 32}).seat(seat)

    assert MINT.open_seat(old) == seat
    assert Mint({2: KEY}).open_seat(old) is None


def test_tokens_are_short_enough_for_a_beat() -> None:
    member = (2**63 - 1, 2**31 - 1, 7)

    assert len(MINT.seat(Seat(1, 1, 1, 1, 1, (member,)))) <= 84
    assert len(MINT.seat(Seat(1, 1, 1, 1, 1, (member,) * 8))) <= 210
