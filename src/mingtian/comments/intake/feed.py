"""The approved comments of a school at a lecture, built at most once in a few seconds for all.

The texts are opened here, freed of numbers and addresses, and nobody is named: a pupil is "a
pupil", a relative is a word of kin. There are no totals.
"""

import asyncio
from collections import OrderedDict
from hashlib import blake2b

import msgspec
from psycopg.rows import TupleRow

from mingtian.attendance.ingest.store import Store
from mingtian.comments.intake.prepared import Prepared
from mingtian.comments.rules import DEFAULT_PHRASES
from mingtian.comments.sealing import place_of_text
from mingtian.comments.sieve.scrub import mask_contacts
from mingtian.core.clock import milliseconds
from mingtian.core.seal import Sealer
from mingtian.people.rules import PersonKind

KEEP_MILLISECONDS = 3_000
KEEP_FEEDS = 4_096
SHOWN = 40
DEFAULTS = {one.number: one for one in DEFAULT_PHRASES}


class Feed(msgspec.Struct, frozen=True):
    """Finished bytes, their tag, and when they were made."""

    body: bytes
    etag: bytes
    made_at: int


class Feeds:
    """Builds feeds and remembers the last ones; whoever asks in between gets the same bytes."""

    def __init__(self, store: Store, prepared: Prepared, sealer: Sealer) -> None:
        self._store = store
        self._prepared = prepared
        self._sealer = sealer
        self._feeds: OrderedDict[tuple[int, str], Feed] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, lecture: int, house: str, now: int) -> Feed:
        """Return the feed of a school at a lecture; an unknown school has an empty one."""
        key = (lecture, house)
        if (fresh := self._fresh(key, now)) is not None:
            return fresh
        async with self._lock:
            if (fresh := self._fresh(key, now)) is not None:
                return fresh
            values: dict[str, object] = {"lecture": lecture, "house": house, "most": SHOWN}
            feed = self._made(lecture, await self._store.execute("feed", values), now)
            self._feeds[key] = feed
            self._feeds.move_to_end(key)
            if len(self._feeds) > KEEP_FEEDS:
                self._feeds.popitem(last=False)
        return feed

    def _fresh(self, key: tuple[int, str], now: int) -> Feed | None:
        feed = self._feeds.get(key)
        return feed if feed is not None and 0 <= now - feed.made_at < KEEP_MILLISECONDS else None

    def _made(self, lecture: int, rows: list[TupleRow], now: int) -> Feed:
        body = msgspec.json.encode(
            {
                "phrases": [
                    {"number": one.number, "zh": one.text, "en": one.text_en}
                    for one in self._prepared.phrases(lecture)
                ],
                "comments": [self._shown(row) for row in rows],
            }
        )
        tag = blake2b(body, digest_size=12).hexdigest()
        return Feed(body, f'"{tag}"'.encode(), now)

    def _shown(self, row: TupleRow) -> dict[str, object]:
        own_id, kind, kin, phrase, sealed, at, text, text_en = row
        if phrase is not None:
            known = DEFAULTS.get(phrase)
            zh, en = (known.text, known.text_en) if known else (text or "", text_en or "")
        else:
            zh = en = mask_contacts(self._sealer.open(bytes(sealed), place_of_text(own_id)))
        return {
            "id": own_id,
            "kind": PersonKind(kind).name.lower(),
            "kin": kin if "-" not in kin else "",
            "zh": zh,
            "en": en,
            "at": milliseconds(at),
        }
