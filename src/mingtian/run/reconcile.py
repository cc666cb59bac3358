"""Holds what phones saw acknowledged against rows, tallies and boards, class by class."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingtian.run.phones import Phone

Persons = int
Slots = int
Counts = Mapping[int, tuple[Persons, Slots]]
"""Persons that arrived and person-slots, by the key of the class."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    """Four counts of the same evening; they agree or the drill has failed."""

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


def counted_by_phones(phones: Iterable[Phone], *, settled: bool) -> dict[int, tuple[int, int]]:
    """Return what the phones know, by class: settled slots, or all that they played.

    A person on two phones of one home counts once, with the union of both maps.
    """
    maps: dict[tuple[int, str], int] = defaultdict(int)
    for phone in phones:
        if phone.epoch:
            for person in phone.invitation.persons():
                maps[phone.invitation.unit, person] |= phone.settled if settled else phone.live
    counted: dict[int, tuple[int, int]] = {}
    for (unit, _), live in maps.items():
        persons, slots = counted.get(unit, (0, 0))
        counted[unit] = (persons + 1, slots + live.bit_count())
    return counted


def total(counts: Counts) -> tuple[int, int]:
    """Return persons and person-slots over all classes."""
    return sum(p for p, _ in counts.values()), sum(s for _, s in counts.values())
