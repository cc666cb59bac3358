"""Keep a talk with another body in the log of the unit (ORG-4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.meetings.actions.follow_ups import Task, follow_talk
from mingtian.meetings.models import Talk
from mingtian.meetings.rules import Way, check_talk


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkSpec:
    """A talk as it was typed: which own post met whom, how, and what was agreed."""

    post: str
    with_whom: str
    with_role: str
    held_at: datetime
    way: Way
    agreed: str


def record_talk(
    *, unit_id: int, spec: TalkSpec, task: Task | None, once: str, by: Actor, now: datetime
) -> Talk:
    """Keep a talk, with its first follow-up if there is one; the same form twice makes one."""
    check_talk(with_whom=spec.with_whom, held_at=spec.held_at, agreed=spec.agreed, now=now)
    with transaction.atomic():
        talk, new = Talk.objects.get_or_create(
            unit_id=unit_id,
            once=once,
            defaults={
                "post": spec.post.strip(),
                "with_whom": spec.with_whom.strip(),
                "with_role": spec.with_role.strip(),
                "held_at": spec.held_at,
                "way": spec.way.value,
                "agreed": spec.agreed.strip(),
                "recorded_by_id": by.user_id,
                "recorded_at": now,
            },
        )
        if new:
            subject = f"talk:{talk.public_id}"
            audit.record(
                actor=by.username, action="meetings.talked", subject=subject, now=now,
                unit=unit_id, way=spec.way.value,
            )  # fmt: skip
            if task is not None:
                follow_talk(talk_id=talk.pk, task=task, once=once, by=by, now=now)
    return talk
