"""Post once for many groups, mark what was pasted, forward, acknowledge (GRP-2, GRP-3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.errors import RuleBroken
from mingtian.groups.doer import Sender
from mingtian.groups.models import Acknowledgement, Delivery, Post
from mingtian.groups.queries.register import list_lists, list_usable
from mingtian.groups.rows import GroupRow, PostRow, find_post
from mingtian.groups.rules import (
    STANDING_LISTS,
    Audience,
    Called,
    Words,
    check_words,
    is_quiet,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class To:
    """Whither: public ids of groups, and lists: a standing one's word or an own one's public id."""

    groups: Sequence[str] = ()
    lists: Sequence[str] = ()


def send(*, text: str | Words, to: To, source: str, by: Sender, now: datetime) -> PostRow:
    """Post a text once for all these groups and return the post.

    Idempotent by ``source`` ("bulletins:42"): a second call returns what the first made. Groups
    with a robot hear it within a minute, the others when somebody pastes it. Raises RuleBroken for
    a text that is too long or personal, for groups that are not the unit's to post to, without
    any group, and with a group of families between 21:00 and 7:00.
    """
    if (made := _made(source, now)) is not None:
        return made
    words = Words(text=text) if isinstance(text, str) else text
    check_words(words)
    groups = groups_of(to, by.unit_id, now)
    if is_quiet(now) and any(group.audience is Audience.FAMILIES for group in groups):
        raise RuleBroken("too_late_for_families")
    try:
        with transaction.atomic():
            post = Post.objects.create(
                unit_id=by.unit_id, source=source, title=words.title.strip(),
                text=words.text.strip(), link=words.link.strip(), image=words.image.strip(),
                asks=words.asks, posted_at=now, posted_by_id=by.user_id,
            )  # fmt: skip
            Delivery.objects.bulk_create([_delivery(post.pk, group, now) for group in groups])
            audit.record(
                actor=by.username, action="groups.posted", subject=f"post:{post.public_id}",
                now=now, groups=len(groups), source=source,
            )  # fmt: skip
    except IntegrityError:
        # Somebody else posted the same at this moment.
        made = _made(source, now)
        if made is None:
            raise
        return made
    return _found(post.public_id, now)


def groups_of(to: To, unit_id: int, now: datetime) -> list[GroupRow]:
    """Return the open groups that are meant, each once, in the order of the register."""
    usable = list_usable(unit_id, day_of(now))
    wanted = set(to.groups)
    standing = {audience.value for audience in STANDING_LISTS}
    kinds = standing & set(to.lists)
    own = {row.public_id: row for row in list_lists(unit_id)}
    if set(to.lists) - standing - own.keys():
        raise RuleBroken("list_foreign")
    for each in set(to.lists) & own.keys():
        wanted |= {public_id for public_id, _name in own[each].groups}
    if set(to.groups) - {group.public_id for group in usable}:
        raise RuleBroken("group_foreign")
    found = [group for group in usable if group.public_id in wanted or group.audience in kinds]
    if not found:
        raise RuleBroken("no_groups")
    return found


def forward(*, post: PostRow, groups: Sequence[str], by: Sender, now: datetime) -> int:
    """Pass a post on into groups of the own unit; return how many are new (GRP-3).

    Who forwarded, where and when stays beside the post.
    """
    chosen = {group.public_id: group for group in list_usable(by.unit_id, day_of(now))}
    if not groups:
        raise RuleBroken("no_groups")
    if set(groups) - chosen.keys():
        raise RuleBroken("group_foreign")
    wanted = [chosen[each] for each in sorted(set(groups))]
    if is_quiet(now) and any(group.audience is Audience.FAMILIES for group in wanted):
        raise RuleBroken("too_late_for_families")
    with transaction.atomic():
        before = Delivery.objects.filter(post_id=post.id).count()
        Delivery.objects.bulk_create(
            [_delivery(post.id, group, now, by.unit_id) for group in wanted], ignore_conflicts=True
        )
        new = Delivery.objects.filter(post_id=post.id).count() - before
        if new:
            audit.record(
                actor=by.username, action="groups.forwarded", subject=f"post:{post.public_id}",
                now=now, groups=new,
            )  # fmt: skip
    return new


def mark_pasted(*, post: PostRow, group_id: int, by: Actor, now: datetime) -> bool:
    """Note who pasted the text into a group and when; False when somebody had before."""
    with transaction.atomic():
        done = Delivery.objects.filter(post_id=post.id, group_id=group_id, pasted_at=None).update(
            pasted_at=now, pasted_by_id=by.user_id
        )
        if done:
            # What a person has pasted the robot need not say again.
            Delivery.objects.filter(
                post_id=post.id, group_id=group_id, robot=Called.DUE.value
            ).update(robot=Called.NONE.value, robot_next_at=None)
            audit.record(
                actor=by.username, action="groups.pasted", subject=f"post:{post.public_id}",
                now=now, group=group_id,
            )  # fmt: skip
    return bool(done)


def acknowledge(*, post: PostRow, unit_id: int, by: Actor, now: datetime) -> None:
    """Note that a unit has read a post. Raises RuleBroken when it said so before."""
    with transaction.atomic():
        row, new = Acknowledgement.objects.get_or_create(
            post_id=post.id, unit_id=unit_id,
            defaults={"acknowledged_at": now, "acknowledged_by_id": by.user_id},
        )  # fmt: skip
        if not new:
            local = timezone.localtime(row.acknowledged_at, SHANGHAI)
            raise RuleBroken("already_acknowledged", at=f"{local:%m-%d %H:%M}")
        audit.record(
            actor=by.username, action="groups.acknowledged", subject=f"post:{post.public_id}",
            now=now, unit=unit_id,
        )  # fmt: skip


def _delivery(
    post_id: int, group: GroupRow, now: datetime, forwarded_by: int | None = None
) -> Delivery:
    robot = group.robot is not None
    return Delivery(
        post_id=post_id,
        group_id=group.id,
        added_at=now,
        forwarded_by_id=forwarded_by,
        robot=Called.DUE.value if robot else Called.NONE.value,
        robot_next_at=now if robot else None,
    )


def _made(source: str, now: datetime) -> PostRow | None:
    post = Post.objects.filter(source=source).first()
    return _found(post.public_id, now) if post else None


def _found(public_id: str, now: datetime) -> PostRow:
    found = find_post(public_id, day_of(now))
    assert found is not None, "a post stays once it is made"
    return found
