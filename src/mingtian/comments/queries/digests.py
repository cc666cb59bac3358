"""Digests with their content opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.comments.digest.content import Content, decode
from mingtian.comments.models import Digest
from mingtian.comments.rules import DigestState
from mingtian.comments.sealing import place_of_digest
from mingtian.core.sealing import sealer
from mingtian.org.queries import shown_name, unit_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestRow:
    """A digest as pages show it."""

    public_id: str
    house_id: int
    house: str
    lecture_id: int
    lecture: str
    held_on: date
    state: DigestState
    drafted_at: datetime
    released_at: datetime | None
    content: Content

    @property
    def released(self) -> bool:
        return self.state is DigestState.RELEASED


def digest_rows(digests: Sequence[Digest]) -> list[DigestRow]:
    """Return opened rows, the units named as on the lecture's day."""
    days: dict[date, set[int]] = {}
    for one in digests:
        days.setdefault(one.lecture.held_on, set()).add(one.house_id)
    names = {day: unit_rows(houses, day) for day, houses in days.items()}
    return [
        DigestRow(
            public_id=one.public_id,
            house_id=one.house_id,
            house=names[one.lecture.held_on][one.house_id].title
            if one.house_id in names[one.lecture.held_on]
            else "",
            lecture_id=one.lecture_id,
            lecture=shown_name(one.lecture.title, one.lecture.title_en),
            held_on=one.lecture.held_on,
            state=DigestState(one.state),
            drafted_at=one.drafted_at,
            released_at=one.released_at,
            content=content_of(one),
        )
        for one in digests
    ]


def content_of(digest: Digest) -> Content:
    """Return the content of a digest."""
    return decode(sealer().open(bytes(digest.content_sealed), place_of_digest(digest.public_id)))
