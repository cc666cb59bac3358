"""Pilot communities, and families under a number that can be erased (PIL-1)."""

from datetime import timedelta

import pytest
from django.test import Client

from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Role
from mingtian.people.models import Consent, Household, Person
from mingtian.people.rules import CONSENT_VERSION, PILOTS_SINCE, PersonKind
from mingtian.readiness import actions
from mingtian.readiness.actions import FamilyWish, PilotWish
from mingtian.readiness.models import Pilot, PilotFamily
from mingtian.readiness.queries import compared, pilot_homes, pilot_units
from mingtian.readiness.queries.kept import count_term, kept_about
from mingtian.readiness.queries.pilots import list_coordinators, list_families, list_pilots
from mingtian.readiness.tests.conftest import BY, Ready
from mingtian.testing.cast import make_staff
from mingtian.testing.leaving import term_of
from mingtian.testing.make import ACTOR, DAY, NOW


def home_in(ready: Ready, *, withdrawn: bool = False) -> tuple[Household, list[int]]:
    """Two residents of the village in one home, with a consent."""
    home = Household.objects.create(created_at=NOW)
    people = [
        Person.objects.create(
            kind=PersonKind.RESIDENT, unit=ready.tree.village, household=home,
            kin=f"resident-{number}", created_at=NOW,
        ).pk
        for number in (1, 2)
    ]  # fmt: skip
    Consent.objects.create(
        household=home, version=CONSENT_VERSION, language="zh-hans", given_by="self", given_at=NOW,
        withdrawn_at=NOW if withdrawn else None,
    )  # fmt: skip
    return home, people


def test_pilots_and_all_other_communities_can_be_summed_apart(ready: Ready) -> None:
    before = compared(ready.campaign.id, ready.tree.city.pk, DAY)
    ready.pilot()
    after = compared(ready.campaign.id, ready.tree.city.pk, DAY)

    assert before.others == after.pilots == (ready.tree.village.pk,)
    assert before.pilots == after.others == ()
    assert pilot_units(ready.campaign.id) == [ready.tree.village.pk]


def test_a_pilot_without_consent_is_refused(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="pilot_without_consent"):
        ready.pilot(consent_on=None)
    with pytest.raises(RuleBroken, match="readiness_day_ahead"):
        ready.pilot(consent_on=DAY + timedelta(days=1))


def test_a_community_is_chosen_once(ready: Ready) -> None:
    ready.pilot()
    with pytest.raises(RuleBroken, match="pilot_chosen_already"):
        ready.pilot()


def test_a_community_elsewhere_is_not_chosen(ready: Ready) -> None:
    wish = PilotWish(
        village=ready.tree.village.public_id, reason="邻里相熟", coordinator=None, consent_on=DAY
    )
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        actions.choose_pilot(
            campaign=ready.campaign, under=ready.under(ready.tree.far_county), wish=wish, by=BY,
            now=ready.now,
        )  # fmt: skip


def test_whoever_keeps_an_office_of_the_community_or_its_township_coordinates(ready: Ready) -> None:
    tree = ready.tree
    near = {
        user.get_username(): user.pk
        for user in (
            make_staff("of_village", tree.village, Role.OFFICE),
            make_staff("of_town", tree.town, Role.OFFICE),
        )
    }
    make_staff("of_county", tree.county, Role.OFFICE)
    make_staff("of_care", tree.village, Role.CASE_WORKER)

    offered = list_coordinators(tree.county.pk, DAY)

    assert {each.name: each.user_id for each in offered} == near
    assert {each.township for each in offered} == {str(tree.town)}
    assert list_coordinators(tree.far_county.pk, DAY) == []
    assert ready.pilot(coordinator=near["of_village"]).coordinator_id == near["of_village"]


@pytest.mark.parametrize(
    ("unit", "role"),
    [("county", Role.OFFICE), ("village", Role.CASE_WORKER), ("far_county", Role.OFFICE)],
)
def test_whoever_keeps_no_office_there_coordinates_nothing(
    ready: Ready, unit: str, role: Role
) -> None:
    elsewhere = make_staff("elsewhere", getattr(ready.tree, unit), role)
    with pytest.raises(RuleBroken, match="pilot_coordinator_elsewhere"):
        ready.pilot(coordinator=elsewhere.pk)
    assert not Pilot.objects.exists()


def test_families_get_numbers_that_are_never_given_again(ready: Ready) -> None:
    ready.pilot()
    first = ready.family()
    actions.drop_family(
        campaign=ready.campaign, unit=ready.row(ready.tree.village), family=first.public_id, by=BY,
        now=ready.now,
    )  # fmt: skip
    ready.family()

    [family] = list_families(ready.campaign.id, ready.tree.village.pk)

    assert family.pseudonym == "试点家庭 02"
    assert [each.families for each in list_pilots(ready.under(ready.tree.city))] == [1]


def test_a_family_without_consent_is_refused(ready: Ready) -> None:
    ready.pilot()
    with pytest.raises(RuleBroken, match="pilot_without_consent"):
        ready.family(consent_on=None)


def test_a_family_of_no_pilot_is_refused(ready: Ready) -> None:
    with pytest.raises(RuleBroken, match="not_of_this_campaign"):
        ready.family()


def test_a_home_is_linked_once_and_only_while_it_takes_part(ready: Ready) -> None:
    ready.pilot()
    home, _people = home_in(ready)
    gone, _others = home_in(ready, withdrawn=True)
    ready.family(home=home.public_id)

    assert pilot_homes(ready.campaign.id) == {ready.tree.village.pk: [home.pk]}
    with pytest.raises(RuleBroken, match="pilot_home_twice"):
        ready.family(home=home.public_id)
    for other in (gone.public_id, "000000000000"):
        with pytest.raises(RuleBroken, match="pilot_home_unknown"):
            ready.family(home=other)


def test_a_home_that_was_not_told_of_pilots_joins_none(ready: Ready) -> None:
    """PIL-1: who agreed to the first notice is bound by the first notice alone."""
    ready.pilot()
    home, _people = home_in(ready)
    Consent.objects.filter(household=home).update(version=PILOTS_SINCE - 1)

    with pytest.raises(RuleBroken, match="pilot_home_not_told"):
        ready.family(home=home.public_id)
    assert pilot_homes(ready.campaign.id) == {}

    Consent.objects.filter(household=home).update(version=PILOTS_SINCE)
    ready.family(home=home.public_id)
    assert pilot_homes(ready.campaign.id) == {ready.tree.village.pk: [home.pk]}


def test_what_a_pilot_has_taught_stays_when_it_ends(ready: Ready) -> None:
    pilot = ready.pilot()
    ready.family()
    at = {"campaign": ready.campaign, "under": ready.under(ready.tree.county)}
    more = {"pilot": pilot.public_id, "by": BY, "now": ready.now}
    actions.tell_finding(text="邻居带老人一起看。", **at, **more)  # type: ignore[arg-type]
    actions.end_pilot(**at, **more)  # type: ignore[arg-type]
    actions.end_pilot(**at, **more)  # type: ignore[arg-type]

    kept = Pilot.objects.get()

    assert (kept.finding, kept.ended_on) == ("邻居带老人一起看。", DAY)
    assert not PilotFamily.objects.exists()
    assert pilot_units(ready.campaign.id) == []
    with pytest.raises(RuleBroken, match="pilot_has_ended"):
        ready.family()


def test_a_home_that_is_erased_takes_its_entry_along(ready: Ready) -> None:
    ready.pilot()
    home, people = home_in(ready)
    ready.family(home=home.public_id)

    [kept] = kept_about(people)
    assert kept.facts["pseudonym"] == "01"
    assert actions.forget(people[:1], now=NOW, actor=ACTOR) == 0
    assert actions.forget(people, now=NOW, actor=ACTOR) == 1
    assert kept_about(people) == []


def test_the_end_of_a_term_counts_and_removes_the_same_families(ready: Ready) -> None:
    ready.pilot()
    ready.family()
    term = term_of(ready.evening.campaign)

    counted = count_term(term)

    assert counted == {"pilot_families": 1}
    assert actions.end_term(term, now=NOW, actor=ACTOR) == counted
    assert Pilot.objects.exists()


def test_words_about_a_pilot_may_not_demand(ready: Ready) -> None:
    pilot = ready.pilot()
    with pytest.raises(RuleBroken, match="demands_screenshot"):
        actions.tell_finding(
            campaign=ready.campaign, under=ready.under(ready.tree.county), pilot=pilot.public_id,
            text="每天截图", by=BY, now=ready.now,
        )  # fmt: skip


def test_a_family_needs_a_reason(ready: Ready) -> None:
    ready.pilot()
    with pytest.raises(RuleBroken, match="readiness_words_missing"):
        actions.write_family(
            campaign=ready.campaign, unit=ready.row(ready.tree.village),
            wish=FamilyWish(reason=" ", consent_on=DAY), by=BY, now=ready.now,
        )  # fmt: skip


def test_the_pilots_lead_to_their_figures_while_they_run(
    ready: Ready, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: ready.now)
    client.force_login(make_staff("county", ready.tree.county, Role.OFFICE))
    campaign, county = ready.campaign.public_id, ready.tree.county.public_id
    page = f"/desk/readiness/{campaign}/{county}/pilots"
    board = f"/boards/{ready.evening.lecture.pk}/{county}/pilots"

    def leads() -> bool:
        return board in client.get(page).content.decode()

    assert not leads()
    pilot = ready.pilot()
    assert leads()
    assert client.get(board).status_code == 200
    actions.end_pilot(
        campaign=ready.campaign, under=ready.under(ready.tree.county), pilot=pilot.public_id,
        by=BY, now=ready.now,
    )  # fmt: skip
    assert not leads()
