"""Pages of the own account belong to whoever holds a post today; others find nothing."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from mingtian.core import clock
from mingtian.staff.access import holds_a_post
from mingtian.web.reader import person

View = Callable[..., HttpResponseBase]


def for_holders(view: View) -> View:
    """Ask for a sign-in, then for a post of today."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not holds_a_post(person(request), clock.day_of(clock.now())):
            raise Http404
        return view(request, *args, **kwargs)

    return checked
