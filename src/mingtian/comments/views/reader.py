"""What the pages of this module read from every request."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest

from mingtian.core import clock


def person(request: HttpRequest) -> User:
    """Return who is signed in; the decorators have seen to it that somebody is."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def today(now: datetime) -> date:
    """Return the day in Asia/Shanghai, on which posts are read."""
    return now.astimezone(clock.SHANGHAI).date()
