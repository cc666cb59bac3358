"""Totals for the year book: sums of lines that were paid out. As the keeper; no child is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mingtian.aid.statements import rows
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.vault.access import keep


@dataclass(frozen=True, kw_only=True, slots=True)
class TotalRow:
    """What was paid below a unit by one scheme in one term; ``scheme_id`` and ``term`` empty for all."""

    path: str
    grants: int
    persons: int
    fen: int
    scheme_id: int | None = None
    term: str = ""

    def figures(self, unit_id: str, period: Period) -> tuple[Figure, Figure, Figure]:
        """Return grants, persons and money as figures of a unit and period."""
        return tuple(  # type: ignore[return-value]
            Figure(
                value=value, basis=basis, counts=f"aid_{basis.value}", unit_id=unit_id,
                period=period, status=Status.CONFIRMED,
            )
            for value, basis in (
                (self.grants, Basis.GRANTS), (self.persons, Basis.PERSONS), (self.fen, Basis.FEN),
            )
        )  # fmt: skip


def totals(paths: Sequence[str], terms: Collection[str], day: date) -> list[TotalRow]:
    """Return sums by path, scheme and term. ``paths`` are ltree paths along the leading line.

    Persons of different rows do not add up: one child may have several grants. One statement.
    """
    values = {"paths": list(paths), "terms": list(terms), "day": day}
    with keep("totals of aid"):
        found = rows("totals", values)
    return [
        TotalRow(path=path, scheme_id=scheme, term=term, grants=grants, persons=persons, fen=fen)
        for path, scheme, term, grants, persons, fen in found
    ]


def totals_together(paths: Sequence[str], terms: Collection[str], day: date) -> list[TotalRow]:
    """Return sums by path over all schemes and terms, each child counted once. One statement."""
    with keep("totals of aid"):
        found = rows("persons", {"paths": list(paths), "terms": list(terms), "day": day})
    return [
        TotalRow(path=path, grants=grants, persons=persons, fen=fen)
        for path, grants, persons, fen in found
    ]
