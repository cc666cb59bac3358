"""Consent given elsewhere than on a phone: on paper, at the class teacher's."""

from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.people.models import Consent, Departed, Household, Person
from mingtian.people.rules import CONSENT_VERSION, GivenBy


def record_consent(
    household_id: int, *, given_by: GivenBy, language: str, now: datetime, actor: str
) -> Consent:
    """Keep that a home agreed to the present notice; the consent it has, when that is enough.

    What somebody said for themselves is not enough for a child. After a withdrawal the home is counted again from now on, as with a consent at the entry.
    """
    with transaction.atomic():
        home = Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
        if home is None:
            raise RuleBroken("home_is_gone")
        enough = set(GivenBy) - ({GivenBy.SELF} if given_by is not GivenBy.SELF else set())
        holds = Consent.objects.filter(
            household=home,
            withdrawn_at=None,
            version__gte=CONSENT_VERSION,
            given_by__in=[each.value for each in enough],
        ).first()
        if holds is not None:
            return holds
        consent = Consent.objects.create(
            household=home,
            version=CONSENT_VERSION,
            language=language,
            given_by=given_by.value,
            given_at=now,
        )
        still_there = Person.objects.filter(household=home).values_list("pk", flat=True)
        Departed.objects.filter(person__in=list(still_there)).delete()
        audit.record(
            actor=actor,
            action="people.consented",
            subject=f"household:{home.public_id}",
            now=now,
            version=CONSENT_VERSION,
            given_by=given_by.value,
        )
    return consent
