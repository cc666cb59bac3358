"""Writes the trail of sign-ins and second factors from what Django and allauth report."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from mingtian.core import audit, clock

# allauth's signals have no types; each of these comes with the person.


def _note(user: Any, action: str, **detail: str | int | bool | None) -> None:
    if not isinstance(user, User):
        return
    name = user.get_username()
    audit.record(
        actor=name, action=action, subject=f"account:{name}"[:120], now=clock.now(), **detail
    )


@receiver(user_logged_in)
def signed_in(user: Any, **_: Any) -> None:
    _note(user, "staff.signed_in")


@receiver(user_logged_out)
def signed_out(user: Any, **_: Any) -> None:
    _note(user, "staff.signed_out")


@receiver(factors.authenticator_added)
def factor_added(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_added", kind=authenticator.type)


@receiver(factors.authenticator_removed)
def factor_removed(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_removed", kind=authenticator.type)


@receiver(factors.authenticator_reset)
def factor_reset(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_reset", kind=authenticator.type)


@receiver(factors.authentication_failed)
def factor_refused(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_refused", kind=authenticator.type)


@receiver(factors.authenticator_used)
def factor_used(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_used", kind=authenticator.type)
