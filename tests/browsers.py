"""Browsers of the tests of doors."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client

from mingtian.testing.matrix import Who


class Forgetful(Client):
    """A browser whose every visit begins as the first did.

    What a page wrote is taken back by the test's transaction; this takes back its cookies.
    """

    def request(self, **request: Any) -> Any:
        kept = SimpleCookie(self.cookies)
        try:
            return super().request(**request)
        finally:
            self.cookies = kept


def remembering(browsers: Mapping[Who, Client]) -> Mapping[Who, Client]:
    """Return browsers signed in as these, which keep what a page tells them for the next."""
    found = {who: Client(raise_request_exception=False) for who in browsers}
    for who, client in found.items():
        client.cookies = SimpleCookie(browsers[who].cookies)
    return found
