"""Writes to invitations, posts of staff, sessions and passwords."""

from mingtian.staff.actions.accounts import (
    change_password,
    close_account,
    end_session,
    end_sessions,
    end_sessions_without_post,
    remember_session,
)
from mingtian.staff.actions.attempts import (
    clear_failures,
    count_failure,
    drop_old_attempts,
    refuse_while_locked,
)
from mingtian.staff.actions.invitations import (
    InviteSpec,
    Made,
    Newcomer,
    accept_as,
    accept_as_newcomer,
    invite,
    withdraw,
)
from mingtian.staff.actions.posts import HandoverSpec, end_held_post, hand_over
from mingtian.staff.actions.renewals import Renewal, offer_access, renew_access

__all__ = [
    "HandoverSpec",
    "InviteSpec",
    "Made",
    "Newcomer",
    "Renewal",
    "accept_as",
    "accept_as_newcomer",
    "change_password",
    "clear_failures",
    "close_account",
    "count_failure",
    "drop_old_attempts",
    "end_held_post",
    "end_session",
    "end_sessions",
    "end_sessions_without_post",
    "hand_over",
    "invite",
    "offer_access",
    "refuse_while_locked",
    "remember_session",
    "renew_access",
    "withdraw",
]
