"""Holds what phones saw acknowledged against rows, tallies and boards, class by class."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingtian.run.phones import Phone
from mingtian.run.voices import Talk, marks

Persons = int
Slots = int
Counts = Mapping[int, tuple[Persons, Slots]]
"""Persons that arrived and person-slots, by the key of the class."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """Four counts of the same evening; they agree or the drill has failed.

    ``stored`` are the rows and, of homes that were erased, what they had counted.
    """

    sent: Counts
    acknowledged: Counts
    stored: Counts
    tallied: Counts
    board: Mapping[int, Persons]

    @property
    def agrees(self) -> bool:
        """Say whether sent ≥ acknowledged = stored = tallied = board in every class."""
        return not self.disagreements()

    def disagreements(self) -> list[str]:
        """Return a line for each class in which two counts differ."""
        lines = []
        for unit in sorted({*self.sent, *self.acknowledged, *self.stored, *self.tallied}):
            said, stored = self.acknowledged.get(unit, (0, 0)), self.stored.get(unit, (0, 0))
            tallied, sent = self.tallied.get(unit, (0, 0)), self.sent.get(unit, (0, 0))
            shown = self.board.get(unit, 0)
            if not (said == stored == tallied and shown == said[0] and sent[1] >= said[1]):
                lines.append(
                    f"unit {unit}: sent {sent}, acknowledged {said}, stored {stored}, "
                    f"tallied {tallied}, board {shown}"
                )
        return lines


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """The marks of an evening's comments: sent ≥ acknowledged = stored, message by message.

    ``repeated`` are those that were sent twice; ``liking`` the homes whose likes were looked up,
    ``forgetful`` those of whom the server remembers other likes than their own.
    """

    sent: frozenset[str]
    acknowledged: frozenset[str]
    stored: frozenset[str]
    repeated: int
    liking: int
    forgetful: int

    @classmethod
    def of(cls, talk: Talk, *, stored: Iterable[str], forgetful: int) -> "Said":
        """Put what the phones know beside what is stored."""
        return cls(
            sent=frozenset(marks(talk.voices, said=False)),
            acknowledged=frozenset(marks(talk.voices, said=True)),
            stored=frozenset(stored),
            repeated=talk.repeated,
            liking=len(talk.liking()),
            forgetful=forgetful,
        )

    def counts(self) -> dict[str, int]:
        """Return the figures under their fixed names."""
        return {
            "comments_sent": len(self.sent),
            "comments_acknowledged": len(self.acknowledged),
            "comments_stored": len(self.stored),
            "comments_repeated": self.repeated,
            "homes_that_like": self.liking,
        }

    def problems(self) -> list[str]:
        """Return a line for each way in which the counts differ, or in which nothing happened."""
        found = [f"{name}: never happened" for name, number in self.counts().items() if not number]
        if lost := len(self.acknowledged - self.stored):
            found.append(f"{lost} comments were acknowledged and are not stored")
        if strange := len(self.stored - self.acknowledged):
            found.append(f"{strange} comments are stored and were not acknowledged")
        if self.acknowledged - self.sent:
            found.append("comments were acknowledged that nobody sent")
        if self.forgetful:
            found.append(f"{self.forgetful} homes find other likes than their own")
        return found


def counted_by_phones(phones: Iterable[Phone], *, settled: bool) -> dict[int, tuple[int, int]]:
    """Return what the phones know, by class: settled slots, or all that they played.

    A person on two phones of one home counts once, with the union of both maps; children of
    one home at two schools count once each, in the class of their own.
    """
    maps: dict[tuple[int, str], int] = defaultdict(int)
    for phone in phones:
        if phone.epoch:
            played = phone.settled if settled else phone.live
            for part in phone.invitation.parts():
                for person in part.persons():
                    maps[part.unit, person] |= played
    counted: dict[int, tuple[int, int]] = {}
    for (unit, _), live in maps.items():
        persons, slots = counted.get(unit, (0, 0))
        counted[unit] = (persons + 1, slots + live.bit_count())
    return counted


def count_assisted(phones: Iterable[Phone]) -> int:
    """Return how many homes came on a phone that was set up with help; twice is once."""
    return len(
        {
            (phone.invitation.unit, phone.invitation.people)
            for phone in phones
            if phone.epoch and phone.invitation.assisted
        }
    )


def count_shared(phones: Iterable[Phone]) -> int:
    """Return how many phones speak for more than one home."""
    homes = Counter(phone.name for phone in phones)
    return sum(number > 1 for number in homes.values())


def differing(shown: Mapping[str, int], done: Mapping[str, int]) -> list[str]:
    """Return a line for each number beside the phones that is not what was done."""
    return [
        f"{name}: {shown.get(name, 0)} shown, {number} done"
        for name, number in done.items()
        if shown.get(name, 0) != number
    ]


def total(counts: Counts) -> tuple[int, int]:
    """Return persons and person-slots over all classes."""
    return sum(p for p, _ in counts.values()), sum(s for _, s in counts.values())
