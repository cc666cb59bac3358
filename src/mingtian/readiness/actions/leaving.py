"""Let pilot families go with their people, and at the end of a term (core.keeping)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.keeping import Term
from mingtian.readiness.models import PilotFamily
from mingtian.readiness.queries.kept import families_of, families_of_term


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Remove the pilot families all of whose people are among these; return how many went."""
    with transaction.atomic():
        gone = _delete(list(families_of(person_ids).values_list("pk", flat=True)))
        if gone:
            audit.record(
                actor=actor, action="readiness.forgotten", subject="persons", now=now, rows=gone
            )
    return gone


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Remove the pilot families of a campaign; the communities and what they taught stay."""
    with transaction.atomic():
        gone = _delete(list(families_of_term(term).values_list("pk", flat=True)))
        audit.record(
            actor=actor,
            action="readiness.term_over",
            subject=f"campaign:{term.public_id}",
            now=now,
            pilot_families=gone,
        )
    return {"pilot_families": gone}


def _delete(keys: list[int]) -> int:
    return PilotFamily.objects.filter(pk__in=keys).delete()[0]
