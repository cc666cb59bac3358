"""Sessions and passwords of staff."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.access import posts_of
from mingtian.org.actions import end_post
from mingtian.staff.access import all_posts_in_reach
from mingtian.staff.actions.attempts import clear_failures, count_failure, refuse_while_locked
from mingtian.staff.actions.invitations import check_password_for
from mingtian.staff.queries.accounts import users_without_post
from mingtian.staff.rules import Tries


def remember_session(*, key: str, now: datetime) -> None:
    """Note that a session is in use; asked for a few times an hour at most."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def end_session(*, user: User, session: int, actor: str, now: datetime) -> bool:
    """End one of the person's sessions, by its key in the list. False when it is over."""
    return _end(UserSession.objects.filter(user=user, pk=session), user, actor, now) > 0


def end_sessions(*, user: User, actor: str, now: datetime, keep: str = "") -> int:
    """End all sessions of the person but the one to keep; return how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=keep), user, actor, now)


def _end(found: QuerySet[UserSession], user: User, actor: str, now: datetime) -> int:
    with transaction.atomic():
        keys = list(found.values_list("session_key", flat=True))
        ended, _ = Session.objects.filter(session_key__in=keys).delete()
        UserSession.objects.filter(session_key__in=keys).delete()
        if ended:
            audit.record(
                actor=actor, action="staff.sessions_ended", now=now, sessions=ended,
                subject=subject_of(user),
            )  # fmt: skip
    return ended


def end_sessions_without_post(*, now: datetime) -> int:
    """End the sessions of whoever holds no post any more; return how many."""
    return sum(
        end_sessions(user=user, actor="system:staff", now=now)
        for user in users_without_post(day_of(now))
    )


def change_password(*, user: User, present: str, new: str, keep: str, now: datetime) -> None:
    """Set another password; all other sessions end. Wrong present ones are counted."""
    tries = {Tries.OWN_PASSWORD: user.get_username()}
    refuse_while_locked(tries, now=now)
    if not user.check_password(present):
        count_failure(tries, now=now)
        _note(user, "staff.password_refused", now)
        raise RuleBroken("password_wrong")
    check_password_for(user, new)
    with transaction.atomic():
        clear_failures(tries)
        user.set_password(new)
        user.save(update_fields=["password"])
        _note(user, "staff.password_changed", now)
        end_sessions(user=user, actor=user.get_username(), now=now, keep=keep)


def close_account(*, user: User, by: User, now: datetime) -> bool:
    """Close an account whose posts all lie within reach: posts end today, nobody signs in again.

    False when it holds posts elsewhere: those end only there.
    """
    today, actor = day_of(now), by.get_username()
    if not all_posts_in_reach(user, by, today):
        return False
    with transaction.atomic():
        for post in list(posts_of(user, today)):
            end_post(post=post, ends_on=today, actor=actor, now=now)
        User.objects.filter(pk=user.pk).update(is_active=False)
        audit.record(actor=actor, action="staff.account_closed", subject=subject_of(user), now=now)
        end_sessions(user=user, actor=actor, now=now)
    return True


def subject_of(user: User) -> str:
    """Return how the trail names an account."""
    return f"account:{user.get_username()}"[:120]


def _note(user: User, action: str, now: datetime) -> None:
    audit.record(actor=user.get_username(), action=action, subject=subject_of(user), now=now)
