"""The lists as they are read: off by default, frozen lines, days of a campaign (RNK-1)."""

import pytest

from mingtian.bulletins.actions import switch
from mingtian.bulletins.lists import Indicator
from mingtian.bulletins.models import Switching
from mingtian.bulletins.queries import Listing, find_switching, list_units
from mingtian.bulletins.tests.conftest import BY, Desk
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.queries.opened import find_opened
from mingtian.core.actor import Actor
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Status
from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit


def listed(
    desk: Desk, unit: Unit | None = None, by: Indicator = Indicator.PERSONS, *,
    lecture: int = 0, of_campaign: bool = False,
) -> Listing:  # fmt: skip
    place = desk.place(unit, lecture)
    return list_units(place.day, place.unit, place.path, by, desk.closed, of_campaign=of_campaign)


def shown(listing: Listing) -> list[tuple[str, int, int | None]]:
    return [(e.title, e.value, e.place) for _kind, entries in listing.groups for e in entries]


@pytest.fixture
def two_counties(desk: Desk) -> Desk:
    """Both counties have enough people expected; the second has fewer who came."""
    tree, night = desk.night.evening.tree, desk.night
    desk.switch_on()
    night.expect(tree.other_class, 20)
    night.expect(tree.far_class, 40)
    night.count(tree.far_class, 8)
    return desk


def test_nobody_is_compared_until_the_scope_has_switched_it_on(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="comparison_off"):
        listed(desk)

    desk.switch_on()
    listed(desk)

    switch(campaign=desk.night.day.campaign, on=False, ground="not_asked", words="已撤回",
           by=BY, now=desk.over)  # fmt: skip
    with pytest.raises(RuleBroken, match="comparison_off"):
        listed(desk)


def test_a_second_press_of_the_switch_changes_nothing_and_both_leave_a_trail(desk: Desk) -> None:
    assert desk.switch_on() == desk.switch_on()

    standing = find_switching(desk.night.day.campaign_id)
    assert standing is not None
    assert (standing.on, standing.words) == (True, "通知第五条要求")
    assert AuditEntry.objects.filter(action="bulletins.comparison").count() == 1


def test_the_switch_is_the_campaigns_own_and_boards_obey_it(desk: Desk) -> None:
    lecture = desk.night.day.lecture_id
    assert not find_opened(lecture).compares_units  # type: ignore[union-attr]

    desk.switch_on()

    assert find_opened(lecture).compares_units  # type: ignore[union-attr]


def test_a_mandate_without_a_number_asks_for_nothing(desk: Desk) -> None:
    Campaign.objects.update(mandate_number=None)

    with pytest.raises(RuleBroken, match="comparison_without_mandate"):
        desk.switch_on()
    assert not Switching.objects.exists()


def test_a_list_below_a_school_is_refused_even_when_comparison_is_on(desk: Desk) -> None:
    desk.switch_on()

    with pytest.raises(RuleBroken, match="comparison_of_classes"):
        listed(desk, desk.night.evening.tree.school)


def test_counties_stand_in_order_with_how_final_it_is(two_counties: Desk) -> None:
    listing = listed(two_counties)

    assert shown(listing) == [("Anping County", 13, 1), ("Beihe County", 8, 2)]
    assert listing.status is Status.PROVISIONAL
    assert (listing.total.value, listing.total.basis) == (21, Basis.PERSONS)


def test_the_same_pupils_share_a_place_and_a_rate_has_its_denominator(two_counties: Desk) -> None:
    pupils = listed(two_counties, by=Indicator.PUPILS)
    rate = listed(two_counties, by=Indicator.RATE)

    assert [place for _title, _value, place in shown(pupils)] == [1, 1]
    [(_kind, entries)] = rate.groups
    assert [(e.title, e.value, e.of, e.place) for e in entries] == [
        ("Beihe County", 8, 40, 1), ("Anping County", 8, 42, 2),
    ]  # fmt: skip


def test_few_expected_stand_beside_without_a_place(two_counties: Desk) -> None:
    listing = listed(two_counties, two_counties.night.evening.tree.county)

    schools = next(entries for kind, entries in listing.groups if kind == "school")
    assert [(e.value, e.place) for e in schools] == [(13, None), (0, None)]
    assert listing.small == 2


def test_a_campaign_counts_frozen_days_only_and_in_person_times(two_counties: Desk) -> None:
    desk, tree = two_counties, two_counties.night.evening.tree
    with pytest.raises(RuleBroken, match="comparison_nothing_frozen"):
        listed(desk, of_campaign=True)
    desk.night.freeze()
    second = desk.night.next_day()
    desk.night.evening.lecture.pk, first = second.pk, desk.night.evening.lecture.pk
    desk.night.count(tree.far_class, 9)

    open_ = listed(desk, lecture=second.pk, of_campaign=True)
    moved = listed(desk, lecture=second.pk)
    freeze_second(desk, second.pk)
    both = listed(desk, lecture=second.pk, of_campaign=True)

    assert (open_.total.value, open_.total.basis, open_.days) == (21, Basis.PERSONS, 1)
    assert (open_.days_of_campaign, open_.status) == (2, Status.FROZEN)
    assert [(e.title, e.place, e.moved) for e in moved.groups[0][1]] == [
        ("Beihe County", 1, 1), ("Anping County", 2, -1),
    ]  # fmt: skip
    assert (both.total.value, both.total.basis, both.days) == (30, Basis.PERSON_TIMES, 2)
    assert shown(both) == [("Beihe County", 17, 1), ("Anping County", 13, 2)]
    assert shown(listed(desk, lecture=first)) == shown(
        listed(desk, lecture=first, of_campaign=True)
    )


def freeze_second(desk: Desk, lecture: int) -> None:
    from mingtian.closings.actions import freeze

    day = desk.place(lecture=lecture).day
    freeze(day=day, by=Actor(username="system:test"), now=day.closes_at)


def test_frozen_lists_do_not_follow_what_comes_later(two_counties: Desk) -> None:
    desk = two_counties
    desk.night.freeze()
    before = shown(listed(desk))

    desk.night.count(desk.night.evening.tree.far_class, 30)

    assert shown(listed(desk)) == before
    assert listed(desk).status is Status.FROZEN
