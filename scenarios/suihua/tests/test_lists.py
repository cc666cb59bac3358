"""The frozen lists of the ten counties at 1/100 (F3, F16, F17; RNK-1)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from scenarios.suihua.build import build
from scenarios.suihua.city import City, Options, september
from scenarios.suihua.lists import ACTOR, NOW, TODAY, freeze_all, list_counties
from scenarios.suihua.load import load_evenings
from scenarios.suihua.places import CITY
from scenarios.suihua.register import ZHAODONG

from mingtian.core.figures import Basis, Status

# pytest-django makes the database only where a test says that it needs one.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[City]:
    """The city with its eight evenings frozen, built once and rolled back at the end."""
    options = Options(password="dawn", scale=Fraction(1, 100), seed=3, first_on=september(2023))
    with django_db_blocker.unblock(), transaction.atomic():
        city = build(options=options, today=TODAY, actor=ACTOR, now=NOW)
        load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)
        freeze_all(city)
        yield city
        transaction.set_rollback(True)


def test_the_campaign_has_zhaodong_first_of_ten_in_person_times(city: City) -> None:
    listing = list_counties(city)

    [(_kind, entries)] = listing.groups
    assert len(entries) == 10
    assert (entries[0].place, entries[0].unit_id) == (1, city.units[ZHAODONG])
    assert {e.unit_id: e.value for e in entries} == {
        city.units[each.code]: each.person_times for each in city.plan.counties
    }
    assert (listing.total.value, listing.total.basis) == (7_337, Basis.PERSON_TIMES)
    assert (listing.status, listing.days, listing.days_of_campaign) == (Status.FROZEN, 8, 8)
    assert listing.total.unit_id != ""
    assert city.units[CITY] not in {e.unit_id for e in entries}


def test_pupils_only_put_zhaodong_first_as_well(city: City) -> None:
    """F16 is the list of pupils."""
    [(_kind, entries)] = list_counties(city, "pupils").groups

    assert entries[0].unit_id == city.units[ZHAODONG]
    assert next(e.place for e in entries if e.place is not None) == 1


def test_a_rate_of_the_last_evening_has_denominators_and_movement(city: City) -> None:
    [(_kind, entries)] = list_counties(city, "rate", of_campaign=False).groups

    placed = [e for e in entries if e.place is not None]
    assert all(e.of and e.of >= 30 for e in placed)
    assert all(e.moved is not None for e in placed)
    assert sum(e.value for e in entries) <= sum(e.of or 0 for e in entries)
