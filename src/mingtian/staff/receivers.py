"""Writes the trail of sign-ins and second factors from what Django and allauth report."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from mingtian.core import audit, clock
from mingtian.staff.rules import SEEN, SIGNED_IN

# allauth's signals have no types; each of these comes with the person.


def _note(user: Any, action: str, **detail: str | int | bool | None) -> None:
    if not isinstance(user, User):
        return
    name = user.get_username()
    audit.record(
        actor=name, action=action, subject=f"account:{name}"[:120], now=clock.now(), **detail
    )


@receiver(user_logged_in)
def signed_in(user: Any, request: HttpRequest, **_: Any) -> None:
    request.session[SEEN] = request.session[SIGNED_IN] = clock.now().isoformat()
    _note(user, "staff.signed_in")


@receiver(user_logged_out)
def signed_out(user: Any, **_: Any) -> None:
    _note(user, "staff.signed_out")


# Of the rows, not of allauth's signals: those come after the commit, and an entry could be missing.


@receiver(post_save, sender=Authenticator)
def factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        _note(instance.user, "staff.factor_added", kind=str(instance.type))


@receiver(post_delete, sender=Authenticator)
def factor_removed(instance: Authenticator, **_: Any) -> None:
    _note(instance.user, "staff.factor_removed", kind=str(instance.type))


@receiver(factors.authentication_failed)
def factor_refused(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_refused", kind=authenticator.type)


@receiver(factors.authenticator_used)
def factor_used(user: Any, authenticator: Authenticator, **_: Any) -> None:
    _note(user, "staff.factor_used", kind=authenticator.type)
