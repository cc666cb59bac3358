"""What ends by itself: a helper who left, a pair whose term or consent is over. As the keeper."""

from datetime import datetime

from django.db import connection
from django.db.models import Q

from mingtian.children.queries import consent_standings
from mingtian.children.rules import ConsentPurpose, Standing
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.pairs.actions.common import source
from mingtian.pairs.models import Duty, Pair
from mingtian.pairs.rules import Ending
from mingtian.vault.access import keep
from mingtian.vault.actions import end_source
from mingtian.vault.rules import FileState


def settle(*, now: datetime, actor: str) -> int:
    """End what no longer holds and return how many duties ended. Safe to repeat.

    A helper without a post or an account helps nobody; a pair ends after its last day, with the child's
    file, and as soon as a consent to helping was withdrawn.
    """
    day = day_of(now)
    with keep("settle pairs"):
        ended = 0
        for pair in Pair.objects.select_for_update().filter(ended_at=None, until__lt=day):
            ended += _end(pair, Ending.TERM, now, actor)
        for pair in Pair.objects.select_for_update(of=("self",)).filter(
            ended_at=None, child__state=FileState.CLOSED
        ):
            ended += _end(pair, Ending.FILE_CLOSED, now, actor)
        children = Pair.objects.filter(ended_at=None).values_list("child_id", flat=True).distinct()
        stands = consent_standings(list(children), ConsentPurpose.HELPING, day)
        taken = [child for child, stand in stands.items() if stand is Standing.WITHDRAWN]
        for pair in Pair.objects.select_for_update().filter(ended_at=None, child_id__in=taken):
            ended += _end(pair, Ending.CONSENT, now, actor)
        for duty in Duty.objects.select_for_update().filter(ends_at=None, user_id__in=_gone(now)):
            ended += _end_duty(duty, Ending.HELPER_GONE, now, actor)
    return ended


def _gone(now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_GONE, {"day": day_of(now)})
        return [user for (user,) in cursor.fetchall()]


def _end(pair: Pair, why: Ending, now: datetime, actor: str) -> int:
    duties = Duty.objects.select_for_update().filter(Q(pair=pair), ends_at=None)
    ended = sum(_end_duty(duty, why, now, actor) for duty in duties)
    pair.ended_at, pair.ended_for = now, why
    pair.save(update_fields=["ended_at", "ended_for"])
    audit.record(
        actor=actor, action="pairs.ended", subject=f"pair:{pair.public_id}", now=now,
        child=pair.child_id, why=why.value,
    )  # fmt: skip
    return ended


def _end_duty(duty: Duty, why: Ending, now: datetime, actor: str) -> int:
    end_source(duty.child_id, source=source(duty), now=now, actor=actor)
    duty.ends_at, duty.ended_for = max(now, duty.starts_at), why
    duty.save(update_fields=["ends_at", "ended_for"])
    return 1


_GONE = """
    SELECT DISTINCT duty.user_id FROM pairs_duty duty
    WHERE duty.ends_at IS NULL AND NOT EXISTS (
        SELECT FROM pairs_helping helping
        WHERE helping.user_id = duty.user_id
          AND org_holds(helping.starts_on, helping.ends_on, %(day)s)
          AND org_holds(helping.placed_on, helping.left_on, %(day)s))
"""
