"""What the browser carries while it is away at WeChat and just after: two short-lived cookies.

Signed, not readable by scripts, sent to this module's pages only. Neither holds an openid.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

PATH = "/wechat"
LASTS = timedelta(minutes=10)
SNAPSHOT = "snapshot"
"""Told to the families' pages: this is a snapshot page, which counts for nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """A question under way: the state that WeChat must bring back, and where to go on to."""

    state: str
    to: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A phone account that WeChat has named, as its blind index, and where to go on to."""

    account: bytes
    to: str


def keep_asking(response: HttpResponseBase, asking: Asking, *, secure: bool) -> None:
    """Let the browser carry the question."""
    _keep(response, "wechat_asking", {"state": asking.state, "to": asking.to}, secure)


def keep_known(response: HttpResponseBase, known: Known, *, secure: bool) -> None:
    """Let the browser carry the answer, instead of the question."""
    response.delete_cookie("wechat_asking", path=PATH, samesite="Lax")
    _keep(response, "wechat_known", {"account": known.account.hex(), "to": known.to}, secure)


def asking_of(request: HttpRequest) -> Asking | None:
    """Return the question this browser set out with, or None."""
    kept = _kept(request, "wechat_asking")
    return Asking(state=kept["state"], to=kept["to"]) if kept else None


def known_of(request: HttpRequest) -> Known | None:
    """Return the account that was named to this browser in the last minutes, or None."""
    kept = _kept(request, "wechat_known")
    return Known(account=bytes.fromhex(kept["account"]), to=kept["to"]) if kept else None


def mark_snapshot(response: HttpResponseBase, *, snapshot: bool, secure: bool) -> None:
    """Tell the families' pages whether this is a snapshot page."""
    if snapshot:
        response.set_cookie(SNAPSHOT, "1", max_age=LASTS, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(SNAPSHOT, samesite="Lax")


def _keep(response: HttpResponseBase, name: str, kept: dict[str, str], secure: bool) -> None:
    response.set_cookie(
        name, signing.dumps(kept, salt=name), max_age=LASTS, path=PATH, secure=secure,
        httponly=True, samesite="Lax",
    )  # fmt: skip


def _kept(request: HttpRequest, name: str) -> dict[str, str]:
    try:
        kept: dict[str, str] = signing.loads(
            request.COOKIES.get(name, ""), salt=name, max_age=LASTS
        )
    except signing.BadSignature:
        return {}
    return kept
