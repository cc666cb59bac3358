"""What each vendor's robot is told, and what its answer means, as an outlet of apprise.

apprise brings the outlet: how a text is prepared and cut to what a robot takes, for these and any
other service. Its own plugins for the three vendors cannot be used as they are (decision 0016):
they drop the code that a refusal carries, and sign DingTalk's twice encoded and Feishu's not at all.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import urlencode

from apprise import Apprise, NotifyFormat, NotifyType
from apprise.plugins.base import NotifyBase

from mingtian.groups.robots.wire import NoAnswer, post_json
from mingtian.groups.rules import Called, Said, Vendor, judge


def say(vendor: Vendor, address: str, secret: str, text: str, *, now: datetime) -> Said:
    """Let a robot say a text in its group and return what came of it. Never raises.

    At most five seconds. Without ``secret`` the call is not signed; WeCom has no signature.
    """
    outlet = Outlet(vendor, address, secret, now)
    Apprise(servers=[outlet]).notify(text, body_format=NotifyFormat.TEXT)
    return outlet.said


class Outlet(NotifyBase):  # type: ignore[no-untyped-call]
    """A robot of one of the three vendors."""

    service_name = "Mingtian"  # type: ignore[assignment]
    title_maxlen = 0
    body_maxlen = 2000
    # Calls are counted in PostgreSQL, for all workers together; nobody sleeps here.
    request_rate_per_sec = 0

    def __init__(self, vendor: Vendor, address: str, secret: str, now: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.vendor, self.address, self.secret, self.now = vendor, address, secret, now
        self.said = Said(Called.SILENT, "", again=True)

    def send(
        self,
        body: str,
        title: str = "",  # noqa: ARG002 - apprise's signature
        notify_type: NotifyType = NotifyType.INFO,  # noqa: ARG002
        **_more: object,
    ) -> bool:
        """Tell the robot and keep its answer. Called by apprise."""
        address, told = signed(
            self.vendor, self.address, payload(self.vendor, body), self.secret, now=self.now
        )
        try:
            status, answer = post_json(address, told)
        except NoAnswer:
            self.said = Said(Called.SILENT, "no_answer", again=True)
        else:
            self.said = judge(self.vendor, status, code_of(answer))
        return self.said.outcome is Called.SENT

    def url(self, privacy: bool = False, *_args: object, **_more: object) -> str:  # noqa: ARG002
        """Return how apprise names this outlet; address and secret stay out of it."""
        return f"mingtian://{self.vendor}"


def payload(vendor: Vendor, text: str) -> dict[str, object]:
    """Return the body of the call: a plain text, calling nobody by name."""
    if vendor is Vendor.FEISHU:
        return {"msg_type": "text", "content": {"text": text}}
    told: dict[str, object] = {"msgtype": "text", "text": {"content": text}}
    return told | ({"at": {"isAtAll": False}} if vendor is Vendor.DINGTALK else {})


def signed(
    vendor: Vendor, address: str, told: dict[str, object], secret: str, *, now: datetime
) -> tuple[str, dict[str, object]]:
    """Return address and body with the vendor's signature.

    DingTalk: key is the secret, the text "milliseconds\\nsecret", both in the address. Feishu: key
    is "seconds\\nsecret", the text empty, both in the body.
    """
    if not secret or vendor is Vendor.WECOM:
        return address, told
    if vendor is Vendor.DINGTALK:
        stamp = str(int(now.timestamp() * 1000))
        sign = _sign(secret, f"{stamp}\n{secret}")
        return f"{address}&{urlencode({'timestamp': stamp, 'sign': sign})}", told
    stamp = str(int(now.timestamp()))
    return address, {"timestamp": stamp, "sign": _sign(f"{stamp}\n{secret}", ""), **told}


def code_of(answer: object) -> str:
    """Return the code in an answer: ``errcode`` (WeCom, DingTalk), ``code`` (Feishu)."""
    if not isinstance(answer, dict):
        return ""
    found = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    return str(found)[:24] if isinstance(found, int | str) else ""


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
