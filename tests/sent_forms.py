"""Reads the forms of a page, and fills them in as somebody would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = "今天的情况说明一下,请大家看看"
GUESSES = {
    "date": "2023-09-18",
    "time": "19:30",
    "number": "1",
    "tel": "13900000000",
    "month": "2023-09",
}
"""What is filled in where the page leaves a field empty, by the kind of the field."""


@dataclass
class Form:
    """A form that is sent by POST: to where, and what it sends."""

    action: str
    sent: dict[str, str] = field(default_factory=dict)

    def put(self, name: str | None, value: str) -> None:
        if name and name != "csrfmiddlewaretoken":
            self.sent.setdefault(name, value)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._open = Form(own.get("action") or self.address)
            if own.get("method", "").lower() == "post":
                self.forms.append(self._open)
        if self._open is None:
            return
        name = own.get("name", "")
        if tag in {"input", "button"} and own.get("type") != "file":
            guess = GUESSES.get(own.get("type", ""), WORDS)
            self._open.put(name, own.get("value") or guess)
        if tag == "textarea":
            self._open.put(name, WORDS)
        if tag == "select":
            self._select = name
        if tag == "option" and own.get("value"):
            self._open.put(self._select, own["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""


def read_forms(page: str, address: str) -> list[Form]:
    """Return the forms of a page that are sent by POST, filled in."""
    reader = _Reader(address)
    reader.feed(page)
    return reader.forms
