"""Open somebody's own name for a paper that is made for that very person; it is recorded."""

from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.people.models import Person
from mingtian.people.sealing import opened


def read_own_name(*, person_id: int, purpose: str, actor: str, now: datetime) -> str:
    """Return the name on the roster, or an empty text for somebody who has none.

    The caller has made sure that it is the person's own home that asks. ``purpose`` is a
    stable word that stands in the audit trail.
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.name_sealed is None:
        return ""
    with transaction.atomic():
        audit.record(
            actor=actor,
            action="people.own_name_read",
            subject=f"person:{person.public_id}",
            now=now,
            purpose=purpose,
        )
    return opened(person, "name")
