"""Asks WeChat who is there: the silent ``snsapi_base`` sign-in, without a library.

Two steps, as WeChat publishes them: the browser goes to ``/connect/oauth2/authorize`` and comes
back with a code; the server changes the code for an openid at ``/sns/oauth2/access_token``. No
redirect is followed, little is read and nothing waits long.
"""

import json
import logging
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from mingtian.core.errors import RuleBroken
from mingtian.wechat.rules import Answer, Refusal, read_answer

log = logging.getLogger(__name__)

SECONDS = 4
MOST_BYTES = 64 * 1024


def enabled() -> bool:
    """Say whether the operator has given the account of a WeChat service."""
    return bool(settings.WECHAT_APPID and settings.WECHAT_SECRET)


def authorize_url(*, state: str, back: str) -> str:
    """Return where the browser asks WeChat; it comes back to ``back`` with a code and the state."""
    # WeChat compares the parameters in this order.
    query = urlencode(
        {
            "appid": settings.WECHAT_APPID,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
    )
    return f"{settings.WECHAT_OPEN}/connect/oauth2/authorize?{query}#wechat_redirect"


def ask_who(code: str) -> Answer:
    """Change a code for the account behind it, or raise RuleBroken with what went wrong.

    A code works once, for five minutes. Neither it nor the secret reaches the log.
    """
    query = urlencode(
        {
            "appid": settings.WECHAT_APPID,
            "secret": settings.WECHAT_SECRET,
            "code": code,
            "grant_type": "authorization_code",
        }
    )
    told = read_answer(_get(f"/sns/oauth2/access_token?{query}"))
    if isinstance(told, Refusal):
        if told in {Refusal.SET_UP_WRONG, Refusal.UNCLEAR}:
            log.error("WeChat refused the exchange.", extra={"action": told.value})
        raise RuleBroken(told)
    return told


def _get(path: str) -> object:
    """Return the JSON at a path of WeChat's server."""
    connection = _connection()
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        with connection.getresponse() as reply:
            status, body = reply.status, reply.read(MOST_BYTES + 1)
    except (OSError, HTTPException) as error:
        log.warning("WeChat does not answer.", extra={"action": "wechat_no_answer"})
        raise RuleBroken(Refusal.NO_ANSWER) from error
    finally:
        connection.close()
    if status != 200 or len(body) > MOST_BYTES:
        raise RuleBroken(Refusal.UNCLEAR)
    try:
        return json.loads(body)
    except ValueError as error:
        raise RuleBroken(Refusal.UNCLEAR) from error


def _connection() -> HTTPConnection:
    server = urlsplit(settings.WECHAT_API)
    kind = HTTPSConnection if server.scheme == "https" else HTTPConnection
    return kind(server.hostname or "", server.port, timeout=SECONDS)
