"""Who reads a page of the desk."""

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest


def person(request: HttpRequest) -> User:
    """Return who is signed in; the decorators have seen to it that somebody is."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user
