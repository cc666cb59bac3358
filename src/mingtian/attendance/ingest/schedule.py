"""The lectures that phones may speak of, as the hot path knows them. Reloaded every few seconds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import msgspec
from psycopg.rows import TupleRow

from mingtian.attendance.ingest.playlist import Airing, on_air_at
from mingtian.attendance.rules import Times
from mingtian.core.clock import SHANGHAI, milliseconds
from mingtian.core.ladder import SLIDES_FOLDER, Ladder

MEDIA_BASE = "/media/broadcasts"
SEAT_GRACE = timedelta(days=14)
"""How long after the last evening a seat token still lets a phone bring late maps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lecture:
    """One evening. ``airing`` is None without a prepared recording of our own."""

    id: int
    campaign: int
    number: int
    title: str
    title_en: str
    issuer: str
    issuer_en: str
    times: Times
    needed: int
    airing: Airing | None
    poster: str
    outside_url: str

    def facts(self) -> dict[str, object]:
        """Return what pages tell the phone about this lecture; times in milliseconds."""
        replay = self.times.replay_until > self.times.ends and self.airing is not None
        rungs = self.airing.ladder.rungs if self.airing else ()
        sound = next((rung.name for rung in rungs if rung.sound_only), "")
        live = self.outside_url or (f"/live/{self.id}/master.m3u8" if self.airing else "")
        return {
            "id": self.id,
            "number": self.number,
            "title": self.title,
            "doors_at": self.times.doors,
            "starts_at": self.times.starts,
            "ends_at": self.times.ends,
            "closes_at": self.times.closes,
            "slot_seconds": self.times.slot_seconds,
            "replay_until": self.times.replay_until,
            "on_air_at": on_air_at(self.airing) if self.airing else self.times.starts,
            "live_url": live,
            "replay_url": f"/replay/{self.id}/master.m3u8" if replay else "",
            "audio_url": f"/live/{self.id}/{sound}.m3u8" if sound else "",
            "replay_audio_url": f"/replay/{self.id}/{sound}.m3u8" if sound and replay else "",
            "poster_url": self.poster,
            **self._slides(),
        }

    def _slides(self) -> dict[str, object]:
        """Return where the slides lie; slide n stands from n * ``slide_ms`` of the recording on."""
        if self.airing is None or not self.airing.ladder.slide_ms:
            return {"slides_url": "", "slide_ms": 0, "slide_count": 0}
        ladder = self.airing.ladder
        return {
            "slides_url": f"{self.airing.base}/{ladder.revision}/{SLIDES_FOLDER}/",
            "slide_ms": ladder.slide_ms,
            "slide_count": ladder.slide_count,
        }


@dataclass(slots=True)
class Schedule:
    """All lectures of open campaigns by id, and in order by campaign; who is not counted."""

    lectures: Mapping[int, Lecture] = field(default_factory=dict)
    by_campaign: Mapping[int, list[Lecture]] = field(default_factory=dict)
    departed: frozenset[int] = frozenset()
    """Persons who took their leave, as of the last look; SQL knows better and decides."""

    @classmethod
    def of(cls, rows: Iterable[TupleRow], departed: Iterable[TupleRow] = ()) -> "Schedule":
        """Build it from the rows of the statements ``lectures`` and ``departed``."""
        lectures = {row[0]: lecture_from(row) for row in rows}
        by_campaign: dict[int, list[Lecture]] = {}
        for lecture in lectures.values():
            by_campaign.setdefault(lecture.campaign, []).append(lecture)
        return cls(lectures, by_campaign, frozenset(person for (person,) in departed))


def lecture_from(row: TupleRow) -> Lecture:
    (number, campaign, order, title, title_en, issuer, issuer_en, doors, starts, ends,
     closes, replay_until, needed, public_id, outside_url, state, ladder) = row  # fmt: skip
    times = Times(
        doors=milliseconds(doors),
        starts=milliseconds(starts),
        ends=milliseconds(ends),
        closes=milliseconds(closes),
        replay_until=milliseconds(replay_until) if replay_until else 0,
    )
    airing = poster = None
    if state == "ready" and ladder:
        prepared = msgspec.convert(ladder, Ladder)
        base = f"{MEDIA_BASE}/{public_id}"
        airing = Airing(ladder=prepared, starts_at=times.starts, ends_at=times.ends, base=base)
        poster = f"{base}/{prepared.revision}/poster.jpg"
    return Lecture(
        id=number, campaign=campaign, number=order, title=title, title_en=title_en or title,
        issuer=issuer, issuer_en=issuer_en or issuer, times=times, needed=needed,
        airing=airing, poster=poster or "", outside_url=outside_url or "",
    )  # fmt: skip


def seats_expire(last_on: date) -> int:
    """Return when seats of a campaign end, in seconds since 1970: 14 days after its last day."""
    last = datetime(last_on.year, last_on.month, last_on.day, tzinfo=SHANGHAI)
    return int((last + timedelta(days=1) + SEAT_GRACE).timestamp())
