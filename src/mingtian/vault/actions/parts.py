"""Somebody gets a part in a child's life, and loses it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from mingtian.core import audit
from mingtian.vault.access import Door
from mingtian.vault.models import Reach
from mingtian.vault.rules import Part


def give_part(
    door: Door, child: int, *, user_id: int, part: Part, source: str, until: datetime | None = None
) -> None:
    """Give a person a part from now on; the same part from the same source twice is one.

    ``source`` is ``<module>.<thing>:<public id>``, by which it is ended. The person at the door must see
    the child. Whether the receiver may have the part (post, vetting) is the calling module's rule.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vault_give(%s, %s, %s, %s, %s, %s)",
            [child, user_id, part.value, door.now, until, source],
        )
        (given,) = cursor.fetchone() or (None,)
    if given is not None:
        audit.record(
            actor=door.username, action="vault.part_given", subject=source, now=door.now,
            part=part.value, user=user_id, child=child,
        )  # fmt: skip
    if user_id == door.user_id:
        door.refresh()


def give_parts(door: Door, sources: Mapping[int, str], *, user_id: int, part: Part) -> None:
    """Give a person the same part in many children's lives, by child; see :func:`give_part`.

    One statement, and one entry in the trail.
    """
    if not sources:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(vault_give(child, %s, %s, %s, NULL, why))"
            " FROM unnest(%s::bigint[], %s::text[]) AS given (child, why)",
            [user_id, part.value, door.now, list(sources), list(sources.values())],
        )
        (given,) = cursor.fetchone() or (0,)
    audit.record(
        actor=door.username, action="vault.parts_given", subject=next(iter(sources.values())),
        now=door.now, part=part.value, user=user_id, children=given,
    )  # fmt: skip
    if user_id == door.user_id:
        door.refresh()


def end_parts(door: Door, child: int, *, source: str) -> int:
    """End whatever this source gave, at once; returns how many parts ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_end(%s, %s, %s)", [child, source, door.now])
        (ended,) = cursor.fetchone() or (0,)
    if ended:
        audit.record(
            actor=door.username, action="vault.parts_ended", subject=source, now=door.now,
            parts=ended, child=child,
        )  # fmt: skip
    return int(ended)


def end_source(child: int, *, source: str, now: datetime, actor: str) -> int:
    """End whatever a source gave, at once, as the keeper: for what ends by itself, without a person."""
    ended = (
        Reach.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), child_id=child, source=source)
        .update(ends_at=Greatest(Value(now), "starts_at"))
    )  # fmt: skip
    if ended:
        audit.record(
            actor=actor, action="vault.parts_ended", subject=source, now=now, parts=ended,
            child=child,
        )  # fmt: skip
    return ended
