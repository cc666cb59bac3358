"""From a checked comment to a row, in batches."""

from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.store import Lanes, Store
from mingtian.comments.intake.checks import Speaker
from mingtian.comments.intake.houses import House
from mingtian.comments.intake.reasons import NotTaken, Objection
from mingtian.comments.intake.wire import Say, key_of
from mingtian.comments.rules import LONGEST_TEXT, MOST_A_LECTURE, state_at_first
from mingtian.comments.sealing import place_of_text
from mingtian.comments.sieve.look import Sieve
from mingtian.core.ids import public_id
from mingtian.core.seal import Sealer

ROUNDS = 4
"""How often a batch is looked at again when another process took a number first."""

Row = dict[str, int | str | datetime | None]


class Outcome(NamedTuple):
    """What became of a comment, and how many more the person may say."""

    word: str
    left: int


def row_of(
    say: Say, speaker: Speaker, house: House, *, sieve: Sieve, sealer: Sealer, now: int
) -> Row:
    """Return the row of a comment, its words looked at and sealed. Raises NotTaken."""
    own_id, sealed, concerns = public_id(), None, ""
    if say.phrase is None:
        text = " ".join(say.text.split())
        if not text:
            raise NotTaken(Objection.NOTHING_SAID)
        if len(text) > LONGEST_TEXT:
            raise NotTaken(Objection.TOO_LONG)
        concerns = " ".join(sieve.look(text))
        sealed = sealer.seal(text, place_of_text(own_id)).hex()
    return {
        "n": 0,
        "lecture": speaker.lecture.id,
        "person": speaker.person,
        "key": key_of(say.key),
        "public_id": own_id,
        "unit": speaker.unit,
        "house": house.id,
        "kind": speaker.kind,
        "phrase": say.phrase,
        "sealed": sealed,
        "concerns": concerns,
        "state": state_at_first(phrase=say.phrase).value,
        "at": datetime.fromtimestamp(now / 1000, UTC),
    }


class SayWriter:
    """Writes batches of comments, one on each connection."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    async def write(self, rows: list[Row]) -> list[Outcome]:
        """Make the batch durable; return what became of each, in order."""
        with self._lanes.one() as store:
            outcomes: dict[int, Outcome] = {}
            waiting = list(range(len(rows)))
            for _ in range(ROUNDS):
                found = await write_once(store, [rows[n] | {"n": n} for n in waiting])
                outcomes.update(found)
                waiting = [n for n in waiting if outcomes[n].word == "again"]
                if not waiting:
                    break
        return [outcomes[n] for n in range(len(rows))]


async def write_once(store: Store, rows: list[Row]) -> dict[int, Outcome]:
    says = msgspec.json.encode(rows).decode()
    found = await store.execute("say", {"says": says, "most": MOST_A_LECTURE})
    return {n: Outcome(word, left) for n, word, left in found}


def left_after(outcome: Outcome) -> int:
    """Return how many comments are left, or raise what the outcome says."""
    if outcome.word == "taken":
        return outcome.left
    if outcome.word == "bad_seat":
        raise Refused(Reason.BAD_SEAT)
    if outcome.word == "again":
        raise Refused(Reason.BUSY)
    raise NotTaken(Objection(outcome.word))
