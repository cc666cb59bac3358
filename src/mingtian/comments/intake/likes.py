"""Likes: one per person and lecture, given and taken back. Nothing here counts them (COM-2)."""

from typing import NamedTuple

from mingtian.attendance.ingest.store import Lanes, column


class Wish(NamedTuple):
    """That a person likes a lecture, or does not any more."""

    lecture: int
    person: int
    likes: bool
    at: int


class LikeWriter:
    """Writes batches of wishes, one on each connection."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def write(self, wishes: list[Wish]) -> list[bool]:
        """Make the batch durable; the answer to each is its own wish."""
        with self._lanes.one() as store:
            await store.execute(
                "like",
                {
                    "lecture": column(wish.lecture for wish in wishes),
                    "person": column(wish.person for wish in wishes),
                    "wish": column(int(wish.likes) for wish in wishes),
                    "at": column(wish.at for wish in wishes),
                },
            )
        return [wish.likes for wish in wishes]
