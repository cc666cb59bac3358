"""Decisions about how figures are compared and written; pure Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One unit in a comparison. ``of`` is the denominator; ``own`` marks the reader's unit."""

    name: str
    value: int
    of: int | None = None
    url: str = ""
    own: bool = False
    note: str = ""
    key: str = ""

    @property
    def share(self) -> float | None:
        """The part of the denominator reached, or None where nobody is expected."""
        return self.value / self.of if self.of else None


@dataclass(frozen=True, kw_only=True, slots=True)
class RankedBar:
    """A bar with its place and its length in hundredths of the longest."""

    bar: Bar
    rank: int
    tied: bool
    width: float


def shared_ranks(measures: Sequence[float]) -> list[int]:
    """Return each measure's place, largest first; equals share a place and the next is skipped.

    >>> shared_ranks([7, 9, 7, 3])
    [2, 1, 2, 4]
    """
    ordered = sorted(measures, reverse=True)
    return [ordered.index(measure) + 1 for measure in measures]


def rank_bars(bars: Sequence[Bar], *, by_share: bool) -> list[RankedBar]:
    """Order the bars by value, or by share of the denominator, and give places (RNK-1).

    By share, a bar is as long as its share; by value, the longest fills the width. Units
    without a denominator come last when shares are compared.
    """
    measures = [_measure(bar, by_share=by_share) for bar in bars]
    ranks = shared_ranks(measures)
    longest = 1.0 if by_share else max([*measures, 1.0])
    ranked = [
        RankedBar(
            bar=bar,
            rank=rank,
            tied=ranks.count(rank) > 1,
            width=round(100 * min(max(measure, 0.0) / longest, 1.0), 2),
        )
        for bar, rank, measure in zip(bars, ranks, measures, strict=True)
    ]
    return sorted(ranked, key=lambda each: each.rank)


def _measure(bar: Bar, *, by_share: bool) -> float:
    if not by_share:
        return float(bar.value)
    return -1.0 if bar.share is None else bar.share


def as_bar(row: object) -> Bar:
    """Read a bar from any row that has ``name`` and ``value``, as attributes or as keys."""
    if isinstance(row, Bar):
        return row
    names = ("name", "value", "of", "url", "own", "note", "key")
    if isinstance(row, Mapping):
        found = {name: row[name] for name in names if name in row}
    else:
        found = {name: getattr(row, name) for name in names if hasattr(row, name)}
    return Bar(**found)


def grouped(value: int | float) -> str:
    """Write a number with a comma between thousands, the same in both languages."""
    return f"{value:,}"


def percent(share: float, places: int = 1) -> str:
    """Write a share in hundredths. Never rounds up to 100 or down to 0 what is not."""
    hundredths = round(share * 100, places)
    step = 10**-places
    if share < 1 and hundredths >= 100:
        hundredths = 100 - step
    if share > 0 and hundredths <= 0:
        hundredths = step
    return f"{hundredths:.{places}f}%"
