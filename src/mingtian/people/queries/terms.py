"""Reads for the end of a campaign's term: which people go, and what is kept of them."""

from django.db.models import Q, QuerySet

from mingtian.core.keeping import Term
from mingtian.people.models import Consent, Household, Person, Standing


def count_term(term: Term) -> dict[str, int]:
    """Count homes, relatives, consents, names on rosters, and decisions about their pupils."""
    return {
        "households": Household.objects.filter(pk__in=term.homes).count(),
        "relatives": relatives_of(term).count(),
        "consents": Consent.objects.filter(household__in=term.homes).count(),
        "standings": standings_of(term).count(),
        "names": rostered_in(term).count(),
    }


def relatives_of(term: Term) -> QuerySet[Person]:
    """Return the relatives and guests of the homes that go."""
    return Person.objects.filter(household__in=term.homes).exclude(kin="")


def rostered_in(term: Term) -> QuerySet[Person]:
    """Return who stands on a roster that no other campaign needs, in no home that stays."""
    at_home = Q(household=None) | Q(household__in=term.homes)
    return Person.objects.filter(at_home, unit__in=term.units, kin="", created_at__lt=term.ended_at)


def standings_of(term: Term) -> QuerySet[Standing]:
    """Return the decisions about whoever is on those rosters."""
    return Standing.objects.filter(person__in=rostered_in(term))
