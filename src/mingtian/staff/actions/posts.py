"""End posts and hand them over: the predecessor's access ends on the very day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db import transaction

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.access import posts_of
from mingtian.org.actions import PostSpec, end_post, give_post
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.staff.actions.accounts import end_sessions
from mingtian.staff.actions.invitations import InviteSpec, Made, invite
from mingtian.staff.models import Handover
from mingtian.staff.rules import check_last_day

if TYPE_CHECKING:
    from mingtian.org.models import Post

Open = dict[str, str | int]
"""An open thing at a hand-over: kind, text, about, number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverSpec:
    """Who takes a post over, from which day, with which words.

    Either ``successor`` (an account that exists) or ``name`` (somebody to invite) is given.
    """

    post: "Post"
    on: date
    successor: User | None = None
    name: str = ""
    note: str = ""
    todos: list[Open] = field(default_factory=list)
    once: str = ""


def end_held_post(*, post: "Post", ends_on: date, actor: str, now: datetime) -> bool:
    """End a post from a day on; whoever holds none afterwards is signed out everywhere."""
    today = day_of(now)
    check_last_day(ends_on, today)
    with transaction.atomic():
        # A post that has not begun is given up whole.
        ended = end_post(post=post, ends_on=max(ends_on, post.starts_on), actor=actor, now=now)
        if ended and not posts_of(post.user, today).exists():
            end_sessions(user=post.user, actor=actor, now=now)
    return ended


def hand_over(*, spec: HandoverSpec, by: User, now: datetime) -> Made | None:
    """Pass a post on; return the invitation when the successor is invited.

    The second of two who press together is refused: one post has one hand-over.
    """
    _check(spec)
    post, actor = spec.post, by.get_username()
    with transaction.atomic():
        type(post).objects.select_for_update(of=("self",)).get(pk=post.pk)
        if Handover.objects.filter(post=post).exists():
            raise RuleBroken("handed_over_already")
        made = None
        if spec.successor is None:
            made = _invite_successor(spec, by, now)
        else:
            given = PostSpec(
                user=spec.successor, unit=post.unit, role=Role(post.role), line=Line(post.line)
            )
            new = give_post(spec=given, starts_on=spec.on, actor=actor, now=now)
            if post.ends_on is not None and post.ends_on > spec.on:
                end_post(post=new, ends_on=post.ends_on, actor=actor, now=now)
        Handover.objects.create(
            post=post,
            successor=spec.successor,
            invitation=made.invitation if made else None,
            on=spec.on,
            note=spec.note.strip(),
            todos=spec.todos,
            made_by=by,
            made_at=now,
        )
        end_held_post(post=post, ends_on=spec.on, actor=actor, now=now)
        audit.record(
            actor=actor, action="staff.handed_over", subject=f"unit:{post.unit.public_id}",
            now=now, role=post.role, on=spec.on.isoformat(), open=len(spec.todos),
            invited=made is not None,
        )  # fmt: skip
    return made


def _check(spec: HandoverSpec) -> None:
    if spec.successor is None and not spec.name.strip():
        raise RuleBroken("successor_missing")
    if spec.successor is not None and spec.successor.pk == spec.post.user_id:
        raise RuleBroken("successor_same")


def _invite_successor(spec: HandoverSpec, by: User, now: datetime) -> Made:
    post = spec.post
    remaining = post.ends_on if post.ends_on is not None and post.ends_on > spec.on else None
    offered = InviteSpec(
        unit_id=post.unit_id,
        kind=UnitKind(post.unit.kind),
        role=Role(post.role),
        line=Line(post.line),
        name=spec.name,
        starts_on=spec.on,
        ends_on=remaining,
        once=spec.once,
    )
    return invite(spec=offered, inviter=by, actor=by.get_username(), now=now)
