"""Give and end posts: who works at which unit, in which role, from when to when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.org.models import Placement, Post, Unit
from mingtian.org.rules import Line, Role, UnitKind, check_post


@dataclass(frozen=True, kw_only=True, slots=True)
class PostSpec:
    """A post to be given: its holder reaches the unit's subtree along ``line``."""

    user: User
    unit: Unit
    role: Role
    line: Line = Line.LEADS


def give_post(*, spec: PostSpec, starts_on: date, actor: str, now: datetime) -> Post:
    """Give the post from a day on, or return the one that the person already holds then."""
    check_post(spec.role, UnitKind(spec.unit.kind))
    with transaction.atomic():
        # Two who press together: the second waits here and finds the first one's post.
        Unit.objects.select_for_update(no_key=True).get(pk=spec.unit.pk)
        holds_on = Q(ends_on=None) | Q(ends_on__gt=starts_on)
        if not Placement.objects.filter(
            holds_on, unit=spec.unit, line=spec.line, starts_on__lte=starts_on
        ).exists():
            raise RuleBroken("not_placed", line=spec.line.value)
        held = Post.objects.filter(
            holds_on, user=spec.user, unit=spec.unit, role=spec.role, line=spec.line
        )
        if (same := held.filter(starts_on__lte=starts_on).first()) is not None:
            return same
        if (later := held.first()) is not None:
            raise RuleBroken("changes_later", day=later.starts_on.isoformat())
        post = Post.objects.create(
            user=spec.user,
            unit=spec.unit,
            role=spec.role,
            line=spec.line,
            starts_on=starts_on,
            ends_on=spec.unit.closed_on,
        )
        _note(post, "org.post_given", starts_on, actor=actor, now=now)
    return post


def end_post(*, post: Post, ends_on: date, actor: str, now: datetime) -> bool:
    """End the post; ``ends_on`` is the first day without it. False when it ended by then."""
    if ends_on < post.starts_on:
        raise RuleBroken("before_opening", day=post.starts_on.isoformat())
    with transaction.atomic():
        open_then = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), pk=post.pk)
        ended = open_then.update(ends_on=ends_on) == 1
        if ended:
            post.ends_on = ends_on
            _note(post, "org.post_ended", ends_on, actor=actor, now=now)
    return ended


def _note(post: Post, action: str, day: date, *, actor: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=f"unit:{post.unit.public_id}",
        now=now,
        user=post.user.get_username(),
        role=post.role,
        line=post.line,
        on=day.isoformat(),
    )
