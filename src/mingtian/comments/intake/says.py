"""From a checked comment to a row, in batches."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.store import Lanes, Store, column
from mingtian.comments.intake.checks import Speaker
from mingtian.comments.intake.houses import House
from mingtian.comments.intake.reasons import NotTaken, Objection
from mingtian.comments.intake.wire import Say, key_of
from mingtian.comments.rules import LONGEST_TEXT, MOST_A_LECTURE, state_at_first
from mingtian.comments.sealing import place_of_text
from mingtian.comments.sieve.look import Sieve
from mingtian.core.ids import CROCKFORD
from mingtian.core.seal import Sealer

ROUNDS = 4
"""How often a batch is looked at again when another process took a number first."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """A comment as the statement ``say`` reads it."""

    lecture: int
    person: int
    key: int
    public_id: str
    unit: int
    house: int
    kind: int
    phrase: int | None
    sealed: str | None
    concerns: str
    state: str
    at: datetime


class Outcome(NamedTuple):
    """What became of a comment, and how many more the person may say."""

    word: str
    left: int


AGAIN = Outcome("again", 0)


def row_of(
    say: Say, speaker: Speaker, house: House, *, sieve: Sieve, sealer: Sealer, now: int
) -> Row:
    """Return the row of a comment, its words looked at and sealed. Raises NotTaken."""
    own_id = message_id(speaker.lecture.id, speaker.person, say.key, sealer)
    sealed, concerns = None, ""
    if say.phrase is None:
        text = " ".join(say.text.split())
        if not text:
            raise NotTaken(Objection.NOTHING_SAID)
        if len(text) > LONGEST_TEXT:
            raise NotTaken(Objection.TOO_LONG)
        concerns = " ".join(sieve.look(text))
        sealed = sealer.seal(text, place_of_text(own_id)).hex()
    return Row(
        lecture=speaker.lecture.id,
        person=speaker.person,
        key=key_of(say.key),
        public_id=own_id,
        unit=speaker.unit,
        house=house.id,
        kind=speaker.kind,
        phrase=say.phrase,
        sealed=sealed,
        concerns=concerns,
        state=state_at_first(phrase=say.phrase).value,
        at=datetime.fromtimestamp(now / 1000, UTC),
    )


def message_id(lecture: int, person: int, key: str, sealer: Sealer) -> str:
    """Return the public id of a message: the same for the same message, guessed by nobody.

    So the constraint on it also keeps two processes from storing one message twice.
    """
    made = int.from_bytes(sealer.index("comment", f"{person} {key}", lecture)[:8], "big")
    return "".join(CROCKFORD[made >> shift & 31] for shift in range(0, 60, 5))


class SayWriter:
    """Writes batches of comments, one on each connection."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def write(self, rows: list[Row]) -> list[Outcome]:
        """Make the batch durable; return what became of each, in order."""
        waiting = list({row.public_id: row for row in rows}.values())
        settled: dict[str, Outcome] = {}
        with self._lanes.one() as store:
            for _ in range(ROUNDS):
                settled |= await write_once(store, waiting)
                waiting = [row for row in waiting if row.public_id not in settled]
                if not waiting:
                    break
                gone = await absent(store, {row.person for row in waiting})
                settled |= {r.public_id: gone[r.person] for r in waiting if r.person in gone}
                waiting = [row for row in waiting if row.person not in gone]
        return [settled.get(row.public_id, AGAIN) for row in rows]


async def write_once(store: Store, rows: list[Row]) -> dict[str, Outcome]:
    """Write a batch; return by public id what became of it. What is missing was not decided."""
    if not rows:
        return {}
    says = msgspec.json.encode(rows).decode()
    found = await store.execute("say", {"says": says, "most": MOST_A_LECTURE})
    return {own_id: Outcome(word, max(0, MOST_A_LECTURE - n)) for own_id, word, n in found}


async def absent(store: Store, persons: Iterable[int]) -> dict[int, Outcome]:
    """Return what is to be said to persons who have left or are not there any more."""
    found = await store.execute("absent", {"person": column(persons)})
    return {person: Outcome(word, 0) for person, word in found}


def left_after(outcome: Outcome) -> int:
    """Return how many comments are left, or raise what the outcome says."""
    if outcome.word == "taken":
        return outcome.left
    if outcome.word == "bad_seat":
        raise Refused(Reason.BAD_SEAT)
    if outcome.word == "again":
        raise Refused(Reason.BUSY)
    raise NotTaken(Objection(outcome.word))
