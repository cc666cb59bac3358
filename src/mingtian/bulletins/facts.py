"""The numbers that a bulletin tells, as they are kept with it, and what has changed since.

Pure Python. A draft remembers the figures with which it was made; an issued text keeps its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mingtian.bulletins.rules import NAMES, in_words, least_final, rate_in_words
from mingtian.core.figures import Basis, Bound, Figure, Period, Status

COLUMNS = ("arrived", "pupils", "expected", "completed")


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitFacts:
    """The figures of one unit below, by their stable name."""

    public_id: str
    name: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything with a number in it: of the whole, and of each unit one level down."""

    figures: Mapping[str, Figure]
    units: Sequence[UnitFacts] = field(default_factory=tuple)

    @property
    def status(self) -> Status:
        """How final the whole is: as little as its least final number."""
        return least_final([*self.figures.values()])


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A number that is another than the draft has seen. An empty ``old`` was not there before."""

    unit: str
    name: str
    old: str
    new: str


def changes(before: Facts, now: Facts) -> list[Change]:
    """Return what has another value now. That a figure has become more final is no change."""
    found = [*_differences("", before.figures, now.figures)]
    old_units = {each.public_id: each.figures for each in before.units}
    for unit in now.units:
        found += _differences(unit.name, old_units.pop(unit.public_id, {}), unit.figures)
    for unit in before.units:
        if unit.public_id in old_units:
            found += _differences(unit.name, unit.figures, {})
    return found


def _differences(
    unit: str, before: Mapping[str, Figure], now: Mapping[str, Figure]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *now]):
        old, new = before.get(key), now.get(key)
        if (old and (old.value, old.basis)) != (new and (new.value, new.basis)):
            yield Change(
                unit=unit,
                name=NAMES.get(key, key),
                old=in_words(old) if old else "",
                new=in_words(new) if new else "",
            )


def table_of(facts: Facts) -> list[list[str]]:
    """Return the table of the units below, in the tree's order: its head, then a row for each."""
    rows = [["单位", "到课", "学生到课", "学生应到", "学生到课率", "看完"]]
    for unit in facts.units:
        numbers = [unit.figures.get(key) for key in COLUMNS]
        arrived, pupils, expected, completed = (in_words(one) if one else "—" for one in numbers)
        rate = rate_in_words(unit.figures).partition("（")[0] or "—"
        rows.append([unit.name, arrived, pupils, expected, rate, completed])
    return rows


def to_plain(facts: Facts) -> dict[str, Any]:
    """Return the form that is kept."""
    return {
        "figures": _plain(facts.figures),
        "units": [
            {"public_id": unit.public_id, "name": unit.name, "figures": _plain(unit.figures)}
            for unit in facts.units
        ],
    }


def from_plain(kept: Mapping[str, Any]) -> Facts:
    """Return the facts of the form that is kept."""
    return Facts(
        figures=_figures(kept["figures"]),
        units=tuple(
            UnitFacts(
                public_id=each["public_id"], name=each["name"], figures=_figures(each["figures"])
            )
            for each in kept["units"]
        ),
    )


def _plain(figures: Mapping[str, Figure]) -> dict[str, dict[str, object]]:
    return {
        key: {
            "value": figure.value,
            "basis": figure.basis.value,
            "unit": figure.unit_id,
            "first": figure.period.first.isoformat(),
            "last": figure.period.last.isoformat(),
            "bound": figure.bound.value,
            "status": figure.status.value,
        }
        for key, figure in figures.items()
    }


def _figures(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Figure]:
    return {
        key: Figure(
            value=each["value"],
            basis=Basis(each["basis"]),
            counts=key,
            unit_id=each["unit"],
            period=Period(
                first=date.fromisoformat(each["first"]), last=date.fromisoformat(each["last"])
            ),
            bound=Bound(each["bound"]),
            status=Status(each["status"]),
        )
        for key, each in kept.items()
    }
