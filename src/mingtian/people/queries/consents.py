"""Reads of consents: which homes agreed, and which took their leave."""

from collections.abc import Collection

from mingtian.people.models import Consent
from mingtian.people.rules import CONSENT_VERSION


def agreed_homes(household_ids: Collection[int]) -> set[int]:
    """Return those of the homes that have agreed to the present notice and hold to it."""
    found = Consent.objects.filter(
        household_id__in=household_ids, withdrawn_at=None, version__gte=CONSENT_VERSION
    )
    return set(found.values_list("household_id", flat=True))
