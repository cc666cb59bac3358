"""Asks for the password again where pages about children lay unused (reliability.md 4.2)."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from mingtian.core import clock
from mingtian.core.clock import day_of
from mingtian.org.access import posts_of
from mingtian.org.rules import Role
from mingtian.staff.queries import confirmed_lately
from mingtian.staff.rules import SEEN, SIGNED_IN
from mingtian.vault.rules import IDLE_FOR, KNOWN_FOR, NOTED_EVERY
from mingtian.web.again import knows_password
from mingtian.web.reader import person

ABOUT_CHILDREN = frozenset({"vault", "children", "care", "pairs", "aid", "gifts"})
KEPT_ON_PHONES = frozenset({"pairs:visit", "pairs:mine", "pairs:tell", "pairs:worker"})
"""What the phone's own page of visits asks for by itself; it keeps what was typed until it was sent."""

USED = "vault.used_at"
CONFIRMED = "vault.confirmed_at"
AGAIN = "mingtian-password-again"
"""The field that is added to what was typed, when a page was sent after the time was over."""


class Idle:
    """Lets nobody go on after a quarter of an hour without use, or eight hours, but by the password.

    Who opens a page types it on the page for that and is led on. Who sends one gets it back with the
    password asked for and all that was typed inside; nothing of it is kept here meanwhile. Helpers
    are not asked. Costs no statement while the time is not over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Ask when the time is over; else note the use."""
        if not _is_asked(request):
            return None
        now = clock.now()
        if not _is_over(request.session, now):
            _note_use(request.session, now)
            return None
        return None if _only_helps(request, now) else _ask(request, now)


def _is_asked(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.app_name not in ABOUT_CHILDREN or match.view_name in KEPT_ON_PHONES:
        return False
    # Every sign-in by the pages leaves the second behind.
    return request.user.is_authenticated and SEEN in request.session


def _is_over(session: SessionBase, now: datetime) -> bool:
    # No use of other pages counts: the page that asks for the password would be one of them.
    confirmed = max(_instants(session, CONFIRMED, SIGNED_IN), default=None)
    if confirmed is None:
        return True
    used = max([confirmed, *_instants(session, USED)])
    return now - used > IDLE_FOR or now - confirmed > KNOWN_FOR


def _instants(session: SessionBase, *keys: str) -> list[datetime]:
    found = (parse_datetime(session.get(key, "")) for key in keys)
    return [each for each in found if each is not None]


def _note_use(session: SessionBase, now: datetime) -> None:
    if all(now - each > NOTED_EVERY for each in _instants(session, USED)):
        session[USED] = now.isoformat()


def _only_helps(request: HttpRequest, now: datetime) -> bool:
    return not posts_of(person(request), day_of(now)).exclude(role=Role.HELPER).exists()


def _ask(request: HttpRequest, now: datetime) -> HttpResponse | None:
    typed = request.POST.get(AGAIN)
    right = typed is not None and knows_password(request, typed)
    if right or confirmed_lately(request):
        request.session[USED] = request.session[CONFIRMED] = now.isoformat()
        return None
    if request.method == "POST":
        return _with_what_was_typed(request, wrong=typed is not None)
    return _on_its_page(request)


def _on_its_page(request: HttpRequest) -> HttpResponse:
    messages.info(
        request, _("Pages about children ask for the password again after a while without use.")
    )
    asked = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{asked}")


def _with_what_was_typed(request: HttpRequest, *, wrong: bool) -> HttpResponse:
    left_out = {AGAIN, "csrfmiddlewaretoken"}
    shown = {
        "typed": [
            (name, value) for name, values in request.POST.lists() if name not in left_out
            for value in values
        ],
        "address": request.get_full_path(),
        "field": AGAIN,
        "wrong": wrong,
        "had_files": bool(request.FILES),
    }  # fmt: skip
    reply = render(request, "vault/again.html", shown, status=403)
    add_never_cache_headers(reply)
    return reply
