"""The clocked playlist: a prepared recording becomes "live" by the server's clock.

Pure: no Django, no files, no clock. From a ladder, the times of the lecture and ``now`` come
the texts that players ask for. Three promises, each with a property test:

* A segment is listed only when the server's clock has passed its end, so nobody can be
  ahead of the lecture, and all who watch are at the same second.
* ``now`` counts in whole seconds. All who ask in the same second get the same bytes, so a
  proxy may keep an answer for ``max_age`` seconds and ask for it once for everybody.
* Every segment carries ``EXT-X-PROGRAM-DATE-TIME`` = ``starts_at`` + its place in the
  recording, live and in the replay, so the phone finds the slot of a picture by one rule.
"""

from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

import msgspec

from mingtian.core.ladder import Ladder, Rung, segment_name

CONTENT_TYPE = "application/vnd.apple.mpegurl"

WINDOW_SEGMENTS = 10
"""How many of the newest segments a live playlist lists. Ten are 40 s of a usual evening: a
weak network may fall that far behind before the player has to jump."""

LEAD_SEGMENTS = 3
"""How many segments must have aired before the first text. A player begins three segments
behind the end of the list and stays at that distance all evening; one that found a single
segment would have nothing in hand, and stall at every hiccup of its network."""

LIVE_MAX_AGE_SECONDS = 1
ENDED_MAX_AGE_SECONDS = 10
"""Longer than live, as nothing will follow; short enough for an evening that is extended."""


class Airing(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What one lecture shows, and when. Times in milliseconds since 1970.

    ``base`` is where the folder of the ladder's revision is served: a path of this server,
    as ``/media/broadcasts/k7m2q9xd41ab``, or the address of a CDN in front of it.
    """

    ladder: Ladder
    starts_at: int
    ends_at: int
    base: str


class Playlist(msgspec.Struct, frozen=True, kw_only=True):
    """A text to send as it is. ``etag`` depends on the bytes alone, quotation marks included."""

    body: bytes
    etag: str
    max_age: int
    ended: bool

    @property
    def cache_control(self) -> str:
        return f"public, max-age={self.max_age}"


def listable_segments(airing: Airing) -> int:
    """Return how many segments will have aired in full when the lecture ends.

    Fewer than the recording has when it is longer than the lecture: the hard stop. A
    recording shorter than the lecture simply ends earlier.
    """
    ladder = airing.ladder
    airtime = airing.ends_at - airing.starts_at
    if airtime >= ladder.duration_ms:
        return ladder.segment_count
    return max(0, airtime // ladder.segment_ms)


def aired_segments(airing: Airing, now: int) -> int:
    """Return how many segments the clock has passed at the last whole second."""
    ladder = airing.ladder
    elapsed = now - now % 1000 - airing.starts_at
    if elapsed >= ladder.duration_ms:
        return listable_segments(airing)
    return max(0, min(elapsed // ladder.segment_ms, listable_segments(airing)))


def on_air_at(airing: Airing) -> int:
    """Return the whole second from which the live playlists exist.

    Three segments after the start, or when all there is has aired; this is what a player
    that comes too early is told to wait for.
    """
    ladder = airing.ladder
    lead = max(1, min(LEAD_SEGMENTS, listable_segments(airing)))
    lead_end = airing.starts_at + min(lead * ladder.segment_ms, ladder.duration_ms)
    return -(-lead_end // 1000) * 1000


def live_master(airing: Airing, now: int) -> Playlist | None:
    """Return the list of qualities, or None while too little has aired."""
    return _master(airing.ladder) if _is_on_air(airing, now) else None


def live_media(airing: Airing, rung: str, now: int) -> Playlist | None:
    """Return the sliding window of one quality, or None: not on air yet, or no such rung.

    After the last segment the text keeps its window and says ENDLIST; players drain.
    """
    if not _is_on_air(airing, now) or airing.ladder.rung(rung) is None:
        return None
    aired = aired_segments(airing, now)
    return _media(airing, rung, max(0, aired - WINDOW_SEGMENTS), aired)


def _is_on_air(airing: Airing, now: int) -> bool:
    return now >= on_air_at(airing) and listable_segments(airing) > 0


def replay_master(airing: Airing) -> Playlist | None:
    """Return the list of qualities of the replay, or None when nothing could have aired."""
    return _master(airing.ladder) if listable_segments(airing) else None


def replay_media(airing: Airing, rung: str) -> Playlist | None:
    """Return all that the lecture aired as one seekable list.

    What lies behind the hard stop stays out: it belongs to no slot of the lecture.
    """
    if not listable_segments(airing) or airing.ladder.rung(rung) is None:
        return None
    return _media(airing, rung, 0, listable_segments(airing), replay=True)


@lru_cache(maxsize=64)
def _master(ladder: Ladder) -> Playlist:
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rung in ladder.rungs:
        lines += [_stream_line(rung), f"{rung.name}.m3u8"]
    return _sealed(lines, max_age=ENDED_MAX_AGE_SECONDS, ended=False)


def _stream_line(rung: Rung) -> str:
    parts = [f"BANDWIDTH={rung.bandwidth}", f"AVERAGE-BANDWIDTH={rung.average_bandwidth}"]
    if not rung.sound_only:
        parts.append(f"RESOLUTION={rung.width}x{rung.height}")
        parts.append(f"FRAME-RATE={rung.frame_rate}.000")
    parts.append(f'CODECS="{rung.codecs}"')
    return "#EXT-X-STREAM-INF:" + ",".join(parts)


@lru_cache(maxsize=512)
def _media(airing: Airing, rung: str, first: int, stop: int, *, replay: bool = False) -> Playlist:
    """Compose segments ``first`` to ``stop - 1``; remembered, as thousands ask for each text."""
    ladder = airing.ladder
    ended = stop == listable_segments(airing)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        f"#EXT-X-TARGETDURATION:{-(-ladder.segment_ms // 1000)}",
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
    ]
    if replay:
        lines.append("#EXT-X-PLAYLIST-TYPE:VOD")
    for index in range(first, stop):
        begins = index * ladder.segment_ms
        length = min(ladder.segment_ms, ladder.duration_ms - begins)
        lines += [
            f"#EXT-X-PROGRAM-DATE-TIME:{_written(airing.starts_at + begins)}",
            f"#EXTINF:{length / 1000:.3f},",
            f"{airing.base}/{ladder.revision}/{rung}/{segment_name(index)}",
        ]
    if ended:
        lines.append("#EXT-X-ENDLIST")
    max_age = ENDED_MAX_AGE_SECONDS if ended else LIVE_MAX_AGE_SECONDS
    return _sealed(lines, max_age=max_age, ended=ended)


def _written(instant: int) -> str:
    """Write milliseconds since 1970 as ISO 8601 in UTC, without passing through floats."""
    seconds, thousandths = divmod(instant, 1000)
    whole = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{thousandths:03d}Z"


def _sealed(lines: list[str], *, max_age: int, ended: bool) -> Playlist:
    body = "\n".join([*lines, ""]).encode()
    tag = blake2b(body, digest_size=9).hexdigest()
    return Playlist(body=body, etag=f'"{tag}"', max_age=max_age, ended=ended)
