"""Robots of the three vendors on this machine, by their published protocols, and their moods.

WeCom: POST /cgi-bin/webhook/send?key=… answers {"errcode", "errmsg"}; 93000 for an unknown key.
DingTalk: POST /robot/send?access_token=…&timestamp=…&sign=…, the sign being base64 of HMAC-SHA256
keyed with the secret over "timestamp\\nsecret", milliseconds within the hour; 310000 otherwise.
Feishu: POST /open-apis/bot/v2/hook/… with "timestamp" in seconds and "sign" in the body, HMAC-SHA256
keyed with "timestamp\\nsecret" over nothing; 19021 otherwise. All answer refusals with HTTP 200.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mingtian.groups.rules import Platform
from mingtian.testing.make import NOW

KEY = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
TOKEN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
SECRET = "SEC0f9e8d7c6b5a4938271605f4e3d2c1b0"

PATHS = {
    Platform.WECOM: f"/cgi-bin/webhook/send?key={KEY}",
    Platform.DINGTALK: f"/robot/send?access_token={TOKEN}",
    Platform.FEISHU: f"/open-apis/bot/v2/hook/{KEY}",
}


@dataclass
class Vendors:
    """What was heard, and the mood of the next answers: "", "hang", "drip", "away", "5xx", a code."""

    host: str = ""
    secret: str = ""
    mood: str = ""
    said: list[str] = field(default_factory=list)
    asked: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    outlasted: bool = False
    """Whether somebody waited for a robot that hangs until the robot itself had enough."""

    def address(self, platform: Platform) -> str:
        return f"http://{self.host}{PATHS[platform]}"

    def answer(self, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> object:
        """Return the vendor's answer as its protocol says."""
        if path.startswith("/cgi-bin/"):
            return self.wecom(query, body)
        return self.dingtalk(query, body) if path.startswith("/robot/") else self.feishu(path, body)

    def wecom(self, query: dict[str, list[str]], body: dict[str, Any]) -> dict[str, object]:
        if query.get("key") != [KEY]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        return self.hear(body["text"]["content"], {"errcode": 0, "errmsg": "ok"})

    def hold(self, seconds: float) -> None:
        """Answer nothing for so long, or until the test is over."""
        self.outlasted |= not self.over.wait(seconds)

    def dingtalk(self, query: dict[str, list[str]], body: dict[str, Any]) -> dict[str, object]:
        if query.get("access_token") != [TOKEN]:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        if self.secret and not self.is_dingtalk_signed(query):
            return {"errcode": 310000, "errmsg": "sign not match"}
        assert body["at"] == {"isAtAll": False}
        return self.hear(body["text"]["content"], {"errcode": 0, "errmsg": "ok"})

    def feishu(self, path: str, body: dict[str, Any]) -> dict[str, object]:
        if path.rpartition("/")[2] != KEY:
            return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
        if self.secret and not self.is_feishu_signed(body):
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
        return self.hear(body["content"]["text"], {"code": 0, "msg": "success", "data": {}})

    def hear(self, text: str, well: dict[str, object]) -> dict[str, object]:
        self.said.append(text)
        return well

    def is_dingtalk_signed(self, query: dict[str, list[str]]) -> bool:
        stamp = query.get("timestamp", ["0"])[0]
        wanted = digest(self.secret, f"{stamp}\n{self.secret}")
        near = abs(int(stamp) / 1000 - NOW.timestamp()) < 3600
        return near and query.get("sign") == [wanted]

    def is_feishu_signed(self, body: dict[str, Any]) -> bool:
        stamp = body.get("timestamp", "0")
        near = abs(int(stamp) - NOW.timestamp()) < 3600
        return near and body.get("sign") == digest(f"{stamp}\n{self.secret}", "")


def digest(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


class Handler(BaseHTTPRequestHandler):
    vendors: Vendors

    def do_POST(self) -> None:
        mood = self.vendors.mood
        self.vendors.asked += 1
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        if mood == "hang":
            self.vendors.hold(30)
        elif mood == "drip":
            self.drip()
        elif mood == "away":
            self.tell(302, b"", {"Location": f"http://{self.vendors.host}/elsewhere"})
        elif mood == "5xx":
            self.tell(502, b"<html>bad gateway</html>")
        elif mood == "words":
            self.tell(200, b"hello")
        elif mood:
            self.tell(200, json.dumps({"errcode": int(mood), "errmsg": "no"}).encode())
        else:
            parts = urlsplit(self.path)
            answer = self.vendors.answer(parts.path, parse_qs(parts.query), body)
            self.tell(200, json.dumps(answer).encode())

    def drip(self) -> None:
        """Send a byte now and then, so that no single read takes long."""
        self.send_response(200)
        self.end_headers()
        for _each in range(600):
            if self.vendors.over.wait(0.05):
                return
            try:
                self.wfile.write(b" ")
            except OSError:
                return
        self.vendors.outlasted = True

    def tell(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # Whoever waited too long is gone.
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Tests are quiet."""


@contextmanager
def running() -> Iterator[Vendors]:
    """Run the robots until the block ends."""
    vendors = Vendors()
    handler = type("Own", (Handler,), {"vendors": vendors})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        vendors.host = f"127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield vendors
        finally:
            vendors.over.set()
            server.shutdown()
