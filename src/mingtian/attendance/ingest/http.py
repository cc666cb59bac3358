"""The little of HTTP that the hot path needs: headers, replies, the reader's language."""

from collections.abc import Iterator
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec
from starlette.types import Receive, Scope, Send

from mingtian.attendance.ingest.pages import LANGUAGES, Page, Shells, choose_language, page_policy
from mingtian.attendance.ingest.reasons import STATUS, Refused
from mingtian.attendance.ingest.sentences import sentence

if TYPE_CHECKING:
    from mingtian.attendance.ingest.service import Service

JSON = (b"content-type", b"application/json")
NO_STORE = (b"cache-control", b"no-store")
NOSNIFF = (b"x-content-type-options", b"nosniff")


class Call(msgspec.Struct, frozen=True, gc=False):
    """One request: the living parts, what was asked, and the two ends of the wire."""

    service: "Service"
    scope: Scope
    receive: Receive
    send: Send


def header(scope: Scope, name: bytes) -> str:
    """Return the first value of a header, or the empty text."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def language_of(scope: Scope) -> tuple[str, bool]:
    """Return the language for this reader, and whether the address asked for it (``?lang=``)."""
    query = parse_qs(str(scope.get("query_string", b""), "latin-1")).get("lang", [""])[0]
    cookie = cookie_of(scope, "lang")
    wish = choose_language(query, cookie or None, header(scope, b"accept-language"))
    return wish, query in LANGUAGES


def cookie_of(scope: Scope, name: str) -> str:
    """Return the value of a cookie, or the empty text."""
    try:
        found = SimpleCookie(header(scope, b"cookie")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def send_bytes(
    send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    """Send a whole reply."""
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_json(send: Send, body: bytes) -> None:
    """Send a 200 with a JSON body. Nobody keeps the reply to a POST, so no header says so."""
    headers = [JSON, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_refusal(send: Send, scope: Scope, refused: Refused, now: int) -> None:
    """Send the reply to a refused request: code, sentence, when to try again, the clock."""
    status = STATUS[refused.reason]
    language, _ = language_of(scope)
    facts = {
        "code": refused.reason.value,
        "say": sentence(refused.reason, language),
        "next": refused.retry,
        "now": now,
        **refused.facts,
    }
    headers = [JSON, NO_STORE, *hints(refused)]
    if status in {408, 413}:
        # The rest of the body is still on the wire; it must not be read as a request.
        headers.append((b"connection", b"close"))
    await send_bytes(send, status, msgspec.json.encode(facts), headers)


def hints(refused: Refused) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers that say what would be answered: when, and which method."""
    if refused.retry is not None:
        yield b"retry-after", b"%d" % refused.retry
    if refused.allow:
        yield b"allow", refused.allow.encode()


async def send_refusal_page(send: Send, scope: Scope, refused: Refused, shells: Shells) -> None:
    """Send the refusal as a page, for people who opened an address in a browser."""
    language, _ = language_of(scope)
    words = {"title": "", "say": sentence(refused.reason, language)}
    page = shells.page(language, "refused", {}, words)
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", page_policy()),
        (b"content-language", language.encode()),
        NO_STORE,
        NOSNIFF,
        *hints(refused),
    ]
    await send_bytes(send, STATUS[refused.reason], page.body, headers)


async def send_page(
    call: Call, page: Page, *, language: str, remember: bool, policy: bytes
) -> None:
    """Send an HTML page, gzipped where the browser takes it, or 304 when it has it already."""
    headers = [
        (b"etag", page.etag),
        (b"cache-control", b"no-cache"),
        (b"vary", b"accept-encoding, accept-language, cookie"),
        (b"content-language", language.encode()),
    ]
    if remember:
        headers.append(
            (b"set-cookie", f"lang={language}; Path=/; Max-Age=31536000; SameSite=Lax".encode())
        )
    if header(call.scope, b"if-none-match") == page.etag.decode():
        await send_bytes(call.send, 304, b"", headers)
        return
    headers += [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", policy),
        (b"referrer-policy", b"same-origin"),
        NOSNIFF,
    ]
    if "gzip" in header(call.scope, b"accept-encoding"):
        headers.append((b"content-encoding", b"gzip"))
        await send_bytes(call.send, 200, page.gzipped, headers)
        return
    await send_bytes(call.send, 200, page.body, headers)
