"""WeChat on this machine, switched on, and a home with a seat on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.conf import settings as configured
from django.test import Client

from mingtian.attendance.ingest.schedule import seats_expire
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.models import Seat as SeatRow
from mingtian.people.models import Household
from mingtian.people.rules import Kin
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import NOW, make_household
from mingtian.wechat.tests.published import APPID, SECRET, WeChat, running


@dataclass(frozen=True, kw_only=True)
class Phone:
    """A phone with one home on it."""

    evening: Evening
    home: Household
    seat: SeatRow

    @property
    def token(self) -> str:
        members = tuple((pk, self.seat.unit_id, 1) for pk in self.seat.persons)
        expires = seats_expire(self.evening.campaign.last_on)
        return Mint(configured.SEAT_KEYS).seat(
            Seat(expires, self.seat.campaign_id, self.seat.pk, self.home.pk, self.seat.unit_id, members)
        )  # fmt: skip


@pytest.fixture
def wechat(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[WeChat]:
    """The published protocol on this machine."""
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW + timedelta(minutes=70))
    with running(WeChat()) as there:
        settings.WECHAT_APPID, settings.WECHAT_SECRET = APPID, SECRET
        settings.WECHAT_OPEN = settings.WECHAT_API = there.origin
        yield there


@pytest.fixture
def held(db: None) -> Phone:
    """A phone whose home has a pupil and its mother."""
    evening = make_evening()
    home = make_household(evening.pupils[0], kin=[Kin.MOTHER])
    persons = sorted(home.persons.values_list("pk", flat=True))
    seat = SeatRow.objects.create(
        campaign=evening.campaign, phone=bytes(16), household=home,
        unit=evening.tree.class_one, persons=persons, created_at=NOW,
    )  # fmt: skip
    return Phone(evening=evening, home=home, seat=seat)


AGENT = "Mozilla/5.0 (Linux; Android 13) Chrome/116.0 MicroMessenger/8.0.49"


@pytest.fixture
def browser() -> Client:
    """WeChat's own browser."""
    client = Client(headers={"User-Agent": AGENT})
    client.cookies["lang"] = "en"
    return client
