"""Reads of accounts, invitations, hand-overs and the trail, as frozen rows."""

from mingtian.staff.queries.accounts import (
    confirmed_lately,
    factors_are_required,
    lacks_second_factor,
    needs_second_factor,
    users_without_post,
)

__all__ = [
    "confirmed_lately",
    "factors_are_required",
    "lacks_second_factor",
    "needs_second_factor",
    "users_without_post",
]
