"""What is kept here about a home: that it is a pilot family, and why (core.keeping)."""

from collections.abc import Collection

from django.db.models import QuerySet

from mingtian.core.keeping import Kept, Term
from mingtian.core.sql import each
from mingtian.people.queries import list_persons
from mingtian.people.queries.homes import list_persons_of
from mingtian.readiness.models import PilotFamily


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return the entries of the homes of these persons as pilot families."""
    homes = {one.household_id for one in list_persons(person_ids) if one.household_id is not None}
    found = PilotFamily.objects.filter(household_id__in=homes).order_by("chosen_at", "pk")
    return [
        Kept(
            what="pilot_family",
            person_id=None,
            at=one.chosen_at,
            facts={
                "pseudonym": f"{one.number:02d}",
                "reason": one.reason,
                "consent_on": one.consent_on.isoformat(),
            },
        )
        for one in found
    ]


def families_of(person_ids: Collection[int]) -> QuerySet[PilotFamily]:
    """Return the pilot families all of whose people are among these persons.

    A home from which one relative is taken away stays what it is.
    """
    people = list_persons(person_ids)
    homes = {one.household_id for one in people if one.household_id is not None}
    going = set(person_ids)
    whole = [home for home in homes if set(list_persons_of([home])) <= going]
    return PilotFamily.objects.filter(household_id__in=whole)


def count_term(term: Term) -> dict[str, int]:
    """Count the pilot families that go with a campaign's term."""
    return {"pilot_families": families_of_term(term).count()}


def families_of_term(term: Term) -> QuerySet[PilotFamily]:
    """Return the pilot families of the campaign, and those of others in homes that go."""
    own = PilotFamily.objects.filter(pilot__campaign_id=term.campaign)
    return own | PilotFamily.objects.filter(household__in=each(term.homes))
