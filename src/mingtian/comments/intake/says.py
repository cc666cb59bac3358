"""From a checked comment to a row, in batches."""

from collections.abc import Iterable
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
from mingtian.core.ids import CROCKFORD
from mingtian.core.seal import Sealer

ROUNDS = 4
"""How often a batch is looked at again when another process took a number first."""

Row = dict[str, int | str | datetime | None]


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
        with self._lanes.one() as store:
            outcomes: dict[int, Outcome] = {}
            waiting = list(range(len(rows)))
            for _ in range(ROUNDS):
                outcomes.update(await write_once(store, [rows[n] | {"n": n} for n in waiting]))
                waiting = [n for n in waiting if n not in outcomes]
                if not waiting:
                    break
                gone = await absent(store, {rows[n]["person"] for n in waiting})
                outcomes |= {n: gone[who] for n in waiting if (who := rows[n]["person"]) in gone}
                waiting = [n for n in waiting if n not in outcomes]
        return [outcomes.get(n, AGAIN) for n in range(len(rows))]


async def write_once(store: Store, rows: list[Row]) -> dict[int, Outcome]:
    """Write a batch; what is missing in the answer was not decided."""
    if not rows:
        return {}
    says = msgspec.json.encode(rows).decode()
    found = await store.execute("say", {"says": says, "most": MOST_A_LECTURE})
    return {n: Outcome(word, max(0, MOST_A_LECTURE - number)) for n, word, number in found}


async def absent(store: Store, persons: Iterable[object]) -> dict[object, Outcome]:
    """Return what is to be said to persons who have left or are not there any more."""
    values: dict[str, object] = {"person": "{" + ",".join(map(str, persons)) + "}"}
    return {person: Outcome(word, 0) for person, word in await store.execute("absent", values)}


def left_after(outcome: Outcome) -> int:
    """Return how many comments are left, or raise what the outcome says."""
    if outcome.word == "taken":
        return outcome.left
    if outcome.word == "bad_seat":
        raise Refused(Reason.BAD_SEAT)
    if outcome.word == "again":
        raise Refused(Reason.BUSY)
    raise NotTaken(Objection(outcome.word))
