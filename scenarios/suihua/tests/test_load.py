"""The city in the database at 1/200, on the real dates: what boards read is what was planned."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from scenarios.suihua.build import NotEmpty, build
from scenarios.suihua.city import City, Options, Sitting, september
from scenarios.suihua.load import load_evenings
from scenarios.suihua.places import CITY
from scenarios.suihua.register import ANDA, HAILUN, ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.attendance.models import Record, Seat
from mingtian.attendance.queries import DEVICES, HOUSEHOLDS, differences, list_totals_below
from mingtian.campaigns.models import Campaign, Denominator, LearningCode
from mingtian.core.clock import SHANGHAI
from mingtian.org.models import DivisionCode, Post
from mingtian.org.queries import (
    count_below,
    list_subtree,
    list_unresolved_places,
    path_on,
    unit_rows,
)
from mingtian.org.rules import COUNTING_KINDS, Line, Role, Scheme, UnitKind
from mingtian.people.actions import read_roster_names
from mingtian.people.models import Person
from mingtian.people.rules import PersonKind

TODAY = date(2023, 9, 26)
NOW = datetime(2023, 9, 26, 1, 0, tzinfo=UTC)
ACTOR = "system:test"
OF_THE_HALL = {
    Role.DIRECTOR, Role.OFFICE, Role.CLERK, Role.AUDITOR, Role.PRINCIPAL, Role.DUTY_TEACHER,
    Role.CLASS_TEACHER,
}  # fmt: skip
"""Posts of the lecture hall and the committee; those who help children have a scenario of their own."""
SCALE = Fraction(1, 200)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[City]:
    """The city with its eight evenings, built once and rolled back at the end."""
    options = Options(password="dawn", scale=SCALE, seed=3, first_on=september(2023))
    with django_db_blocker.unblock(), transaction.atomic():
        city = build(options=options, today=TODAY, actor=ACTOR, now=NOW)
        load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)
        yield city
        transaction.set_rollback(True)


def arrived(city: City, code: str, line: Line = Line.LEADS) -> Counter[int]:
    """Return what the tallies say below a unit over all evenings, by kind."""
    kinds: Counter[int] = Counter()
    for evening in city.evenings:
        path = ".".join(map(str, path_on(city.units[code], evening.held_on, line)))
        for row in list_totals_below(
            lecture_id=evening.lecture_id, path=path, line=line, day=evening.held_on
        ):
            kinds[row.kind] += row.arrived
    return kinds


def persons(kinds: Counter[int]) -> int:
    return kinds.total() - kinds[DEVICES] - kinds[HOUSEHOLDS]


def test_the_city_has_its_person_times(city: City) -> None:
    """F3, scaled: 733,680 ÷ 200 = 3,668.4."""
    assert persons(arrived(city, CITY)) == 3_668


def test_every_county_has_its_target_and_zhaodong_leads(city: City) -> None:
    """F16, F17, F19."""
    totals = {each.code: persons(arrived(city, each.code)) for each in city.plan.counties}

    assert totals == {each.code: each.person_times for each in city.plan.counties}
    assert max(totals, key=lambda code: totals[code]) == ZHAODONG
    assert totals[ZHAODONG] == 643
    assert abs(totals[HAILUN] - 80_000 * SCALE) <= 0.03 * 80_000 * SCALE


def test_zhaodong_counts_pupils_and_five_old_only(city: City) -> None:
    """F14, F18 in the reading of register.py."""
    kinds = arrived(city, ZHAODONG)

    assert kinds[PersonKind.FIVE_OLD] == 23
    assert kinds[PersonKind.PUPIL] == 643 - 23


def test_elsewhere_every_kind_comes_and_homes_and_phones_are_counted(city: City) -> None:
    kinds = arrived(city, ANDA)

    assert all(kinds[kind] for kind in (1, 2, 3, 5, 6, 7))
    assert kinds[DEVICES] >= kinds[HOUSEHOLDS] > 0
    assert kinds[HOUSEHOLDS] < persons(kinds)


def test_rows_and_tallies_agree_on_every_evening(city: City) -> None:
    assert [differences(lecture) for lecture in city.lecture_ids] == [[]] * 8


def test_the_education_line_sees_the_schools_of_the_county(city: City) -> None:
    """ORG-3: the same pupils on both lines; five-old stand on the leading one only."""
    guided = arrived(city, sector_key(ZHAODONG), Line.GUIDES)

    assert guided[PersonKind.PUPIL] == arrived(city, ZHAODONG)[PersonKind.PUPIL]
    schools = count_below(city.units[sector_key(ZHAODONG)], TODAY, Line.GUIDES)[UnitKind.SCHOOL]
    assert schools == sum(each.county == ZHAODONG for each in city.plan.schools)


def test_places_stand_with_their_codes_and_one_town_is_flagged(city: City) -> None:
    below = count_below(city.units[CITY], TODAY)
    unresolved = {row.unit.name: row.noted for row in list_unresolved_places(TODAY)}

    assert (below[UnitKind.COUNTY], below[UnitKind.TOWNSHIP]) == (10, 247 + 1)
    assert unresolved == {"明华镇": True, "宝安村": True}
    assert DivisionCode.objects.filter(scheme=Scheme.TOWNSHIP, resolved=True).count() == 247


def test_every_counting_unit_has_a_code_and_rosters_their_denominators(city: City) -> None:
    counting = list_subtree(city.units[CITY], TODAY, kinds=COUNTING_KINDS)
    expected = Counter(p.kind.value for p in city.plan.population.persons if p.number)

    assert LearningCode.objects.count() == len(counting) == len(city.codes)
    frozen: Counter[int] = Counter()
    for each in Denominator.objects.all():
        frozen[each.kind] += each.persons
    assert frozen == expected


def test_the_campaign_stands_under_its_notice(city: City) -> None:
    """F1, F2, F9."""
    campaign = Campaign.objects.get(pk=city.campaign_id)
    starts = {evening.starts_at.astimezone(SHANGHAI).time() for evening in city.evenings}

    assert (campaign.mandate_number, campaign.mandate_year, campaign.state) == (20, 2023, "open")
    assert (campaign.first_on, campaign.last_on) == (date(2023, 9, 18), date(2023, 9, 25))
    assert [each.hour for each in starts] == [20]


def test_names_are_sealed_and_open_again_at_the_class(city: City) -> None:
    room = city.plan.shangjia.rooms[0]
    people = city.plan.population.persons
    planned = {each.number: each.name for each in people if each.unit == room.key and each.number}
    unit = unit_rows([city.units[room.key]], TODAY)[city.units[room.key]]
    teacher = User.objects.get(username="teacher")

    opened = read_roster_names(user=teacher, unit=unit, now=NOW)

    assert {row.number: row.name for row in opened} == planned


def test_every_role_can_sign_in(city: City) -> None:
    assert {account.role for account in city.accounts} == OF_THE_HALL
    for account in city.accounts:
        assert User.objects.get(username=account.username).check_password("dawn")
        assert Post.objects.filter(user__username=account.username).count() == 1


def test_loading_again_changes_nothing(city: City) -> None:
    rows = Record.objects.count()
    before = arrived(city, CITY)

    load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)

    assert Record.objects.count() == rows
    assert arrived(city, CITY) == before


def test_phones_speak_for_people_of_their_home(city: City) -> None:
    homes = dict(Person.objects.values_list("pk", "household_id"))

    for seat in Seat.objects.all():
        assert {homes[person] for person in seat.persons} == {seat.household_id}


def test_a_second_city_in_one_database_is_refused(city: City) -> None:
    with pytest.raises(NotEmpty):
        build(options=Options(password="dawn"), today=TODAY, actor=ACTOR, now=NOW)


@pytest.mark.django_db
def test_with_seven_evenings_before_the_last_one_is_tonight() -> None:
    starts = NOW + timedelta(minutes=3)
    options = Options(
        password="dawn",
        scale=Fraction(1, 500),
        tonight=Sitting(starts_at=starts, length=timedelta(minutes=10)),
    )

    city = build(options=options, today=TODAY, actor=ACTOR, now=NOW)
    load_evenings(city=city, today=TODAY, actor=ACTOR, now=NOW)

    tonight = city.evening_on(TODAY)
    assert tonight is not None
    assert (tonight.index, tonight.starts_at) == (7, starts)
    assert tonight.ends_at - tonight.starts_at == timedelta(minutes=10)
    lectures = set(Record.objects.values_list("lecture", flat=True))
    assert lectures == set(city.lecture_ids[:7])


@pytest.mark.django_db
def test_a_sitting_on_another_day_is_refused_and_nothing_is_left() -> None:
    wrong = Sitting(starts_at=NOW + timedelta(days=1), length=timedelta(minutes=10))
    options = Options(password="dawn", scale=Fraction(1, 500), tonight=wrong)

    with pytest.raises(ValueError, match="The sitting begins on"):
        build(options=options, today=TODAY, actor=ACTOR, now=NOW)

    assert not User.objects.exists()
