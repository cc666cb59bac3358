"""Let somebody back in who has lost the password or the second factor."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.staff.access import all_posts_in_reach
from mingtian.staff.actions.accounts import end_sessions, subject_of
from mingtian.staff.actions.invitations import (
    InviteSpec,
    Made,
    accept,
    check_password_for,
    invite,
)
from mingtian.staff.models import Invitation

if TYPE_CHECKING:
    from mingtian.org.models import Post


@dataclass(frozen=True, kw_only=True, slots=True)
class Renewal:
    """Link, word and the new password."""

    secret: str
    word: str
    password: str


def offer_access(*, post: "Post", once: str, by: User, now: datetime) -> Made:
    """Make link and word by which the holder of a post sets a new password.

    Refused when the account reaches what ``by`` does not: it would be a way upward.
    """
    if not all_posts_in_reach(post.user, by, day_of(now)):
        audit.record(
            actor=by.get_username(), action="staff.access_refused", now=now,
            subject=subject_of(post.user), code="access_elsewhere",
        )  # fmt: skip
        raise RuleBroken("access_elsewhere")
    spec = InviteSpec(
        unit_id=post.unit_id,
        kind=UnitKind(post.unit.kind),
        role=Role(post.role),
        line=Line(post.line),
        name=post.user.get_full_name() or post.user.get_username(),
        starts_on=post.starts_on,
        once=once,
        renews=post.user,
    )
    return invite(spec=spec, inviter=by, actor=by.get_username(), now=now)


def renew_access(*, renewal: Renewal, now: datetime) -> User:
    """Set the new password, take all second factors off and end all sessions."""
    return accept(renewal.secret, renewal.word, now, lambda held: _renewed(held, renewal, now))


def _renewed(held: Invitation, renewal: Renewal, now: datetime) -> User:
    user = held.renews
    if user is None or not user.is_active:
        raise RuleBroken("access_for_newcomer")
    check_password_for(user, renewal.password)
    user.set_password(renewal.password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    actor = user.get_username()
    audit.record(actor=actor, action="staff.access_renewed", subject=subject_of(user), now=now)
    end_sessions(user=user, actor=actor, now=now)
    return user
