"""The password once more, before something leaves the product in a file."""

from allauth.core import ratelimit
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from mingtian.web.reader import person


def knows_password(request: HttpRequest, password: str) -> bool:
    """Say whether this is the reader's own password; after ten tries in a minute nothing is.

    To be asked outside any transaction that a refusal undoes: the count of tries must hold.
    """
    user = person(request)
    allowed = ratelimit.consume(request, action="reauthenticate", user=user)
    # Without the user's own check, which may store a newer hash and so end the session.
    return bool(allowed) and check_password(password, user.password)
