"""Reads for the end of a campaign's term: which people go, and what is kept of them."""

from django.db.models import Q, QuerySet

from mingtian.core.keeping import Term
from mingtian.core.sql import each
from mingtian.people.models import Consent, Departed, Household, Person, Standing


def count_term(term: Term) -> dict[str, int]:
    """Count homes, relatives, consents, names on rosters, and decisions about their pupils."""
    return {
        "households": homes_of(term).count(),
        "relatives": relatives_of(term).count(),
        "consents": consents_of(term).count(),
        "standings": standings_of(term).count(),
        "names": rostered_in(term).count(),
    }


def homes_of(term: Term) -> QuerySet[Household]:
    """Return the homes that go."""
    return Household.objects.filter(pk__in=each(term.homes))


def people_of(term: Term) -> QuerySet[Person]:
    """Return everybody in the homes that go."""
    return Person.objects.filter(household__in=each(term.homes))


def relatives_of(term: Term) -> QuerySet[Person]:
    """Return the relatives and guests of the homes that go."""
    return people_of(term).exclude(kin="")


def consents_of(term: Term) -> QuerySet[Consent]:
    """Return what the homes that go have agreed to."""
    return Consent.objects.filter(household__in=each(term.homes))


def departures_of(term: Term) -> QuerySet[Departed]:
    """Return the marks of those homes among them that took their leave."""
    return Departed.objects.filter(household__in=each(term.homes))


def rostered_in(term: Term) -> QuerySet[Person]:
    """Return who stands on a roster that no other campaign needs, in no home that stays."""
    at_home = Q(household=None) | Q(household__in=each(term.homes))
    return Person.objects.filter(
        at_home, unit__in=each(term.units), kin="", created_at__lt=term.ended_at
    )


def standings_of(term: Term) -> QuerySet[Standing]:
    """Return the decisions about whoever is on those rosters."""
    return Standing.objects.filter(person__in=rostered_in(term))
