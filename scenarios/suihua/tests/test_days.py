"""The days of the scenario, confirmed and frozen: the city's person-times, Zhaodong first of ten."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from scenarios.suihua.build import build
from scenarios.suihua.city import City, Options, september
from scenarios.suihua.days import LATE, SILENT, close_days
from scenarios.suihua.load import load_evenings
from scenarios.suihua.register import COUNTIES, ZHAODONG

from mingtian.closings.models import Closing
from mingtian.closings.queries import DayRow, find_day, list_houses_below, list_sums
from mingtian.closings.rules import HOUSES, due_at
from mingtian.closings.verifying import verify
from mingtian.org.queries import path_on

TODAY = date(2023, 9, 27)
NOW = datetime(2023, 9, 27, 1, 0, tzinfo=UTC)
ACTOR = "system:test"
SCALE = Fraction(1, 200)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[City]:
    """The city on the morning of the second day after its last evening, built once."""
    options = Options(password="dawn", scale=SCALE, seed=3, first_on=september(2023))
    with django_db_blocker.unblock(), transaction.atomic():
        city = build(options=options, today=TODAY, actor=ACTOR, now=NOW)
        load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)
        assert close_days(city=city, today=TODAY, actor=ACTOR, now=NOW) == 7
        yield city
        transaction.set_rollback(True)


def days_of(city: City) -> list[DayRow]:
    found = [find_day(each) for each in city.lecture_ids]
    return [day for day in found if day is not None]


def path_of(city: City, code: str) -> str:
    return ".".join(map(str, path_on(city.units[code], TODAY)))


def person_times(city: City) -> Counter[str]:
    """Return persons of all days by county, from the frozen lines and the last day's sums."""
    found: Counter[str] = Counter()
    for county in COUNTIES:
        for day in days_of(city):
            rows = list_sums(day, path_of(city, county.code))
            found[county.code] += sum(row.arrived for row in rows if row.kind < 100)
    return found


def test_frozen_days_hold_the_city_s_person_times_and_zhaodong_is_first(city: City) -> None:
    """F3 and F16, F17 at 1/200: 733,680 person-times, 128,620 of them in Zhaodong."""
    by_county = person_times(city)

    [(first, most), *_others] = by_county.most_common()
    assert first == ZHAODONG
    assert len(by_county) == 10
    assert abs(sum(by_county.values()) - 733_680 * SCALE) <= 5
    assert abs(most - 128_620 * SCALE) <= 5


@pytest.mark.django_db
def test_every_frozen_day_recounts_and_is_chained(city: City) -> None:
    assert list(verify()) == []
    closings = list(Closing.objects.order_by("number"))
    assert [each.previous for each in closings[1:]] == [each.digest for each in closings[:-1]]


def test_the_last_day_is_open_with_a_late_school_and_two_silent_ones(city: City) -> None:
    last = days_of(city)[-1]
    houses = list_houses_below(last, path_of(city, "231200"), HOUSES)

    silent = [house for house in houses if house.confirmed_at is None]
    late = [
        house
        for house in houses
        if house.confirmed_at is not None and house.confirmed_at > due_at(house.kind, last.ends_at)
    ]
    assert (len(silent), len(late)) == (SILENT, LATE)
    assert not Closing.objects.filter(lecture_id=last.lecture_id).exists()


def test_closing_the_days_again_changes_nothing(city: City) -> None:
    before = list(Closing.objects.values_list("digest", flat=True).order_by("number"))

    assert close_days(city=city, today=TODAY, actor=ACTOR, now=NOW) == 0
    assert list(Closing.objects.values_list("digest", flat=True).order_by("number")) == before
