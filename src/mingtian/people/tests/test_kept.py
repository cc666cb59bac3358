"""What people keep about a home is shown whole, opened for the home, and gone after erasing."""

from datetime import timedelta

import pytest

from mingtian.people.actions.consents import record_consent
from mingtian.people.actions.leaving import forget_household, stop_counting, withdraw
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.models import Consent, Person, Standing
from mingtian.people.queries.homes import latest_consent
from mingtian.people.queries.kept import kept_about
from mingtian.people.queries.members import list_counted
from mingtian.people.rules import CONSENT_VERSION, ExemptReason, GivenBy, Kin, StandingState
from mingtian.people.sealing import place_of, sealer
from mingtian.testing.make import ACTOR, DAY, NOW, make_household, make_pupils, make_tree

pytestmark = pytest.mark.django_db


def home_that_agreed() -> tuple[int, list[int]]:
    child, _other = make_pupils(make_tree().class_one, ["欧阳小满", "周晨"])
    home = make_household(child, kin=[Kin.MOTHER])
    Consent.objects.create(
        household=home, version=CONSENT_VERSION, language="en", given_by="guardian", given_at=NOW
    )
    decision = Decision(
        state=StandingState.EXEMPT,
        starts_on=DAY,
        reason=ExemptReason.NO_SMARTPHONE,
        review_on=DAY.replace(month=12),
    )
    decide_standing(person_id=child.pk, decision=decision, now=NOW, actor=ACTOR)
    return home.pk, [child.pk, Person.objects.get(kin="mother").pk]


def test_roster_consent_and_decisions_are_shown_with_numbers_and_names_opened() -> None:
    _home, persons = home_that_agreed()

    kept = kept_about(persons)

    assert [one.what for one in kept] == ["person", "person", "consent", "standing"]
    child, mother, consent, standing = kept
    assert (child.facts["number"], child.facts["name"]) == ("1", "欧阳小满")
    assert (mother.facts["kin"], mother.facts["name"]) == ("mother", None)
    assert consent.facts["given_by"] == "guardian"
    assert standing.facts["reason"] == "no_smartphone"


def test_taking_leave_is_shown_as_well() -> None:
    home, persons = home_that_agreed()

    withdraw(home, now=NOW, actor=ACTOR)

    kept = kept_about(persons)
    assert [one.what for one in kept].count("departed") == 2
    assert next(one for one in kept if one.what == "consent").facts["withdrawn_at"]
    consent = latest_consent(home)
    assert consent is not None
    assert consent.withdrawn_at == NOW
    assert all(one.departed for one in list_counted(persons))


def test_after_erasing_nothing_leads_from_the_roster_to_the_home() -> None:
    home, persons = home_that_agreed()
    old = Person.objects.get(pk=persons[0])

    forget_household(home, now=NOW, actor=ACTOR)

    new = Person.objects.get(number_index=old.number_index, unit=old.unit)
    assert (new.household_id, new.kin) == (None, "")
    assert new.pk != old.pk
    assert new.public_id != old.public_id
    assert new.name_sealed is not None
    name = sealer().open(bytes(new.name_sealed), place_of("name", new.public_id))
    assert name == "欧阳小满"
    assert not Standing.objects.exists()
    assert not Consent.objects.exists()
    assert [one.what for one in kept_about(persons)] == ["departed", "departed"]


def test_a_pupil_who_had_left_the_class_does_not_come_back_by_erasing() -> None:
    home, persons = home_that_agreed()
    Person.objects.filter(pk__in=persons).update(left_on=DAY)

    forget_household(home, now=NOW, actor=ACTOR)

    assert Person.objects.count() == 1


def test_stopping_to_count_twice_says_that_nobody_was_left_to_stop() -> None:
    home, persons = home_that_agreed()

    assert stop_counting(home, persons, now=NOW) == 2
    assert stop_counting(home, persons, now=NOW) == 0


def test_a_pupil_who_leaves_later_stays_on_the_roster_until_then() -> None:
    home, persons = home_that_agreed()
    goes_on = DAY + timedelta(days=30)
    Person.objects.filter(pk=persons[0]).update(left_on=goes_on)

    forget_household(home, now=NOW, actor=ACTOR)

    assert Person.objects.get(kin="", left_on=goes_on).pk != persons[0]


def test_what_somebody_said_for_themselves_is_not_enough_for_a_child() -> None:
    home, _persons = home_that_agreed()
    Consent.objects.update(given_by=GivenBy.SELF.value)

    paper = record_consent(home, given_by=GivenBy.PAPER, language="en", now=NOW, actor=ACTOR)

    assert (paper.given_by, Consent.objects.count()) == ("paper", 2)
    own = record_consent(home, given_by=GivenBy.SELF, language="en", now=NOW, actor=ACTOR)
    assert Consent.objects.filter(pk=own.pk).exists()
    assert Consent.objects.count() == 2
    assert paper == record_consent(
        home, given_by=GivenBy.PAPER, language="en", now=NOW, actor=ACTOR
    )
