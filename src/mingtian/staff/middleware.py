"""Sends posts that need a second factor to set one up before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime

from mingtian.core import clock
from mingtian.staff.actions import remember_session
from mingtian.staff.queries import factors_are_required, needs_second_factor
from mingtian.staff.rules import SEEN, SEEN_EVERY

FAMILIES = frozenset({"family", "wechat"})
"""Addresses of phones: they ask for no account, whoever is signed in beside."""

WITHOUT = frozenset(
    {
        "sign-in",
        "sign-out",
        "web:language",
        "web:type",
        "account_login",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    }
)
"""What can be reached before a second factor is set up, and nothing else."""


class SecondFactor:
    """Lets nobody with such a post pass to a view without one; one statement a page.

    A tenth minute's request also notes that the session is in use.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Send them to the page of second factors."""
        match = request.resolver_match
        if match is None or match.app_name in FAMILIES or not request.user.is_authenticated:
            return None
        now = clock.now()
        if SEEN in request.session:
            _note_use(request)
        if not factors_are_required() or match.view_name in WITHOUT:
            return None
        if needs_second_factor(request.user.pk, clock.day_of(now)):
            return redirect("mfa_index")
        return None


def _note_use(request: HttpRequest) -> None:
    now = clock.now()
    seen = parse_datetime(request.session[SEEN])
    if seen is None or now - seen > SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
        remember_session(key=request.session.session_key or "", now=now)
