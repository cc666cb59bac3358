"""Keeps in the session which places the navigation shows, as soon as somebody signs in."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.desk.places import keep_navigation
from mingtian.org.queries import list_posts


@receiver(user_logged_in)
def signed_in(user: Any, request: HttpRequest, **_: Any) -> None:
    if isinstance(user, User):
        keep_navigation(request.session, list_posts(user.pk, day_of(clock.now())))
