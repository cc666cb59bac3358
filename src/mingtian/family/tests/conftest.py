"""A home with a seat, and a browser that has shown it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from mingtian.attendance.actions.bring_in import Attended, bring_in
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.models import Seat as SeatRow
from mingtian.campaigns.models import Lecture
from mingtian.people.models import Consent, Household, Person
from mingtian.people.rules import Kin
from mingtian.testing.evening import NEEDED, Evening, make_evening
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_pupils

NEXT_DAY = NOW + timedelta(hours=18)
"""13:00 in Shanghai on the day after the first evening: its lecture has closed."""

FULL_HOUR = (1 << 60) - 1


@dataclass
class Family:
    """A home of the small world: its pupil, its relatives, a seat on a phone."""

    evening: Evening
    household: Household
    children: list[Person]
    seat: SeatRow
    token: str
    persons: dict[str, Person] = field(default_factory=dict)

    def attended(self, person: Person, live: int | None, replay: int = 0) -> None:
        bring_in(
            lecture_id=self.evening.lecture.pk,
            needed_slots=NEEDED,
            attended=[Attended(person.pk, person.unit_id, person.kind, live, replay)],
            actor=ACTOR,
            now=NOW,
        )


def make_family(evening: Evening, *children: Person, kin: Sequence[Kin] = (Kin.MOTHER,)) -> Family:
    """Give the children a home with relatives, a consent and a seat."""
    household = make_household(*children, kin=kin)
    people = list(Person.objects.filter(household=household).order_by("kind", "pk"))
    seat = make_seat(evening, household, people)
    Consent.objects.create(
        household=household, version=1, language="zh-hans", given_by="guardian", given_at=NOW
    )
    return Family(
        evening=evening,
        household=household,
        children=list(children),
        seat=seat,
        token=token_of(seat, people),
        persons={one.kin: one for one in people if one.kin},
    )


def make_seat(evening: Evening, household: Household, people: Sequence[Person]) -> SeatRow:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_seat (campaign, phone, household, unit, persons, created_at) "
            "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [
                evening.campaign.pk, household.pk.to_bytes(16, "big"), household.pk,
                people[0].unit_id, [one.pk for one in people], NOW,
            ],
        )  # fmt: skip
        return SeatRow.objects.get(pk=cursor.fetchone()[0])


def token_of(seat: SeatRow, people: Sequence[Person], *, days: int = 30) -> str:
    told = Seat(
        expires=int((NOW + timedelta(days=days)).timestamp()),
        campaign=seat.campaign_id,
        seat=seat.pk,
        household=seat.household_id,
        unit=seat.unit_id,
        members=tuple((one.pk, one.unit_id, one.kind) for one in people),
    )
    return Mint(settings.SEAT_KEYS).seat(told)


def add_lecture(evening: Evening, number: int) -> Lecture:
    """Plan the lecture of a later day, at the same hours."""
    first = evening.lecture
    later = timedelta(days=number - 1)
    return Lecture.objects.create(
        campaign=evening.campaign, number=number, held_on=DAY + later, title=f"第{number}讲",
        title_en=f"Lecture {number}", doors_at=first.doors_at + later,
        starts_at=first.starts_at + later, ends_at=first.ends_at + later,
        closes_at=first.closes_at + later,
    )  # fmt: skip


@pytest.fixture
def evening(db: None) -> Evening:
    return make_evening()


@pytest.fixture
def family(evening: Evening) -> Family:
    """The first pupil of Class 1 with a mother."""
    return make_family(evening, evening.pupils[0])


@pytest.fixture
def stranger(evening: Evening) -> Family:
    """Another home of the same class."""
    return make_family(evening, evening.pupils[1])


@pytest.fixture
def other_child(evening: Evening) -> Person:
    """A pupil of another class."""
    return make_pupils(evening.tree.class_two, ["宋望舒"])[0]


@dataclass
class Phone:
    """A browser in English on which the clock stands still until it is set."""

    client: Client
    now: datetime = NEXT_DAY

    def show(self, *tokens: str, to: str = "/my") -> HttpResponse:
        """Open the family's page with these seat tokens."""
        return self.post("/my/open", seats=json.dumps(tokens), to=to)

    def get(self, path: str) -> HttpResponse:
        return cast(HttpResponse, self.client.get(path))

    def post(self, path: str, **values: str) -> HttpResponse:
        return cast(HttpResponse, self.client.post(path, values))

    def text(self, path: str) -> str:
        """Return the page, which must be there."""
        reply = self.get(path)
        assert reply.status_code == 200, reply
        return reply.content.decode()


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Phone:
    phone = Phone(Client(headers={"accept-language": "en"}))
    monkeypatch.setattr("mingtian.core.clock.now", lambda: phone.now)
    return phone


@pytest.fixture
def opened(phone: Phone, family: Family) -> Phone:
    """The family's phone with its page open."""
    assert phone.show(family.token).status_code == 302
    return phone
