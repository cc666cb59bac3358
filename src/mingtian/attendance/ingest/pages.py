"""Pages that are the same for many phones: shells from disk, filled in and kept as bytes.

Django renders the shells once per language (``manage.py build_pages``); here the few words
that differ by code or lecture are put in. Personal state lives on the phone.
"""

import gzip
import html
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page, gzipped, and a tag of its content.

    Kept in this form alone: it is what nearly every browser takes, and a quarter of the text.
    """

    gzipped: bytes
    etag: bytes

    @classmethod
    def of(cls, text: str) -> "Page":
        body = text.encode()
        tag = blake2b(body, digest_size=12).hexdigest()
        return cls(gzip.compress(body, 6, mtime=0), f'"{tag}"'.encode())

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.gzipped)


class Shells:
    """Fills shells and remembers the last ``keep`` pages, whoever asks for them."""

    def __init__(self, folder: Path, *, keep: int = 4096) -> None:
        self._texts = {
            (lang, path.stem): path.read_text(encoding="utf-8")
            for lang in LANGUAGES
            for path in sorted((folder / lang).glob("*.html"))
        }
        self._keep = keep
        self._pages: OrderedDict[tuple[str, str, bytes], Page] = OrderedDict()

    def page(self, lang: str, name: str, facts: dict[str, object], words: dict[str, str]) -> Page:
        """Return the page ``name`` with facts for the scripts and words for the reader.

        Raises KeyError with the missing shell's name when the pages were not built.
        """
        encoded = msgspec.json.encode([facts, words])
        key = (lang, name, encoded)
        if (known := self._pages.get(key)) is not None:
            self._pages.move_to_end(key)
            return known
        page = Page.of(fill(self._texts[lang, name], facts, words))
        self._pages[key] = page
        if len(self._pages) > self._keep:
            self._pages.popitem(last=False)
        return page


def fill(text: str, facts: dict[str, object], words: dict[str, str]) -> str:
    """Put words, escaped for HTML, and facts, safe inside a script element, into a shell."""
    for name, value in words.items():
        text = text.replace(f"⟦{name}⟧", html.escape(value))
    return text.replace("⟦facts⟧", script_json(facts))


def script_json(facts: dict[str, object]) -> str:
    """Return JSON that cannot end the script element it stands in."""
    encoded = msgspec.json.encode(facts).decode()
    return encoded.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def choose_language(query: str | None, cookie: str | None, accepted: str) -> str:
    """Return the language of the page: asked for, remembered, or the browser's first known."""
    for wish in (query, cookie):
        if wish in LANGUAGES:
            return wish
    for part in accepted.lower().split(","):
        tag = part.split(";")[0].strip()
        if tag.startswith("zh"):
            return "zh-hans"
        if tag.startswith("en"):
            return "en"
    return LANGUAGES[0]


def page_policy(outside_url: str = "") -> bytes:
    """Return the content security policy: nothing from elsewhere but the named video host."""
    parts = urlsplit(outside_url)
    host = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        f"media-src 'self' blob:{host}; connect-src 'self'{host}; worker-src 'self' blob:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ).encode()
