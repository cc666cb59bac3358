"""The plan without a database: exact totals, same seed same people, everything invented."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenarios.suihua.names import GIVEN, RARE, SURNAMES
from scenarios.suihua.plan import Plan, make_plan
from scenarios.suihua.register import ANDA, EVENINGS, HAILUN, NEEDED_SLOTS, ZHAODONG
from scenarios.suihua.schools import FiveOldGroup, School

from mingtian.attendance.rules import FULL, slots_since
from mingtian.people.rules import MOST_ON_ONE_SEAT, PersonKind, name_fault, number_fault

SMALL = Fraction(1, 100)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(scale=SMALL, seed=7)


@pytest.fixture(scope="module")
def whole() -> Plan:
    """The city at scale 1; no evening is drawn from it here."""
    return make_plan(scale=1, seed=7)


@settings(max_examples=12, deadline=None)
@given(st.integers(100, 500), st.integers(0, 10_000))
def test_every_evening_meets_its_targets_exactly(denominator: int, seed: int) -> None:
    plan = make_plan(scale=Fraction(1, denominator), seed=seed)

    for index in range(EVENINGS):
        for county, night in plan.evening(index):
            assert night.arrived == county.evenings[index]


def test_one_evening_at_scale_one_is_exact(whole: Plan) -> None:
    nights = {county.code: night for county, night in whole.evening(0)}

    assert {code: night.arrived for code, night in nights.items()} == {
        county.code: county.evenings[0] for county in whole.counties
    }
    assert abs(nights[HAILUN].arrived - 10_000) <= 300


def test_the_whole_city_has_its_schools_classes_and_groups(whole: Plan) -> None:
    """F7, F8, F13 and the 2,250 classes of the board's bench."""
    schools = Counter(school.county for school in whole.schools)
    families = {p.home for p in whole.population.persons if p.kind is PersonKind.RESIDENT}

    assert (schools[ZHAODONG], schools[ANDA], schools.total()) == (66, 34, 404)
    assert sum(len(school.rooms) for school in whole.schools) == 2_250
    assert sum(g.persons for g in whole.groups if g.township.startswith(ZHAODONG)) > 4_500
    assert len(families) == 100


def test_in_zhaodong_only_pupils_and_five_old_arrive_and_each_of_those_once(plan: Plan) -> None:
    """The reading of the reports (register.py); relatives and teachers watch the replay."""
    kinds: Counter[PersonKind] = Counter()
    five_old: Counter[int] = Counter()
    for index in range(EVENINGS):
        for county, night in plan.evening(index):
            for watched in night.watched.values() if county.code == ZHAODONG else ():
                kind = plan.population.persons[watched.person].kind
                kinds[kind] += watched.live is not None
                five_old[watched.person] += kind is PersonKind.FIVE_OLD

    assert {kind for kind, number in kinds.items() if number} == {
        PersonKind.PUPIL,
        PersonKind.FIVE_OLD,
    }
    assert kinds[PersonKind.FIVE_OLD] == 45 == sum(each == 1 for each in five_old.values())
    assert kinds[PersonKind.PUPIL] / kinds.total() == pytest.approx(0.97, abs=0.01)


def test_more_than_97_percent_complete_in_shangjia() -> None:
    """F24, as far as attendance goes: six evenings of eight, live or replayed."""
    plan = make_plan(scale=Fraction(1, 4), seed=7)
    school = plan.shangjia
    units = {room.key for room in school.rooms} | {school.staff_key}
    rostered = [
        n for n, each in enumerate(plan.population.persons) if each.unit in units and each.number
    ]
    evenings: Counter[int] = Counter()
    zhaodong = next(each for each in plan.drawings if each.county.code == ZHAODONG)
    for index in range(EVENINGS):
        for watched in zhaodong.night(index).watched.values():
            most = max((watched.live or 0).bit_count(), watched.replay.bit_count())
            evenings[watched.person] += most >= NEEDED_SLOTS

    assert 0.97 < sum(evenings[n] >= 6 for n in rostered) / len(rostered) < 1


def test_the_same_seed_gives_the_same_people_and_evenings(plan: Plan) -> None:
    again = make_plan(scale=SMALL, seed=7)

    assert again.schools == plan.schools
    assert again.population == plan.population
    assert [night for _, night in again.evening(3)] == [night for _, night in plan.evening(3)]


def test_another_seed_gives_other_people_and_the_same_totals(plan: Plan) -> None:
    other = make_plan(scale=SMALL, seed=8)

    assert other.population != plan.population
    assert [night.arrived for _, night in other.evening(3)] == [
        night.arrived for _, night in plan.evening(3)
    ]


def test_every_name_is_put_together_from_the_lists(whole: Plan) -> None:
    names = [person.name for person in whole.population.persons if person.number]

    assert all(
        name[0] in SURNAMES and set(name[1:]) <= set(GIVEN + RARE) and 2 <= len(name) <= 3
        for name in names
    )
    assert any(set(name) & set(RARE) for name in names)
    assert not any(name_fault(name) for name in names[:2000])


def test_numbers_and_names_are_unique_within_a_class(plan: Plan) -> None:
    rostered = [person for person in plan.population.persons if person.number]

    assert len({(each.unit, each.number) for each in rostered}) == len(rostered)
    assert len({(each.unit, each.name) for each in rostered}) == len(rostered)
    assert not any(number_fault(each.number) for each in rostered)


def test_relatives_are_unique_in_their_home_and_seats_hold_eight_at_most(plan: Plan) -> None:
    people = plan.population
    relatives = [(person.home, person.kin) for person in people.persons if person.kin]

    assert len(set(relatives)) == len(relatives)
    assert len({seat.phone for seat in people.seats}) == len(people.seats)
    for seat in people.seats:
        assert 1 <= len(seat.persons) <= MOST_ON_ONE_SEAT
        assert {people.persons[n].home for n in seat.persons} == {seat.home}


def test_some_homes_have_two_phones_and_some_phones_two_children(plan: Plan) -> None:
    people = plan.population
    phones = Counter(len(home.seats) for home in people.homes)
    children = Counter(
        sum(people.persons[n].kind is PersonKind.PUPIL for n in seat.persons)
        for seat in people.seats
    )

    assert phones[1] > phones[2] > 0
    assert children[1] > children[2] > 0


def test_maps_hold_nothing_before_the_first_beat(plan: Plan) -> None:
    for _, night in plan.evening(0):
        first = {came.seat: came.first for came in night.came}
        for watched in night.watched.values():
            home = plan.population.homes[plan.population.persons[watched.person].home]
            earliest = min((first[n] for n in home.seats if n in first), default=60)
            assert (watched.live or 0) & ~slots_since(earliest) == 0
            assert 0 <= (watched.live or 0) | watched.replay <= FULL
            assert watched.live is not None or watched.replay


def test_most_complete_some_do_not(plan: Plan) -> None:
    maps = [w.live for _, n in plan.evening(2) for w in n.watched.values() if w.live is not None]
    replays = [w for _, n in plan.evening(2) for w in n.watched.values() if w.live is None]

    share = sum(each.bit_count() >= NEEDED_SLOTS for each in maps) / len(maps)
    assert 0.85 < share < 0.97
    assert replays


def test_names_of_units_are_unique_under_their_superior(whole: Plan) -> None:
    below = Counter((spec.leads, spec.kind, spec.name) for spec in whole.specs)

    assert set(below.values()) == {1}


def test_a_school_and_a_group_say_where_they_stand(plan: Plan) -> None:
    places: list[School | FiveOldGroup] = [*plan.schools, *plan.groups]

    assert all(each.township.startswith(each.key[:6]) for each in places)
    assert plan.shangjia.name == "尚家镇中心学校"
