"""The unlock rate (CER-2): unlocked ÷ (frozen denominator − exempt), the exempt beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mingtian.campaigns.queries import CampaignRow
from mingtian.certificates.statements import fetch, statement
from mingtian.core.figures import Basis, Figure, Period, Status
from mingtian.people.rules import ROSTER_KINDS


@dataclass(frozen=True, kw_only=True, slots=True)
class RateRow:
    """One kind below one unit. ``group`` is the unit one level down, None for the unit itself.

    ``expected`` was frozen when the campaign opened; it is 0 for kinds that are on no roster.
    """

    group: int | None
    kind: int
    expected: int
    exempt: int
    unlocked: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """Sums with a share; ``share`` is None where nobody is expected."""

    expected: int
    exempt: int
    unlocked: int

    @property
    def eligible(self) -> int:
        return max(self.expected - self.exempt, 0)

    @property
    def share(self) -> float | None:
        return self.unlocked / self.eligible if self.eligible else None


def unlock_rates_below(*, campaign: CampaignRow, path: str, line: str, day: date) -> list[RateRow]:
    """Return the rates below a unit by the unit one level down and by kind. One statement.

    ``path`` is the unit's ltree path on ``line`` on that day. Counts units, never persons.
    """
    values: dict[str, object] = {
        "campaign": campaign.id,
        "path": path,
        "line": line,
        "day": day,
    }
    return [
        RateRow(group=group, kind=kind, expected=expected, exempt=exempt, unlocked=unlocked)
        for group, kind, expected, exempt, unlocked in fetch(statement("rates"), values)
    ]


def rate_of(rows: Iterable[RateRow]) -> Rate:
    """Sum the rows of rostered kinds, for which alone somebody is expected."""
    kept = [row for row in rows if row.kind in ROSTER_KINDS]
    return Rate(
        expected=sum(row.expected for row in kept),
        exempt=sum(row.exempt for row in kept),
        unlocked=sum(row.unlocked for row in kept),
    )


def figures_of(
    rows: Iterable[RateRow], *, campaign: CampaignRow, unit_id: str, status: Status
) -> dict[str, Figure]:
    """Return what was unlocked, is expected and exempt, as Figures of persons (STA-5)."""
    kept = list(rows)
    rate = rate_of(kept)
    period = Period(first=campaign.first_on, last=campaign.last_on)
    values = {
        "certificates_unlocked": (sum(row.unlocked for row in kept), status),
        "certificates_unlocked_rostered": (rate.unlocked, status),
        "certificates_expected": (rate.expected, Status.FROZEN),
        "certificates_exempt": (rate.exempt, status),
    }
    return {
        name: Figure(
            value=value,
            basis=Basis.PERSONS,
            counts=name,
            unit_id=unit_id,
            period=period,
            status=final,
        )
        for name, (value, final) in values.items()
    }
