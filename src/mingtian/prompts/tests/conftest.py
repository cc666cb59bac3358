"""An evening half an hour ahead, with what tests of prompts do again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from mingtian.campaigns.models import Campaign, Denominator, Lecture
from mingtian.core.actor import Actor
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role
from mingtian.prompts.access import Place, get_place_for
from mingtian.prompts.actions import keep_rhythm, pass_on, prompt
from mingtian.prompts.models import Prompt
from mingtian.testing.cast import Cast, make_cast, make_staff
from mingtian.testing.evening import STARTS, Evening, make_evening

PUPIL = 1
HALF_PAST = STARTS - timedelta(minutes=30)
FIVE_TO = STARTS - timedelta(minutes=5)
DURING = STARTS + timedelta(minutes=20)


@dataclass
class Night:
    """The evening, its people, and their deeds."""

    evening: Evening
    cast: Cast
    county: User
    county_education: User
    city_education: User

    def place(self, user: User, unit: Unit, now: datetime = DURING) -> Place:
        return get_place_for(user, self.evening.lecture.pk, unit.public_id, now)

    def pass_on(self, user: User, unit: Unit, now: datetime = DURING) -> int:
        return pass_on(place=self.place(user, unit, now), by=actor(user), now=now)

    def prompt(self, user: User, unit: Unit, to: Unit | None = None, now: datetime = DURING) -> int:
        return prompt(
            place=self.place(user, unit, now), to=to.public_id if to else "", by=actor(user),
            now=now,
        )  # fmt: skip

    def expect(self, unit: Unit, pupils: int, arrived: int = 0) -> None:
        """Freeze a denominator, and count who came."""
        Denominator.objects.create(
            campaign=self.evening.campaign, unit=unit, kind=PUPIL, persons=pupils
        )
        if arrived:
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO attendance_tally (lecture, unit, kind, arrived)"
                    " VALUES (%s, %s, %s, %s)",
                    [self.evening.lecture.pk, unit.pk, PUPIL, arrived],
                )

    def move(self, by: timedelta) -> None:
        """Move the lecture."""
        lecture = self.evening.lecture
        Lecture.objects.filter(pk=lecture.pk).update(
            doors_at=lecture.doors_at + by, starts_at=lecture.starts_at + by,
            ends_at=lecture.ends_at + by, closes_at=lecture.closes_at + by,
        )  # fmt: skip
        lecture.refresh_from_db()

    def close_campaign(self) -> None:
        Campaign.objects.filter(pk=self.evening.campaign.pk).update(state="closed")


def actor(user: User) -> Actor:
    return Actor(username=user.get_username(), user_id=user.pk)


def made(*, missed: bool = False) -> list[tuple[str, str]]:
    """Return the prompts that there are, by kind and unit."""
    found = Prompt.objects.filter(missed=missed).select_related("unit")
    return sorted(
        (each.kind, each.unit.kind)
        for each in found
    )  # fmt: skip


def make_night() -> Night:
    evening = make_evening()
    tree = evening.tree
    return Night(
        evening=evening,
        cast=make_cast(tree),
        county=make_staff("county", tree.county, Role.OFFICE),
        county_education=make_staff(
            "county_education", tree.county_education, Role.OFFICE, line=Line.GUIDES
        ),
        city_education=make_staff(
            "city_education", tree.city_education, Role.OFFICE, line=Line.GUIDES
        ),
    )


@pytest.fixture
def night(db: None) -> Night:
    return make_night()


@pytest.fixture
def reminded(night: Night) -> Night:
    """The half-hour prompts have come."""
    keep_rhythm(now=HALF_PAST)
    return night
