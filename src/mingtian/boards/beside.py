"""What stands beside the figures of phones, joined for a board; each with a basis of its own.

Exempt pupils, persons noted by hand, classes that watched together and households signed in
with help are shown with the board and never added to what phones recorded (EXE-1, CAM-4, SGN-1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mingtian.attendance.queries.by_hand import BesideRow, list_beside_below
from mingtian.attendance.rules import How
from mingtian.boards.kept import Kept
from mingtian.boards.outlines import Outline
from mingtian.core.figures import Basis
from mingtian.org.rules import Line

COUNTED = (
    ("exempt", Basis.PERSONS),
    ("by_hand", Basis.PERSONS),
    *((f"by_hand_{how.value}", Basis.PERSONS) for how in How),
    ("class_viewings", Basis.UNITS),
    ("class_heads", Basis.PERSONS),
    ("helped", Basis.HOUSEHOLDS),
)
"""The stable names of these figures and what one of the things counted is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The numbers of one unit. ``by_how`` counts persons noted by hand."""

    exempt: int = 0
    by_how: Mapping[How, int] = field(default_factory=dict)
    class_viewings: int = 0
    class_heads: int = 0
    helped: int = 0

    @property
    def by_hand(self) -> int:
        return sum(self.by_how.values())

    @property
    def any(self) -> bool:
        return any(self.value(counts) for counts, _basis in COUNTED)

    def value(self, counts: str) -> int:
        """Return the number behind one of the names of :data:`COUNTED`."""
        how = counts.removeprefix("by_hand_")
        return self.by_how.get(How(how), 0) if how != counts else int(getattr(self, counts))


NOTHING = Beside()

KEPT_FOR = timedelta(seconds=10)
"""People note these one by one, and homes with help are found among all homes of the lecture: at
a city this costs more than the whole board. So they are up to ten seconds older than it."""

_kept: Kept[tuple[int, int, str], dict[int | None, Beside]] = Kept(KEPT_FOR)


def beside_of(outline: Outline, now: datetime) -> dict[int | None, Beside]:
    """Return the numbers of a board by the unit one level down, at most ten seconds old."""
    lecture, line = outline.lecture, outline.line.value

    def read() -> dict[int | None, Beside]:
        rows = list_beside_below(
            lecture_id=lecture.id, path=outline.path, line=line, day=lecture.held_on
        )
        return by_unit(rows)

    return _kept.value((lecture.id, outline.unit.id, line), now, read)


def forget_class(lecture_id: int, unit_id: int) -> None:
    """Let the class's own board show at once what its teacher has just noted."""
    _kept.forget(*((lecture_id, unit_id, line.value) for line in Line))


def forget() -> None:
    """Drop what is kept; the next board reads it again."""
    _kept.forget()


def by_unit(rows: Iterable[BesideRow]) -> dict[int | None, Beside]:
    """Return the numbers by the unit one level down, None for the unit itself."""
    found: dict[int | None, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.group, {})[row.what] = row.number
    return {group: _beside(numbers) for group, numbers in found.items()}


def joined(parts: Iterable[Beside]) -> Beside:
    """Return the sums over several units."""
    parts = list(parts)
    return Beside(
        exempt=sum(part.exempt for part in parts),
        by_how={how: sum(part.by_how.get(how, 0) for part in parts) for how in How},
        class_viewings=sum(part.class_viewings for part in parts),
        class_heads=sum(part.class_heads for part in parts),
        helped=sum(part.helped for part in parts),
    )


def _beside(numbers: Mapping[str, int]) -> Beside:
    return Beside(
        exempt=numbers.get("exempt", 0),
        by_how={how: numbers[how.value] for how in How if how.value in numbers},
        class_viewings=numbers.get("classes", 0),
        class_heads=numbers.get("heads", 0),
        helped=numbers.get("helped", 0),
    )
