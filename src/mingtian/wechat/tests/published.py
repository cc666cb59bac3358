"""A server that answers as WeChat publishes it: authorize, exchange, and its error codes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

APPID, SECRET = "wx0123456789abcdef", "the-secret-of-the-drill"
MISBEHAVED = {
    "garbage": b"<html>proxy</html>",
    "endless": b" " * 100_000,
    "nobody": b'{"openid": ""}',
    "list": b"[]",
}
ORDER = ["appid", "redirect_uri", "response_type", "scope", "state"]


@dataclass
class WeChat:
    """Who holds the phone, which codes are out, and how the server behaves."""

    origin: str = ""
    openid: str = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"
    snapshot: bool = False
    behaviour: str = "right"
    out: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)

    def code(self) -> str:
        """Give out a code, as a browser gets it."""
        made = f"code{len(self.out) + len(self.used)}"
        self.out.add(made)
        return made

    def exchange(self, query: dict[str, str]) -> dict[str, object]:
        """Return what ``/sns/oauth2/access_token`` says."""
        if self.behaviour == "busy":
            return {"errcode": -1, "errmsg": "system error"}
        if query.get("appid") != APPID:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if query.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        code = query.get("code", "")
        if code in self.used:
            return {"errcode": 40163, "errmsg": "code been used"}
        if code not in self.out or query.get("grant_type") != "authorization_code":
            return {"errcode": 40029, "errmsg": "invalid code"}
        self.out.remove(code)
        self.used.add(code)
        told: dict[str, object] = {
            "access_token": "ACCESS", "expires_in": 7200, "refresh_token": "REFRESH",
            "openid": self.openid, "scope": "snsapi_base",
        }  # fmt: skip
        return told | ({"is_snapshotuser": 1} if self.snapshot else {})


class Handler(BaseHTTPRequestHandler):
    """Answers the two published addresses; :func:`running` says for which WeChat."""

    wechat: WeChat

    def do_GET(self) -> None:
        self.wechat.asked.append(self.path)
        address = urlsplit(self.path)
        if address.path == "/connect/oauth2/authorize":
            self.authorize(address.query)
        elif address.path == "/sns/oauth2/access_token":
            query = {key: values[0] for key, values in parse_qs(address.query).items()}
            self.answer(self.wechat.exchange(query))

    def authorize(self, query: str) -> None:
        pairs = parse_qsl(query)
        assert [key for key, _ in pairs] == ORDER
        wanted = dict(pairs)
        assert (wanted["response_type"], wanted["scope"]) == ("code", "snsapi_base")
        assert wanted["state"].isalnum()
        assert len(wanted["state"]) <= 128
        onward = urlencode({"code": self.wechat.code(), "state": wanted["state"]})
        self.send_response(302)
        self.send_header("Location", f"{wanted['redirect_uri']}?{onward}")
        self.end_headers()

    def answer(self, told: dict[str, object]) -> None:
        if self.wechat.behaviour == "silent":
            self.wechat.silent.wait(5)
            return
        if self.wechat.behaviour == "redirects":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            return
        body = MISBEHAVED.get(self.wechat.behaviour, json.dumps(told).encode())
        self.send_response(200)
        # WeChat sends its JSON as plain text.
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests quiet."""


@contextmanager
def running(wechat: WeChat) -> Iterator[WeChat]:
    """Serve on this machine for as long as the block lasts."""
    bound = type("Bound", (Handler,), {"wechat": wechat})
    server = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    wechat.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield wechat
    finally:
        wechat.silent.set()
        server.shutdown()
        server.server_close()
        thread.join()
