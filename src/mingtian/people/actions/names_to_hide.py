"""Open the roster names of several units in memory, to take them out of texts. Recorded."""

from collections.abc import Collection
from datetime import datetime

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.people.models import Person
from mingtian.people.queries.rosters import present_on
from mingtian.people.rules import ROSTER_KINDS
from mingtian.people.sealing import opened


def open_names_to_hide(
    *, unit_ids: Collection[int], subject: str, actor: str, now: datetime
) -> frozenset[str]:
    """Return the names on the rosters of these units, for a machine that hides them.

    The caller must show them to nobody and keep them nowhere. ``subject`` says for what they
    were opened ("digest:…"); the opening is recorded with the number of names.
    """
    today = day_of(now)
    people = Person.objects.filter(present_on(today), unit_id__in=unit_ids, kind__in=ROSTER_KINDS)
    names = frozenset(opened(person, "name") for person in people)
    audit.record(
        actor=actor,
        action="people.names_opened_to_hide",
        subject=subject,
        now=now,
        names=len(names),
        units=len(unit_ids),
    )
    return names
