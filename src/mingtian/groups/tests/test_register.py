"""The register of groups: what is refused, who is found, closing and codes that lapse (GRP-1)."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.groups.actions import change_group, close_group, make_list, remove_list
from mingtian.groups.models import Group
from mingtian.groups.queries import (
    campaign_called,
    count_members,
    list_groups,
    list_groups_with,
    list_lists,
)
from mingtian.groups.rows import memberships
from mingtian.groups.rules import Audience, Platform, proposed_name
from mingtian.groups.tests.conftest import BY, LAST_DAY, Ground, facts
from mingtian.org.models import Unit
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Line
from mingtian.testing.cast import make_cast
from mingtian.testing.make import DAY, NOW, Tree


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"closes_on": None}, "closing_date_missing"),
        ({"closes_on": DAY - timedelta(days=1)}, "closing_date_past"),
        ({"name": "  "}, "group_name_missing"),
        ({"purpose": ""}, "group_purpose_missing"),
        ({"purpose": "长" * 201}, "group_words_too_long"),
        ({"size": 0}, "group_size_impossible"),
        ({"size": 501}, "group_size_impossible"),
        ({"in_charge_role": None}, "in_charge_missing"),
        ({"code_expires_on": DAY + timedelta(days=8)}, "group_code_lives_shorter"),
        ({"in_charge_role": None, "in_charge": 999_999}, "in_charge_unknown"),
    ],
)
def test_what_cannot_be_a_group_is_refused(
    ground: Ground, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        ground.register(ground.evening.tree.city, **changes)
    assert not Group.objects.exists()


def test_a_group_of_another_platform_may_have_a_longer_code(ground: Ground) -> None:
    group = ground.register(
        ground.evening.tree.city, platform=Platform.QQ, code_expires_on=DAY + timedelta(days=90)
    )
    assert group.code_expires_on == DAY + timedelta(days=90)


def test_two_open_groups_of_a_unit_do_not_share_a_name(ground: Ground) -> None:
    city = ground.evening.tree.city
    first = ground.register(city)

    with pytest.raises(RuleBroken, match="group_name_taken"):
        ground.register(city)

    close_group(group_id=first.id, by=BY, now=NOW)
    assert ground.register(city).public_id != first.public_id


def test_somebody_with_a_post_there_may_be_in_charge(ground: Ground) -> None:
    cast = make_cast(ground.evening.tree)
    group = ground.register(ground.evening.tree.city, in_charge=cast.office.pk, in_charge_role=None)
    assert group.in_charge_name == "office"


def test_the_register_of_a_unit_holds_what_is_below_and_nothing_else(ground: Ground) -> None:
    tree = ground.evening.tree
    city, school = ground.register(tree.city), ground.register(tree.school)
    far = ground.register(tree.far_school)

    def ids(unit_id: int) -> set[int]:
        return {group.id for group in list_groups(unit_id, DAY)}

    assert ids(tree.city.pk) == {city.id, school.id, far.id}
    assert ids(tree.county.pk) == {school.id}
    assert ids(tree.county_education.pk) == {school.id}
    assert ids(tree.class_one.pk) == set()


def test_units_of_the_kind_below_the_owner_are_in_the_group(ground: Ground) -> None:
    tree = ground.evening.tree
    schools = ground.register(tree.county)
    committees = ground.register(
        tree.city, name="岚山市基层关工委工作群", audience=Audience.COMMITTEES
    )
    classes = ground.register(tree.school, audience=Audience.TEACHERS)
    families = ground.register(tree.class_one, audience=Audience.FAMILIES)

    def members(group_id: int) -> set[int]:
        everybody = [unit.pk for unit in units_of(ground)]
        return {unit for _group, unit in memberships([group_id], everybody, DAY)}

    assert members(schools.id) == {tree.school.pk, tree.other_school.pk}
    assert count_members(schools.id, DAY) == 2
    assert members(committees.id) == {
        tree.county.pk, tree.far_county.pk, tree.town.pk, tree.village.pk,
        tree.county_education.pk, tree.city_education.pk,
    }  # fmt: skip
    assert members(classes.id) == {tree.class_one.pk, tree.class_two.pk}
    assert members(families.id) == set()
    assert [group.id for group in list_groups_with(tree.school.pk, DAY)] == [schools.id]


def test_an_education_office_has_the_schools_that_it_guides(ground: Ground) -> None:
    tree = ground.evening.tree
    group = ground.register(tree.county_education, line=Line.GUIDES)
    assert count_members(group.id, DAY) == 2
    assert [each.id for each in list_groups_with(tree.school.pk, DAY)] == [group.id]


def test_codes_that_lapse_before_the_campaigns_last_day_are_told(ground: Ground) -> None:
    """Acceptance idea 4: 34 groups, made on the eve, each code valid for seven days."""
    tree = ground.evening.tree
    eve = NOW - timedelta(days=1)
    for number in range(34):
        valid = DAY - timedelta(days=1) + timedelta(days=7 if number % 2 else 6)
        ground.register(tree.city, name=f"第{number}群", code_expires_on=valid, now=eve)
    renewed = ground.register(tree.city, name="续", code_expires_on=LAST_DAY, now=NOW)
    without = ground.register(tree.city, name="无码", code_expires_on=None, now=NOW)

    lapsing = [group for group in list_groups(tree.city.pk, DAY) if group.lapses]

    assert len(lapsing) == 34
    assert not {renewed.id, without.id} & {group.id for group in lapsing}


def test_a_group_closes_once_with_its_day_and_stays_readable(ground: Ground) -> None:
    group = ground.register(ground.evening.tree.city)

    assert close_group(group_id=group.id, by=BY, now=NOW)
    assert not close_group(group_id=group.id, by=BY, now=NOW + timedelta(days=1))

    assert ground.group(group.public_id).closed_on == DAY
    assert not list_groups(ground.evening.tree.city.pk, DAY, only_open=True)
    with pytest.raises(RuleBroken, match="group_closed"):
        change_group(group_id=group.id, facts=facts(), by=BY, now=NOW)


def test_a_later_closing_day_is_in_the_trail(ground: Ground) -> None:
    group = ground.register(ground.evening.tree.city)
    later = LAST_DAY + timedelta(days=3)

    change_group(group_id=group.id, facts=facts(closes_on=later), by=BY, now=NOW)

    detail = AuditEntry.objects.get(action="groups.changed").detail
    assert detail == {"closes": str(later), "closes_before": str(LAST_DAY)}


def test_a_group_past_its_day_can_have_its_other_facts_changed(ground: Ground) -> None:
    group = ground.register(ground.evening.tree.city)
    after = NOW + timedelta(days=20)

    change_group(
        group_id=group.id, facts=facts(purpose="总结", code_expires_on=None), by=BY, now=after
    )

    assert ground.group(group.public_id).purpose == "总结"
    assert ground.group(group.public_id).is_past(DAY + timedelta(days=20))


def test_names_follow_the_pattern(ground: Ground) -> None:
    called = campaign_called(ground.evening.tree.school.pk, DAY)
    assert proposed_name("岚山市", called, Audience.SCHOOLS) == "岚山市·关爱明天·中小学联系群"
    assert proposed_name("岚山市", "", Audience.FAMILIES) == "岚山市·家长联系群"


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(Audience))
def test_a_proposed_name_ends_with_the_kind_whatever_the_parts(
    unit: str, campaign: str, audience: Audience
) -> None:
    name = proposed_name(unit, campaign, audience)
    assert name.endswith(proposed_name("", "", audience))


def test_lists_hold_groups_of_the_unit_and_nothing_foreign(ground: Ground) -> None:
    tree = ground.evening.tree
    own, foreign = ground.register(tree.county), ground.register(tree.far_county)
    county = unit_rows([tree.county.pk], DAY)[tree.county.pk]

    def make(name: str, *groups: str) -> str:
        return make_list(unit=county, name=name, groups=groups, by=BY, now=NOW)

    for name, groups, code in (
        (" ", [own.public_id], "list_name_missing"),
        ("试点", [], "no_groups"),
        ("试点", [foreign.public_id], "group_foreign"),
    ):
        with pytest.raises(RuleBroken, match=code):
            make(name, *groups)
    made = make("试点", own.public_id)
    with pytest.raises(RuleBroken, match="list_name_taken"):
        make("试点", own.public_id)
    assert [(row.name, row.groups) for row in list_lists(tree.county.pk)] == [
        ("试点", [(own.public_id, own.name)])
    ]
    assert remove_list(unit=county, public_id=made, by=BY, now=NOW)
    assert not remove_list(unit=county, public_id=made, by=BY, now=NOW)


def units_of(ground: Ground) -> list[Unit]:
    return [getattr(ground.evening.tree, each.name) for each in fields(Tree)]


@pytest.mark.parametrize(
    ("audience", "leg"),
    [
        (Audience.COMMITTEES, "Society"),
        (Audience.SCHOOLS, "School"),
        (Audience.TEACHERS, "School"),
        (Audience.FAMILIES, "Family"),
    ],
)
def test_a_group_says_to_which_leg_it_belongs(
    ground: Ground, client: Client, audience: Audience, leg: str
) -> None:
    school = ground.evening.tree.school
    group = ground.register(school, audience=audience)
    client.force_login(make_cast(ground.evening.tree).principal)

    def read(address: str) -> str:
        reply = client.get(f"/desk/groups/{address}", headers={"accept-language": "en"})
        return reply.content.decode()

    assert f"<dt>Leg</dt><dd>{leg}</dd>" in read(f"group/{group.public_id}")
    assert f",{leg},34," in read(f"of/{school.public_id}/groups.csv")
